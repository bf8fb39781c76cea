/**
 * Arctangents: atan, and atan2 of the two legs.
 *
 *     c = i/16 near x        atan x = atan c + atan t,  t = (x − c)/(1 + x c)        x > 1: by the complement to π/2
 *
 * The float64 results are within 1 ulp (atan2 1.5), the float32 results correctly rounded.
 *
 * @since 0.1.0
 */
import { at } from './bits.ts'
import { ATAN_OF_SIXTEENTHS, atanExtended } from './arctangent-extended.ts'
import { type DoubleDouble, divide, doubleDouble, HALF_PI, PI, productError, subtract } from './double-double.ts'
import { cubic, quadratic } from './horner.ts'
import { roundOnce, roundOnceOfTwo } from './rounding.ts'

export const NEAR_HIGH = Float64Array.from(ATAN_OF_SIXTEENTHS, ({ high }) => high)
export const NEAR_LOW = Float64Array.from(ATAN_OF_SIXTEENTHS, ({ low }) => low)
const COMPLEMENTS = ATAN_OF_SIXTEENTHS.map((angle) => subtract(HALF_PI, angle))
export const FAR_HIGH = Float64Array.from(COMPLEMENTS, ({ high }) => high)
export const FAR_LOW = Float64Array.from(COMPLEMENTS, ({ low }) => low)

/** `(atan t − t)/t³` for |t| ≤ 1/16, its Taylor polynomial: the first term left out is below 2^-59 of atan t. */
const shape = (z: number): number =>
  quadratic(
    z,
    -0.3333333333333333,
    0.2,
    cubic(z, -0.14285714285714285, 0.1111111111111111, -0.09090909090909091, 0.07692307692307693)
  )

/** `atan(x + tail)` for x ≥ 0 and a tail of at most half its last place. */
const atanWithTail = (x: number, tail: number): number => {
  if (x > 1) return x < 1152921504606846976 ? atanOfLarge(x, tail) : HALF_PI.high
  const index = x < 0.0625 ? 0 : Math.floor(16 * x + 0.5)
  const centre = index / 16
  const denominator = 1 + x * centre
  const t = (x - centre) / denominator
  const z = t * t
  return at(NEAR_HIGH, index) + (t + (at(NEAR_LOW, index) + z * t * shape(z) + tail / (1 + x * x)))
}

const atanOfLarge = (x: number, tail: number): number => {
  const index = x > 16 ? 0 : Math.floor(16 / x + 0.5)
  const centre = index / 16
  const upper = Math.fround(x)
  const t = (upper * centre - 1 + (x - upper) * centre) / (x + centre)
  const z = t * t
  return at(FAR_HIGH, index) + (t + (at(FAR_LOW, index) + z * t * shape(z) + tail / (1 + x * x)))
}

// float64

/** Arctangent in float64, in radians, within ±π/2. */
export const atan64 = (x: number): number => {
  if (!(Math.abs(x) > 7.450580596923828e-9)) return x
  return x > 0 ? atanWithTail(x, 0) : -atanWithTail(-x, 0)
}

/** The angle of the point (x, y) in float64, in radians, within ±π; zeros and infinities as in C99 Annex F. */
export const atan2_64 = (y: number, x: number): number => {
  if (y !== y || x !== x) return NaN
  const angle = angleOf(Math.abs(y), Math.abs(x), x < 0 || Object.is(x, -0))
  return y < 0 || Object.is(y, -0) ? -angle : angle
}

/** The angle for y ≥ 0, where `isLeft` says that x stands for −x. */
const angleOf = (y: number, x: number, isLeft: boolean): number => {
  if (y === x && (x === 0 || x === Infinity))
    return x === 0 ? (isLeft ? PI.high : 0) : isLeft ? 2.356194490192345 : QUARTER
  const ratio = y / x
  if (ratio > 1152921504606846976) return HALF_PI.high
  if (ratio < 8.673617379884035e-19) return isLeft ? PI.high : ratio
  // Powers of two keep the remainder of the division from under- and overflowing.
  const power = x > 1 ? 1.4916681462400413e-154 : 6.703903964971299e153
  const remainder = remainderOf(y * power, x * power, ratio)
  const angle = atanWithTail(ratio, remainder / (x * power))
  return isLeft ? PI.high - angle + PI.low : angle
}

export const QUARTER = 0.7853981633974483

/** `y − ratio · x`, exactly, where ratio is y/x rounded. */
const remainderOf = (y: number, x: number, ratio: number): number => {
  const product = ratio * x
  return y - product - productError(ratio, x, product)
}

// float32

const atanExtendedOfNumber = (x: number): DoubleDouble => atanExtended(doubleDouble(x), atan64(x))

const atan2Extended = (y: number, x: number): DoubleDouble => {
  const ratio = divide(doubleDouble(Math.abs(y)), doubleDouble(Math.abs(x)))
  const angle = atanExtended(ratio, atan64(ratio.high))
  const turned = x < 0 ? subtract(PI, angle) : angle
  return y < 0 ? { high: -turned.high, low: -turned.low } : turned
}

/** Arctangent in float32, correctly rounded. */
export const atan32 = (x: number): number => (x === x ? roundOnce(atan64(x), x, atanExtendedOfNumber) : NaN)

/** The angle of the point (x, y) in float32, correctly rounded. */
export const atan2_32 = (y: number, x: number): number =>
  y === y && x === x ? roundOnceOfTwo(atan2_64(y, x), y, x, atan2Extended) : NaN
