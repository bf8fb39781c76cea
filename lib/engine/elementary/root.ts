/**
 * Roots: sqrt, the reciprocal square root and the cube root.
 *
 * The float64 results are within 1.5 ulp (cbrt 0.6, sqrt exact), the float32 results correctly rounded.
 *
 * @since 0.1.0
 */
import { exponentOf, powerOfTwo } from './bits.ts'
import {
  add,
  type DoubleDouble,
  divide,
  doubleDouble,
  ONE,
  productError,
  scale,
  subtract,
  times,
  twoProduct
} from './double-double.ts'
import { roundOnce } from './rounding.ts'

// float64

/** Square root in float64: IEEE's, correctly rounded. */
export const sqrt64 = (x: number): number => Math.sqrt(x)

/** `1/√x` in float64, two roundings; +∞ and −∞ at +0 and −0. */
export const rsqrt64 = (x: number): number => 1 / Math.sqrt(x)

/** Cube root in float64, of either sign. */
export const cbrt64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (!(magnitude > 0 && magnitude < Infinity)) return x
  // A subnormal argument is scaled by 2^54, a cube.
  const isSubnormal = magnitude < 2.2250738585072014e-308
  const normal = isSubnormal ? magnitude * 18014398509481984 : magnitude
  const third = Math.floor(exponentOf(normal) / 3)
  const root = cbrtOfMantissa(normal * powerOfTwo(-3 * third)) * powerOfTwo(isSubnormal ? third - 18 : third)
  return x < 0 ? -root : root
}

/** Cube root of m in [1, 8): a quadratic guess within 2.2 %, Halley's iteration twice, Newton's with the exact residue. */
const cbrtOfMantissa = (m: number): number => {
  const guess = 0.7702 + m * (0.2636 - m * 0.0144)
  const once = halley(guess, m)
  const y = halley(once, m)
  const square = y * y
  const cube = square * y
  const excess = cube - m + productError(square, y, cube) + productError(y, y, square) * y
  return y - excess / (3 * square)
}

const halley = (y: number, m: number): number => {
  const cube = y * y * y
  return (y * (cube + 2 * m)) / (2 * cube + m)
}

// double-double: Newton's iteration once, from float64

export const rsqrtExtended = (x: number): DoubleDouble => {
  const y = rsqrt64(x)
  const defect = subtract(ONE, times(twoProduct(y, y), x))
  return add(doubleDouble(y), scale(times(defect, y), 0.5))
}

export const cbrtExtended = (x: number): DoubleDouble => {
  const y = cbrt64(x)
  const square = twoProduct(y, y)
  const defect = subtract(doubleDouble(x), times(square, y))
  return add(doubleDouble(y), divide(defect, times(square, 3)))
}

// float32

/** Square root in float32, correctly rounded. */
export const sqrt32 = (x: number): number => Math.fround(Math.sqrt(x))

/** `1/√x` in float32, correctly rounded; +∞ and −∞ at +0 and −0. */
export const rsqrt32 = (x: number): number =>
  x > 0 && x < Infinity ? roundOnce(rsqrt64(x), x, rsqrtExtended) : rsqrt64(x)

/** Cube root in float32, correctly rounded. */
export const cbrt32 = (x: number): number =>
  x < Infinity && x > -Infinity && x !== 0 ? roundOnce(cbrt64(x), x, cbrtExtended) : x
