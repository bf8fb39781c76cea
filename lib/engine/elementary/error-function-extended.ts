/**
 * The error function and its complement in double-double, for the float32 functions; relative error below 2^-90.
 *
 *     erf x  = 2/√π e^(−x²) x Σ (2x²)^k / (1 · 3 · 5 … (2k+1))        all terms positive
 *     erfc x = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + …)))))
 *
 * @see Abramowitz & Stegun 7.1.6 and 7.1.14
 * @since 0.1.0
 */
import {
  add,
  type DoubleDouble,
  divide,
  doubleDouble,
  multiply,
  ONE,
  SQRT_PI,
  scale,
  subtract,
  times,
  TWO_OVER_SQRT_PI,
  twoProduct
} from './double-double.ts'
import { expNegativeExtended } from './exponential-extended.ts'

/** Terms of the series enough for |x| ≤ 4: the first one left out is below 2^-110 of the sum. */
export const SERIES_TERMS = 120
/** Depth of the continued fraction enough for x ≥ 2.5. */
export const FRACTION_TERMS = 200

/** `erf(x)` for |x| ≤ 4. */
export const erfExtended = (x: number): DoubleDouble => {
  const square = twoProduct(x, x)
  let sum = ONE
  for (let index = SERIES_TERMS; index > 0; index--)
    sum = add(ONE, divide(multiply(sum, scale(square, 2)), doubleDouble(2 * index + 1)))
  return multiply(times(multiply(TWO_OVER_SQRT_PI, expNegativeExtended(square)), x), sum)
}

/** `erfc(x)` for −4 ≤ x ≤ 26. */
export const erfcExtended = (x: number): DoubleDouble => {
  if (x < 2.5) return subtract(ONE, erfExtended(x))
  const argument = doubleDouble(x)
  let fraction = argument
  for (let index = FRACTION_TERMS; index > 0; index--)
    fraction = add(argument, divide(doubleDouble(0.5 * index), fraction))
  return divide(expNegativeExtended(twoProduct(x, x)), multiply(fraction, SQRT_PI))
}
