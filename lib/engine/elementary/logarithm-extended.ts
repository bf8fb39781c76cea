/**
 * Logarithms in double-double, by the series of the inverse hyperbolic tangent; relative error below 2^-98.
 *
 *     log m = 2 artanh t,  t = (m − 1)/(m + 1)        artanh t = t + t³/3 + t⁵/5 + …
 *
 * @since 0.1.0
 */
import { exponentOf, powerOfTwo } from './bits.ts'
import {
  add,
  type DoubleDouble,
  divide,
  doubleDouble,
  LN2,
  multiply,
  ONE,
  polynomial,
  RECIPROCAL_LN10,
  RECIPROCAL_LN2,
  scale,
  subtract,
  times,
  twoSum
} from './double-double.ts'

/** 1/(2k + 1); with |t| ≤ 0.172 the first term left out is below 2^-110. */
export const RECIPROCAL_ODDS = Array.from({ length: 22 }, (_, index) => divide(ONE, doubleDouble(2 * index + 1)))

/** `2 artanh(t)` for |t| ≤ 0.18. */
const twiceArtanh = (t: DoubleDouble): DoubleDouble =>
  scale(multiply(t, polynomial(RECIPROCAL_ODDS, multiply(t, t))), 2)

/** `log(x)` for a positive normal number. */
export const logExtended = (x: DoubleDouble): DoubleDouble => {
  const floor = exponentOf(x.high)
  const exponent = x.high * powerOfTwo(-floor) > 1.4142135623730951 ? floor + 1 : floor
  const mantissa = scale(x, powerOfTwo(-exponent))
  const logMantissa = twiceArtanh(divide(subtract(mantissa, ONE), add(mantissa, ONE)))
  return add(times(LN2, exponent), logMantissa)
}

/** `log(1 + x)` for x > −1, relative to the result also near zero. */
export const log1pExtended = (x: number): DoubleDouble =>
  Math.abs(x) < 0.25 ? twiceArtanh(divide(doubleDouble(x), twoSum(2, x))) : logExtended(twoSum(1, x))

export const log2Extended = (x: number): DoubleDouble => multiply(logExtended(doubleDouble(x)), RECIPROCAL_LN2)

export const log10Extended = (x: number): DoubleDouble => multiply(logExtended(doubleDouble(x)), RECIPROCAL_LN10)
