/**
 * Sine and cosine in double-double, by Taylor series of the remainder modulo π/2; relative error below 2^-98.
 *
 * @since 0.1.0
 */
import { type DoubleDouble, doubleDouble, multiply, negate, polynomial, quotientSeries } from './double-double.ts'
import { type Reduced, reduceLarge } from './payne-hanek.ts'

// (−1)^k/(2k+1)! and (−1)^k/(2k)!: for |r| ≤ π/4 the first term left out is below 2^-115.
export const SINE = quotientSeries(15, (index) => -(2 * index) * (2 * index + 1))
export const COSINE = quotientSeries(15, (index) => -(2 * index - 1) * (2 * index))

/** Reduces any finite x. */
export const reduceExtended = (x: number): Reduced => {
  if (Math.abs(x) < 0.78) return { quadrant: 0, high: x, low: 0 }
  const { quadrant, high, low } = reduceLarge(Math.abs(x))
  return x > 0 ? { quadrant, high, low } : { quadrant: (4 - quadrant) & 3, high: -high, low: -low }
}

/** `sin(r)` for |r| ≤ π/4. */
export const sinExtended = (r: DoubleDouble): DoubleDouble => multiply(r, polynomial(SINE, multiply(r, r)))

/** `cos(r)` for |r| ≤ π/4. */
export const cosExtended = (r: DoubleDouble): DoubleDouble => polynomial(COSINE, multiply(r, r))

/** `sin(x)` and `cos(x)` of a double in [0, π/2]. */
export const sinAndCosExtended = (x: number): { readonly sine: DoubleDouble; readonly cosine: DoubleDouble } => {
  const { quadrant, high, low } = reduceExtended(x)
  const r = doubleDouble(high, low)
  return quadrant === 0
    ? { sine: sinExtended(r), cosine: cosExtended(r) }
    : { sine: cosExtended(r), cosine: negate(sinExtended(r)) }
}
