/**
 * Correct rounding of four floats at once: doubles that are near enough, Ziv's test, and the scalar function for the
 * lanes that fail it.
 *
 * A double has 29 bits more than a float. Where they are further from one half (the midpoint of two floats) than the
 * error of the double can reach, rounding the double is rounding the exact value. The test reads those bits as integers,
 * so it holds for results that are normal floats. Subnormal results (but where they equal the argument, a float already)
 * and arguments that the doubles are not made for have to be named by `isSpecial`; they go the way of lanes that fail.
 *
 * @see Ziv 1991, "Fast evaluation of elementary mathematical functions with correctly rounded last bit"
 * @since 0.1.0
 */
import { powerOfTwo } from '../../elementary/bits.ts'
import type { ElementaryName } from '../../elementary/index.ts'
import { call, i32x4, set, v128, when, type Instruction, type Local } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { demoted, type Half } from './doubles.ts'
import { corrected } from './per-lane.ts'

// model

/** Four float32 results from doubles. */
export interface Approximation {
  readonly name: ElementaryName
  /** the relative error of the doubles, as bits: below 2^-bits */
  readonly bits: number
  /** the code of the doubles of four floats, of either half */
  readonly doubles: (writer: Writer, x: Instruction<'v128'>) => (half: Half) => Instruction<'v128'>
  /** the lanes that are left to the scalar function, by argument and rounded double */
  readonly isSpecial?: (x: Instruction<'v128'>, result: Local<'v128'>) => Instruction<'v128'>
}

// masks of lanes; signed comparisons, because those are one machine instruction

const lowest = -0x80000000

/** Lanes whose integers are, unsigned, in [from, from + count). */
export const isFrom = (integers: Instruction<'v128'>, from: number, count: number): Instruction<'v128'> =>
  i32x4.lessSigned(i32x4.add(integers, v128.constantI32(lowest - from)), v128.constantI32(lowest + count))

/** Lanes of floats that are subnormal or the smallest normal number, of either sign. */
export const isSubnormal = (x: Instruction<'v128'>): Instruction<'v128'> => isFrom(i32x4.shiftLeft(x, 1), 1, 0x01000000)

/** Lanes whose double is so near to a midpoint of two floats that its error may reach across. */
const isNearMidpoint = (low: Instruction<'v128'>, high: Instruction<'v128'>, bits: number): Instruction<'v128'> => {
  // the low words hold the 29 bits and three above, which are shifted out; an error of 2^-bits is below 2^(53 - bits) units
  const margin = powerOfTwo(56 - bits)
  const words = v128.shuffle32(low, high, [0, 2, 4, 6])
  return isFrom(i32x4.shiftLeft(words, 3), 0x80000000 - margin, 2 * margin + 1)
}

// interpreter

/** Four correctly rounded float32 results; x is a variable or a constant. */
export const rounded = (
  writer: Writer,
  { name, bits, doubles, isSpecial }: Approximation,
  x: Instruction<'v128'>
): Instruction<'v128'> => {
  const half = doubles(writer, x)
  const low = keep(writer, half('low'))
  const high = keep(writer, half('high'))
  const result = keep(writer, demoted(low, high))
  const unsure = isNearMidpoint(low, high, bits)
  const mask = keep(writer, isSpecial === undefined ? unsure : v128.or(unsure, isSpecial(x, result)))
  writer.write(
    when(v128.anyTrue(mask), [set(result, call('v128', corrected(writer.compilation, name), x, result, mask))])
  )
  return result
}
