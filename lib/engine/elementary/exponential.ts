/**
 * Exponentials: exp, exp2, expm1 and the logistic function.
 *
 *     x = (k/64) ln 2 + r,  |r| ≤ ln(2)/128        e^x = 2^⌊k/64⌋ · 2^((k mod 64)/64) · e^r
 *
 * The 64 powers `2^(j/64)` are held as sums of two doubles and e^r − 1 is a polynomial, which leaves the float64 results
 * within 0.6 ulp (expm1 1.2). The float32 results are correctly rounded.
 *
 * @since 0.1.0
 */
import { at, scaleByPowerOfTwo } from './bits.ts'
import { doubleDouble } from './double-double.ts'
import { exp2Extended, expExtended, expm1Extended } from './exponential-extended.ts'
import { ROOT_HIGH, ROOT_LOW } from './exponential-table.ts'
import { cubic, quadratic } from './horner.ts'
import { roundOnce } from './rounding.ts'

const SIXTY_FOUR_OVER_LN2 = 92.33248261689366
// ln(2)/64: the first part has 34 bits, so that its product with any k met here is exact.
const STEP_HIGH = 0.010830424695996044
const STEP_LOW = 2.5310172166650877e-13
const LN2 = 0.6931471805599453

/** `(e^r − 1 − r)/r²` for |r| ≤ 0.0055, its Taylor polynomial: the first term left out is below 2^-62 of e^r − 1. */
const curvature = (r: number): number =>
  0.5 + r * cubic(r, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889)

// float64

/**
 * `exp(x + tail) · 2^shift` for |x| < 800 and |tail| < 0.001; the tail carries what a double argument cannot.
 */
export const expWithTail = (x: number, tail: number, shift: number): number => {
  const multiple = Math.floor(x * SIXTY_FOUR_OVER_LN2 + 0.5)
  const r = x - multiple * STEP_HIGH - multiple * STEP_LOW + tail
  const index = multiple & 63
  const root = at(ROOT_HIGH, index)
  const result = root + (at(ROOT_LOW, index) + root * (r + r * r * curvature(r)))
  return scaleByPowerOfTwo(result, (multiple >> 6) + shift)
}

/** `e^x` in float64. */
export const exp64 = (x: number): number =>
  x > 709.79 ? Infinity : x < -745.14 ? 0 : x === x ? expWithTail(x, 0, 0) : NaN

/** `2^x` in float64; exact for integers. */
export const exp2_64 = (x: number): number => {
  if (!(x < 1024 && x > -1075)) return x >= 1024 ? Infinity : x <= -1075 ? 0 : NaN
  const multiple = Math.floor(x * 64 + 0.5)
  const r = (x - multiple / 64) * LN2
  const index = multiple & 63
  const root = at(ROOT_HIGH, index)
  const result = root + (at(ROOT_LOW, index) + root * (r + r * r * curvature(r)))
  return scaleByPowerOfTwo(result, multiple >> 6)
}

/** `e^x − 1` in float64, accurate also near zero. */
export const expm1_64 = (x: number): number => {
  if (!(x < 40)) return exp64(x)
  if (x < -40) return -1
  if (Math.abs(x) < 0.0625) return Math.abs(x) < 5.551115123125783e-17 ? x : expm1NearZero(x)
  const multiple = Math.floor(x * SIXTY_FOUR_OVER_LN2 + 0.5)
  const first = x - multiple * STEP_HIGH
  const second = multiple * STEP_LOW
  const r = first - second
  const rLow = first - r - second
  const growth = r * r * curvature(r)
  const index = multiple & 63
  const root = scaleByPowerOfTwo(at(ROOT_HIGH, index), multiple >> 6)
  const rootLow = scaleByPowerOfTwo(at(ROOT_LOW, index), multiple >> 6)
  const head = root - 1
  return head + (root - (head + 1) + (rootLow + root * (r + (rLow + growth))))
}

/** `e^x − 1` for |x| ≤ 1/16, its Taylor polynomial: the first term left out is below 2^-65. */
const expm1NearZero = (x: number): number => {
  const upper = cubic(
    x,
    0.0001984126984126984,
    2.48015873015873e-5,
    2.7557319223985893e-6,
    2.755731922398589e-7 + x * 2.505210838544172e-8
  )
  const middle = cubic(x, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889, upper)
  return x + x * x * quadratic(x, 0.5, 0.16666666666666666, middle)
}

/** The logistic function in float64, as the pinned composition `1 / (1 + exp(−x))`; 0 below −709.7. */
export const sigmoid64 = (x: number): number => 1 / (1 + exp64(-x))

// float32

const expExtendedOfNumber = (x: number) => expExtended(doubleDouble(x))
const expm1ExtendedOfNumber = (x: number) => expm1Extended(doubleDouble(x))

/** `e^x` in float32, correctly rounded. */
export const exp32 = (x: number): number =>
  x > 89 ? Infinity : x < -104 ? 0 : x === x ? roundOnce(expWithTail(x, 0, 0), x, expExtendedOfNumber) : NaN

/** `2^x` in float32, correctly rounded. */
export const exp2_32 = (x: number): number =>
  x >= 128 ? Infinity : x < -151 ? 0 : x === x ? roundOnce(exp2_64(x), x, exp2Extended) : NaN

/** `e^x − 1` in float32, correctly rounded. */
export const expm1_32 = (x: number): number =>
  x > 89 ? Infinity : x < -18 ? -1 : x === x ? roundOnce(expm1_64(x), x, expm1ExtendedOfNumber) : NaN

/**
 * The logistic function in float32, each operation of `1 / (1 + exp(−x))` rounded once: within 2.5 ulp for x > −88.7, and
 * 0 below, where the exponential overflows before the true value (under 2^-127) vanishes.
 */
export const sigmoid32 = (x: number): number => Math.fround(1 / Math.fround(1 + exp32(-x)))
