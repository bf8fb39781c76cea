/**
 * Hyperbolic functions: sinh, cosh and tanh, from `g = e^x − 1`.
 *
 *     tanh x = g(2x) / (g(2x) + 2)        sinh x = (g + g/(g + 1)) / 2        cosh x = (e^x + 1/e^x) / 2
 *
 * Where g is small, sinh is written as g − g · g/(2(g + 1)), in which only g itself is rounded at full size. The float64
 * results are within 2 ulp (tanh 2.5, cosh 1.5), the float32 results correctly rounded.
 *
 * @since 0.1.0
 */
import { add, type DoubleDouble, divide, doubleDouble, ONE, scale } from './double-double.ts'
import { expm1_64, expWithTail } from './exponential.ts'
import { expExtended, expm1Extended } from './exponential-extended.ts'
import { roundOnce } from './rounding.ts'

// float64

/** Hyperbolic tangent in float64. */
export const tanh64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (!(magnitude < 22)) return magnitude >= 22 ? (x > 0 ? 1 : -1) : NaN
  if (magnitude < 1.862645149230957e-9) return x
  const growth = expm1_64(2 * magnitude)
  const result = growth / (growth + 2)
  return x < 0 ? -result : result
}

/** Hyperbolic sine in float64. */
export const sinh64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (magnitude < 1.862645149230957e-9) return x
  const result = magnitude < 22 ? sinhOfModerate(magnitude) : halfExponential(magnitude)
  return x < 0 ? -result : result
}

const sinhOfModerate = (magnitude: number): number => {
  const growth = expm1_64(magnitude)
  const reflected = growth / (growth + 1)
  return growth < 1 ? growth - 0.5 * growth * reflected : 0.5 * (growth + reflected)
}

/** `e^x / 2` without early overflow. */
const halfExponential = (x: number): number => (x < 712 ? expWithTail(x, 0, -1) : x === x ? Infinity : NaN)

/** Hyperbolic cosine in float64. */
export const cosh64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (!(magnitude < 22)) return halfExponential(magnitude)
  const half = expWithTail(magnitude, 0, -1)
  return half + 0.25 / half
}

// double-double, for float32 arguments that do not saturate

export const tanhExtended = (x: number): DoubleDouble => {
  const growth = expm1Extended(doubleDouble(2 * x))
  return divide(growth, add(growth, doubleDouble(2)))
}

export const sinhExtended = (x: number): DoubleDouble => {
  const growth = expm1Extended(doubleDouble(x))
  return scale(add(growth, divide(growth, add(growth, ONE))), 0.5)
}

export const coshExtended = (x: number): DoubleDouble => {
  const power = expExtended(doubleDouble(x))
  return scale(add(power, divide(ONE, power)), 0.5)
}

// float32

/** Hyperbolic tangent in float32, correctly rounded. */
export const tanh32 = (x: number): number =>
  Math.abs(x) < 10 ? roundOnce(tanh64(x), x, tanhExtended) : x > 0 ? 1 : x < 0 ? -1 : NaN

/** Hyperbolic sine in float32, correctly rounded. */
export const sinh32 = (x: number): number => (Math.abs(x) < 90 ? roundOnce(sinh64(x), x, sinhExtended) : x * Infinity)

/** Hyperbolic cosine in float32, correctly rounded. */
export const cosh32 = (x: number): number =>
  Math.abs(x) < 90 ? roundOnce(cosh64(x), x, coshExtended) : x === x ? Infinity : NaN
