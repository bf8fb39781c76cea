/**
 * Access to the exponent of a double, and exact scaling by powers of two.
 *
 * @since 0.1.0
 */
import { choose, f64, i32, i64, select, type Instruction, type Local } from '../assembler/index.ts'
import type { Writer } from '../quad.ts'
import { product } from './float64.ts'
import { keep } from './scalar.ts'

/** Sign, exponent and the top 20 fraction bits of a double, as an unsigned 32-bit integer. */
export const highWord = (x: Instruction<'f64'>): Instruction<'i32'> =>
  i32.wrapI64(i64.shiftRightUnsigned(i64.reinterpretF64(x), i64.constant(32n)))

/** The exponent of a positive normal double: `2^exponent ≤ x < 2^(exponent + 1)`. */
export const exponentOf = (x: Instruction<'f64'>): Instruction<'i32'> =>
  i32.subtract(i32.shiftRightUnsigned(highWord(x), 20), 1023)

/** `x / 2^exponentOf(x)` for a positive normal double, in [1, 2): the same bits as the exact product. */
export const mantissaOf = (x: Instruction<'f64'>): Instruction<'f64'> =>
  f64.reinterpretI64(
    i64.or(i64.and(i64.reinterpretF64(x), i64.constant(0x000fffffffffffffn)), i64.constant(0x3ff0000000000000n))
  )

/** `2^exponent`, exactly, for an integer in [−1022, 1023]. */
export const normalPowerOfTwo = (exponent: Instruction<'i32'>): Instruction<'f64'> =>
  f64.reinterpretI64(i64.shiftLeft(i64.extendI32Unsigned(i32.add(exponent, 1023)), i64.constant(52n)))

/** `2^exponent`, exactly, for an integer in [−1074, 1023]. */
export const powerOfTwo = (exponent: Local<'i32'>): Instruction<'f64'> =>
  f64.reinterpretI64(
    select(
      i32.lessSigned(exponent, -1022),
      i64.shiftLeft(i64.constant(1n), i64.extendI32Unsigned(i32.add(exponent, 1074))),
      i64.shiftLeft(i64.extendI32Unsigned(i32.add(exponent, 1023)), i64.constant(52n))
    )
  )

/** `x · 2^exponent` rounded once, for `x` of magnitude near 1 and an integer exponent in [−1200, 1100]. */
export const scaleByPowerOfTwo = (
  writer: Writer,
  x: Instruction<'f64'>,
  exponent: Instruction<'i32'>
): Instruction<'f64'> => {
  const value = keep(writer, x)
  const shift = keep(writer, exponent)
  return choose(
    i32.lessUnsigned(i32.add(shift, 1022), 2046),
    product(value, normalPowerOfTwo(shift)),
    choose(
      i32.greaterSigned(shift, 0),
      product(value, 8.98846567431158e307, normalPowerOfTwo(i32.subtract(shift, 1023))),
      product(value, 1.1830521861667747e-271, normalPowerOfTwo(i32.add(shift, 900)))
    )
  )
}
