/**
 * Logarithms: log, log1p, log2 and log10.
 *
 *     x = 2^e m,  c ≈ 1/m a multiple of 1/256,  r = m c − 1,  |r| ≤ 1/64        log x = e ln 2 − log c + log(1 + r)
 *
 * c is one of 64 table entries with so few bits that r is exact or nearly so. At both ends of the table c is 1 and 1/2,
 * where nothing cancels and log is accurate relative to itself. The float64 results are within 0.6 ulp (log1p 1), the
 * float32 results correctly rounded.
 *
 * @since 0.1.0
 */
import { at, exponentOf, highWord, powerOfTwo } from './bits.ts'
import {
  type DoubleDouble,
  doubleDouble,
  multiply,
  productError,
  quickTwoSum,
  RECIPROCAL_LN10,
  RECIPROCAL_LN2,
  twoSum
} from './double-double.ts'
import { cubic } from './horner.ts'
import { log10Extended, log1pExtended, log2Extended, logExtended } from './logarithm-extended.ts'
import { LOG_HIGH, LOG_LOW } from './logarithm-table.ts'
import { roundOnce } from './rounding.ts'

// ln 2 in two parts: the first has 40 bits, so that its multiples by an exponent are exact and add to the table exactly.
const LN2_HIGH = 0.6931471805601177
const LN2_LOW = -1.7239444525614835e-13

/** From this table index on (m > √2) the mantissa counts as m/2, so that |log m| ≤ ln(2)/2. */
const UPPER_INDEX = 27
const NUMERATORS = Array.from({ length: 64 }, (_, index) => Math.floor(256 / (1 + (index + 0.5) / 64) + 0.5))
const CENTRES = NUMERATORS.map((numerator, index) => (index === 0 ? 1 : index === 63 ? 0.5 : numerator / 256))

/** The centres c, by the six fraction bits of x below its exponent. */
export const RECIPROCAL = Float64Array.from(CENTRES)

/** `(log(1 + r) − r + r²/2)/r³` for |r| ≤ 1/64: the first term left out is below 2^-56 of log(1 + r). */
const thirdOrder = (r: number): number =>
  cubic(
    r,
    0.3333333333333333,
    -0.25,
    0.2,
    cubic(r, -0.16666666666666666, 0.14285714285714285, -0.125, 0.1111111111111111)
  )

/** `log(x + tail)` for a positive normal finite `x` and a tail of at most half its last place. */
const logWithTail = (x: number, tail: number): number => {
  const high = highWord(x)
  const floor = (high >>> 20) - 1023
  const index = (high >>> 14) & 63
  const exponent = index < UPPER_INDEX ? floor : floor + 1
  const toMantissa = powerOfTwo(-floor)
  const mantissa = x * toMantissa
  const upper = Math.fround(mantissa)
  const centre = at(RECIPROCAL, index)
  const r = upper * centre - 1 + ((mantissa - upper) * centre + tail * toMantissa * centre)
  const base = exponent * LN2_HIGH + at(LOG_HIGH, index)
  const sum = base + r
  const lost = r - (sum - base)
  return sum + (lost + (exponent * LN2_LOW + at(LOG_LOW, index)) + r * r * (r * thirdOrder(r) - 0.5))
}

/** `log(x)` as a double-double with relative error below 2^-63, for a positive finite number. */
export const logPair = (x: number): DoubleDouble => {
  if (x < 2.2250738585072014e-308) return logPairOf(x * 18014398509481984, -54)
  return logPairOf(x, 0)
}

const logPairOf = (x: number, shift: number): DoubleDouble => {
  const floor = exponentOf(x)
  const index = (highWord(x) >>> 14) & 63
  const exponent = (index < UPPER_INDEX ? floor : floor + 1) + shift
  const mantissa = x * powerOfTwo(-floor)
  const upper = Math.fround(mantissa)
  const centre = at(RECIPROCAL, index)
  const r = twoSum(upper * centre - 1, (mantissa - upper) * centre)
  const square = r.high * r.high
  const squareLow = productError(r.high, r.high, square) + 2 * r.high * r.low
  const base = exponent * LN2_HIGH + at(LOG_HIGH, index)
  const first = quickTwoSum(base, r.high)
  const second = quickTwoSum(first.high, -0.5 * square)
  const small = exponent * LN2_LOW + at(LOG_LOW, index)
  const rest = r.low - 0.5 * squareLow + square * r.high * thirdOrder(r.high)
  return quickTwoSum(second.high, first.low + second.low + small + rest)
}

/** The logarithm of zeros, negative numbers, infinities and NaN. */
const logOfSpecial = (x: number): number => (x === 0 ? -Infinity : x > 0 ? x : NaN)

const isOrdinary = (x: number): boolean => x > 0 && x < Infinity

// float64

/** Natural logarithm in float64. */
export const log64 = (x: number): number => {
  if (!isOrdinary(x)) return logOfSpecial(x)
  if (x >= 2.2250738585072014e-308) return logWithTail(x, 0)
  return logPair(x).high
}

/** `log(1 + x)` in float64, accurate also near zero. */
export const log1p64 = (x: number): number => {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN
  if (Math.abs(x) < 5.551115123125783e-17) return x
  const sum = 1 + x
  return logWithTail(sum, x < 1 ? x - (sum - 1) : 1 - (sum - x))
}

/** Logarithm to base 2 in float64; exact for powers of two. */
export const log2_64 = (x: number): number =>
  isOrdinary(x) ? multiply(logPair(x), RECIPROCAL_LN2).high : logOfSpecial(x)

/** Logarithm to base 10 in float64; exact for the powers of ten that a double holds. */
export const log10_64 = (x: number): number =>
  isOrdinary(x) ? multiply(logPair(x), RECIPROCAL_LN10).high : logOfSpecial(x)

// float32: every positive float32 is a normal double

const logExtendedOfNumber = (x: number) => logExtended(doubleDouble(x))

/** Natural logarithm in float32, correctly rounded. */
export const log32 = (x: number): number =>
  isOrdinary(x) ? roundOnce(logWithTail(x, 0), x, logExtendedOfNumber) : logOfSpecial(x)

/** `log(1 + x)` in float32, correctly rounded. */
export const log1p32 = (x: number): number =>
  x > -1 && x < Infinity ? roundOnce(log1p64(x), x, log1pExtended) : log1p64(x)

/** Logarithm to base 2 in float32, correctly rounded. */
export const log2_32 = (x: number): number => (isOrdinary(x) ? roundOnce(log2_64(x), x, log2Extended) : logOfSpecial(x))

/** Logarithm to base 10 in float32, correctly rounded. */
export const log10_32 = (x: number): number =>
  isOrdinary(x) ? roundOnce(log10_64(x), x, log10Extended) : logOfSpecial(x)
