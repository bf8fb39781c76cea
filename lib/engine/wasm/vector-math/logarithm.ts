/**
 * Logarithms of four floats: log, log2, log10 and log1p.
 *
 *     x = 2^e m,  √½ ≤ m < √2,  s = (m − 1)/(m + 1)        log x = e ln 2 + s L(s²)
 *
 * L is of degree 4, 2 artanh(s)/s in the unit of the base: found by Remez' exchange in 50 digits, minimax for the relative
 * error 2^-37.79. As |log x| ≥ ln(2)/2 where e is not 0, the sum loses no more than a bit of what has 50.
 *
 * @since 0.1.0
 */
import { f32x4, i32x4, v128, type Instruction } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { converted, difference, polynomial, product, promoted, quotient, sum } from './doubles.ts'
import { isFrom, type Approximation } from './rounding.ts'

const LN_2 = 0.6931471805599453
const LOG10_2 = 0.3010299956639812

// 2 artanh(s)/s of s², for |s| ≤ 0.1716, as logarithms to the bases e, 2 and 10
const NATURAL = [2.000000000008424, 0.6666666524045493, 0.40000385869500577, 0.2853498587201348, 0.23617467206117698]
const BINARY = [2.88539008179008, 0.9617966733500894, 0.5770835832757345, 0.41167282609390476, 0.34072802816623726]
const DECIMAL = [0.8685889638101622, 0.289529648408209, 0.17371946857124906, 0.12392586905402704, 0.10256935684147926]

/** The bits of √½ and of 1 as floats. */
const ROOT = 0x3f3504f3
const ONE = 0x3f800000

/** `log m` for m − 1, m from √½ to √2. */
const logOfMantissa = (
  writer: Writer,
  above: Instruction<'v128'>,
  coefficients: readonly number[]
): Instruction<'v128'> => {
  const excess = keep(writer, above)
  const ratio = keep(writer, quotient(excess, sum(excess, 2)))
  const square = keep(writer, product(ratio, ratio))
  return product(polynomial(square, coefficients), ratio)
}

/** The logarithm in a base: of 2, and the coefficients; zeros, subnormals, infinities and what is negative are special. */
const logarithm = (name: 'log' | 'log2' | 'log10', ofTwo: number, coefficients: readonly number[]): Approximation => ({
  name,
  bits: 37,
  doubles: (writer, x) => {
    const offset = keep(writer, i32x4.subtract(x, v128.constantI32(ROOT)))
    const exponent = keep(writer, i32x4.shiftRightSigned(offset, 23))
    const mantissa = keep(writer, i32x4.add(v128.and(offset, v128.constantI32(0x007fffff)), v128.constantI32(ROOT)))
    return (half) =>
      sum(
        logOfMantissa(writer, difference(promoted(mantissa, half), 1), coefficients),
        product(converted(exponent, half), ofTwo)
      )
  },
  isSpecial: (x) => v128.not(isFrom(x, 0x00800000, 0x7f000000))
})

export const log = logarithm('log', LN_2, NATURAL)
export const log2 = logarithm('log2', 1, BINARY)
export const log10 = logarithm('log10', LOG10_2, DECIMAL)

/**
 * log(1 + x): the exponent e is that of the sum rounded, but m − 1 is 2^-e x − (1 − 2^-e), which rounds nothing where e
 * is 0. The exponent is negated so that log1p keeps the sign of a zero: e ln 2 is −0 there.
 */
export const log1p: Approximation = {
  name: 'log1p',
  bits: 37,
  doubles: (writer, x) => {
    const rough = f32x4.add(x, v128.constantF32(1))
    const offset = keep(writer, i32x4.subtract(rough, v128.constantI32(ROOT)))
    const exponent = keep(writer, i32x4.negate(i32x4.shiftRightSigned(offset, 23)))
    const scale = keep(writer, i32x4.subtract(v128.constantI32(ONE), v128.and(offset, v128.constantI32(-0x00800000))))
    return (half) => {
      const factor = keep(writer, promoted(scale, half))
      const excess = difference(product(promoted(x, half), factor), difference(1, factor))
      return sum(logOfMantissa(writer, excess, NATURAL), product(converted(exponent, half), -LN_2))
    }
  },
  isSpecial: (x) => v128.not(v128.and(f32x4.greater(x, v128.constantF32(-1)), f32x4.less(x, v128.constantF32(8.5e37))))
}
