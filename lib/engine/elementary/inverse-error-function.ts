/**
 * The inverse of the error function.
 *
 * In float32 it is not correctly rounded but *defined* by a fixed sequence of float32 operations: Giles' two polynomials
 * in `w = −log(1 − x²)`, evaluated with fused multiply-adds, because that is what normal draws are made of. A fused
 * multiply-add is one float64 multiplication, one float64 addition and one rounding to float32.
 *
 * In float64 Giles' value is the start of two Halley steps on erf or, in the tails, erfc; within 4 ulp.
 *
 * @see Giles 2012, "Approximating the erfinv function", GPU Computing Gems
 * @since 0.1.0
 */
import { at } from './bits.ts'
import { erf64, erfc64 } from './error-function.ts'
import { exp64 } from './exponential.ts'
import { log1p32, log1p64, log64 } from './logarithm.ts'

// Highest coefficient first.
export const CENTRAL = Float64Array.of(
  2.81022636e-8,
  3.43273939e-7,
  -3.5233877e-6,
  -4.39150654e-6,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941
).map(Math.fround)
export const TAIL = Float64Array.of(
  -0.000200214257,
  0.000100950558,
  0.00134934322,
  -0.00367342844,
  0.00573950773,
  -0.0076224613,
  0.00943887047,
  1.00167406,
  2.83297682
).map(Math.fround)

// float32

/** The inverse error function in float32, as defined above; ±∞ at ±1, NaN beyond. */
export const erfInv32 = (x: number): number => {
  if (Math.abs(x) === 1) return x * Infinity
  const w = -log1p32(-Math.fround(x * x))
  return w < 5
    ? Math.fround(fusedPolynomial(CENTRAL, Math.fround(w - 2.5)) * x)
    : Math.fround(fusedPolynomial(TAIL, Math.fround(Math.fround(Math.sqrt(w)) - 3)) * x)
}

const fusedPolynomial = (coefficients: Float64Array, w: number): number => {
  let sum = at(coefficients, 0)
  for (let index = 1; index < coefficients.length; index++) sum = Math.fround(sum * w + at(coefficients, index))
  return sum
}

// float64

export const PI = 3.141592653589793
export const HALF_SQRT_PI = 0.886226925452758
export const HALF_SQRT_PI_LOW = 3.8332932499128993e-17

/** The inverse error function in float64; ±∞ at ±1, NaN beyond. */
export const erfInv64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (magnitude < 7.450580596923828e-9) return x === 0 ? x : x * HALF_SQRT_PI - x * HALF_SQRT_PI_LOW
  if (!(magnitude < 1)) return magnitude === 1 ? x * Infinity : NaN
  const guess = magnitude < 0.9999999 ? magnitude * startingRatio(magnitude) : startFarOut(1 - magnitude)
  const result = refined(refined(guess, magnitude), magnitude)
  return x < 0 ? -result : result
}

const startingRatio = (x: number): number => {
  const w = -log1p64(-x * x)
  return w < 5 ? plainPolynomial(CENTRAL, w - 2.5) : plainPolynomial(TAIL, Math.sqrt(w) - 3)
}

/** The leading terms of erfc(y) ~ e^(−y²)/(y √π), solved for y; within 0.2 % for a complement below 10^-7. */
const startFarOut = (complement: number): number => {
  const logarithm = -log64(complement)
  return Math.sqrt(logarithm - 0.5 * log64(PI * logarithm))
}

const plainPolynomial = (coefficients: Float64Array, w: number): number =>
  coefficients.reduce((sum, coefficient) => sum * w + coefficient, 0)

/** One step of Halley's iteration for erf(y) = x; in the tails on the complements, of which 1 − x is exact. */
const refined = (y: number, x: number): number => {
  const excess = x < 0.5 ? erf64(y) - x : 1 - x - erfc64(y)
  const step = (excess * HALF_SQRT_PI) / exp64(-y * y)
  return y - step / (1 + y * step)
}
