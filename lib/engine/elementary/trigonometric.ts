/**
 * Trigonometric functions: sin, cos and tan, of radians, for arguments of any size.
 *
 *     x = k π/2 + r,  |r| ≤ π/4        sin and cos of r by polynomials, the quadrant k mod 4 chooses between them
 *
 * The remainder carries a correction, so that cancellation costs nothing: up to 2^20 quarter turns by subtracting π/2 in
 * four parts, beyond by Payne and Hanek. The float64 results are within 1 ulp, the float32 results correctly
 * rounded.
 *
 * @since 0.1.0
 */
import { type DoubleDouble, divide, quotientOfSums } from './double-double.ts'
import { cubic, quadratic } from './horner.ts'
import { reduceLarge } from './payne-hanek.ts'
import { roundOnce } from './rounding.ts'
import { cosExtended, reduceExtended, sinExtended } from './trigonometric-extended.ts'

export const QUARTER_PI = 0.7853981633974483
export const TWO_OVER_PI = 0.6366197723675814
export const MEDIUM_LIMIT = 1647099

// π/2 in parts of 33 bits, so that their products with k < 2^20 are exact; the last has 53.
export const HALF_PI_FIRST = 1.5707963267341256
export const HALF_PI_SECOND = 6.077100506303966e-11
export const HALF_PI_THIRD = 2.0222662487111665e-21
export const HALF_PI_FOURTH = 8.4784276603689e-32

// polynomials on |r| ≤ π/4: interpolation at Chebyshev nodes in r², error below 2^-57 and 2^-59 of the result

const sinShape = (z: number): number =>
  cubic(
    z,
    -0.16666666666666666,
    0.008333333333333331,
    -0.0001984126984126504,
    cubic(z, 2.755731921932058e-6, -2.50521062259944e-8, 1.6058530596645953e-10, -7.586636882825159e-13)
  )

const cosShape = (z: number): number =>
  quadratic(
    z,
    0.041666666666666664,
    -0.0013888888888887389,
    cubic(z, 2.48015872987544e-5, -2.755731726587808e-7, 2.087614504941318e-9, -1.138254464534925e-11)
  )

/** `sin(r + low) − r`. */
const sinRest = (r: number, low: number): number => {
  const z = r * r
  return z * r * sinShape(z) + low * (1 - 0.5 * z)
}

/** `cos(r + low) − head`, for `head = 1 − r²/2` rounded. */
const cosRest = (r: number, low: number, head: number): number => {
  const z = r * r
  return 1 - head - 0.5 * z + (z * z * cosShape(z) - r * low)
}

const sinReduced = (r: number, low: number): number => r + sinRest(r, low)

const cosReduced = (r: number, low: number): number => {
  const head = 1 - 0.5 * (r * r)
  return head + cosRest(r, low, head)
}

/** `sin(x + quadrant · π/2)` for a reduced argument. */
const turned = (quadrant: number, high: number, low: number): number => {
  const value = (quadrant & 1) === 0 ? sinReduced(high, low) : cosReduced(high, low)
  return (quadrant & 2) === 0 ? value : -value
}

/** `tan(x + quadrant · π/2)` for a reduced argument: the quotient of sine and cosine, each with its correction. */
const tanTurned = (quadrant: number, high: number, low: number): number => {
  const head = 1 - 0.5 * (high * high)
  const sineRest = sinRest(high, low)
  const cosineRest = cosRest(high, low, head)
  const sine = high + sineRest
  const cosine = head + cosineRest
  const sineLow = sineRest - (sine - high)
  const cosineLow = cosineRest - (cosine - head)
  return (quadrant & 1) === 0
    ? quotientOfSums(sine, sineLow, cosine, cosineLow)
    : -quotientOfSums(cosine, cosineLow, sine, sineLow)
}

// reduction of finite arguments beyond π/4; the sums are written out because an object for each would double the time

type OfReduced = (quadrant: number, high: number, low: number) => number

const reduceMedium = (x: number, turns: number, evaluate: OfReduced): number => {
  const multiple = Math.floor(x * TWO_OVER_PI + 0.5)
  const start = x - multiple * HALF_PI_FIRST
  const second = multiple * HALF_PI_SECOND
  const first = start - second
  const firstShadow = first - start
  const firstLow = start - (first - firstShadow) - (second + firstShadow)
  const third = multiple * HALF_PI_THIRD
  const next = first - third
  const nextShadow = next - first
  const nextLow = first - (next - nextShadow) - (third + nextShadow)
  const rest = firstLow + nextLow - multiple * HALF_PI_FOURTH
  const high = next + rest
  return evaluate(multiple + turns, high, rest - (high - next))
}

const reduceAny = (x: number, turns: number, evaluate: OfReduced): number => {
  if (Math.abs(x) < MEDIUM_LIMIT) return reduceMedium(x, turns, evaluate)
  const { quadrant, high, low } = reduceLarge(Math.abs(x))
  return x > 0 ? evaluate(quadrant + turns, high, low) : evaluate(turns - quadrant, -high, -low)
}

// float64

/** Sine in float64. */
export const sin64 = (x: number): number => {
  if (Math.abs(x) <= QUARTER_PI) return Math.abs(x) < 7.450580596923828e-9 ? x : sinReduced(x, 0)
  return Math.abs(x) < Infinity ? reduceAny(x, 0, turned) : NaN
}

/** Cosine in float64. */
export const cos64 = (x: number): number => {
  if (Math.abs(x) <= QUARTER_PI) return cosReduced(x, 0)
  return Math.abs(x) < Infinity ? reduceAny(x, 1, turned) : NaN
}

/** Tangent in float64. */
export const tan64 = (x: number): number => {
  if (Math.abs(x) <= QUARTER_PI) return Math.abs(x) < 7.450580596923828e-9 ? x : tanTurned(0, x, 0)
  return Math.abs(x) < Infinity ? reduceAny(x, 0, tanTurned) : NaN
}

// double-double, for the float32 functions

const turnedExtended = (x: number, turns: number): DoubleDouble => {
  const reduced = reduceExtended(x)
  const quadrant = reduced.quadrant + turns
  const value = (quadrant & 1) === 0 ? sinExtended(reduced) : cosExtended(reduced)
  return (quadrant & 2) === 0 ? value : { high: -value.high, low: -value.low }
}

const sinExtendedOfNumber = (x: number): DoubleDouble => turnedExtended(x, 0)
const cosExtendedOfNumber = (x: number): DoubleDouble => turnedExtended(x, 1)
const tanExtendedOfNumber = (x: number): DoubleDouble => divide(turnedExtended(x, 0), turnedExtended(x, 1))

// float32

/** Sine in float32, correctly rounded. */
export const sin32 = (x: number): number => (Math.abs(x) < Infinity ? roundOnce(sin64(x), x, sinExtendedOfNumber) : NaN)

/** Cosine in float32, correctly rounded. */
export const cos32 = (x: number): number => (Math.abs(x) < Infinity ? roundOnce(cos64(x), x, cosExtendedOfNumber) : NaN)

/** Tangent in float32, correctly rounded. */
export const tan32 = (x: number): number => (Math.abs(x) < Infinity ? roundOnce(tan64(x), x, tanExtendedOfNumber) : NaN)
