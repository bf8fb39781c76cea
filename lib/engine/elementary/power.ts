/**
 * General powers.
 *
 *     x^y = ±exp(y log |x|),  log to about 64 bits
 *
 * The float64 results are within 0.6 ulp. The float32 results are rounded once from about 95 bits: they are correctly
 * rounded unless x^y lies within 2^-88 of a midpoint without being one, of which none is known.
 *
 * @since 0.1.0
 */
import { type DoubleDouble, doubleDouble, productError, times } from './double-double.ts'
import { expWithTail } from './exponential.ts'
import { expExtended } from './exponential-extended.ts'
import { logPair } from './logarithm.ts'
import { logExtended } from './logarithm-extended.ts'
import { roundOnceOfTwo } from './rounding.ts'

/** `x^y` in float64, with the special cases of C99 Annex F: `x^0 = 1^y = 1` even for NaN, and `(−1)^±∞ = 1`. */
export const pow64 = (x: number, y: number): number => {
  if (y === 0 || x === 1) return 1
  if (x !== x || y !== y) return NaN
  const magnitude = Math.abs(x)
  if (Math.abs(y) === Infinity) return magnitude === 1 ? 1 : magnitude > 1 === y > 0 ? Infinity : 0
  const isNegative = (x < 0 || Object.is(x, -0)) && isOdd(y)
  if (magnitude === 0 || magnitude === Infinity) {
    const size = (magnitude === 0) === y > 0 ? 0 : Infinity
    return isNegative ? -size : size
  }
  if (x < 0 && Math.floor(y) !== y) return NaN
  const size = powerOfPositive(magnitude, y)
  return isNegative ? -size : size
}

/** Whether y is an odd integer; from 2^53 on every double is even. */
const isOdd = (y: number): boolean => Math.abs(y % 2) === 1

/** `x^y` for a positive finite x and a finite y. */
const powerOfPositive = (x: number, y: number): number => {
  if (x === 1) return 1
  // Beyond 2^66 the result overflows or vanishes, as |log x| ≥ 2^-54; below 2^-66 it is 1.
  const exponent = Math.abs(y) > 73786976294838206464 ? (y > 0 ? 73786976294838206464 : -73786976294838206464) : y
  if (Math.abs(exponent) < 1.3552527156068805e-20) return 1
  const logarithm = logPair(x)
  const product = logarithm.high * exponent
  if (product > 710) return Infinity
  if (product < -746) return 0
  const tail = productError(logarithm.high, exponent, product) + logarithm.low * exponent
  return expWithTail(product, tail, 0)
}

/** Where the low part is this small, a power of float32 numbers is taken to be exact; its error is below 2^-92 of the power. */
const EXACT = 3.2311742677852644e-27

export const powExtended = (x: number, y: number): DoubleDouble => {
  const power = expExtended(times(logExtended(doubleDouble(Math.abs(x))), y))
  const size = Math.abs(power.low) < power.high * EXACT ? doubleDouble(power.high) : power
  return x < 0 && isOdd(y) ? { high: -size.high, low: -size.low } : size
}

/** `x^y` in float32, rounded once. */
export const pow32 = (x: number, y: number): number => {
  const approximation = pow64(x, y)
  const magnitude = Math.abs(approximation)
  return magnitude > 1e-46 && magnitude < 3.5e38
    ? roundOnceOfTwo(approximation, x, y, powExtended)
    : Math.fround(approximation)
}
