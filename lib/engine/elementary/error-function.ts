/**
 * The error function erf and its complement erfc.
 *
 *     erf x  = erf c + Taylor series at c,  c the multiple of 1/8 nearest to x
 *     erfc x = e^(−x²) F((x − a)/(x + a)) / (1 + 2x) for x ≥ 1/2,  a = 15/4, F a polynomial
 *
 * The float64 results are within 1.2 ulp (erfc 3), the float32 results correctly rounded.
 *
 * @see Shepherd & Laframboise 1981, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x", for the shape of F
 * @since 0.1.0
 */
import { at, powerOfTwo } from './bits.ts'
import { productError, quotientOfSums } from './double-double.ts'
import { ERF_OF_EIGHTHS } from './error-function-table.ts'
import { erfcExtended, erfExtended } from './error-function-extended.ts'
import { exp64, expWithTail } from './exponential.ts'
import { cubic } from './horner.ts'
import { roundOnce } from './rounding.ts'

const TWO_OVER_SQRT_PI = 1.1283791670955126
const CENTRES = 49
export const TERMS = 13

/**
 * Taylor coefficients of erf at i/8, without the constant ones: row i, then order 1..13.
 *
 * With erf' = g and g' = −2x g the coefficients b of g obey (n + 1) b[n+1] = −2 (c b[n] + b[n−1]), and erf's are b[n−1]/n.
 */
const taylorRow = (centre: number): ReadonlyArray<number> => {
  const slopes = [TWO_OVER_SQRT_PI * exp64(-centre * centre)]
  for (let order = 1; order < TERMS; order++)
    slopes.push((-2 * (centre * (slopes[order - 1] ?? 0) + (slopes[order - 2] ?? 0))) / order)
  return slopes.map((slope, order) => slope / (order + 1))
}

export const COEFFICIENTS = Float64Array.from(
  Array.from({ length: CENTRES }, (_, index) => taylorRow(index / 8)).flat()
)

/** `erf(i/8 + h) − erf(i/8)` for |h| ≤ 1/16: the first term left out is below 2^-60. */
const increment = (index: number, h: number): number => {
  const row = index * TERMS
  let sum = at(COEFFICIENTS, row + TERMS - 1)
  for (let order = TERMS - 2; order >= 0; order--) sum = sum * h + at(COEFFICIENTS, row + order)
  return sum * h
}

/** `erf(x)/x − 1` for |x| ≤ 1/8, its Taylor polynomial in z = x²: the first term left out is below 2^-60. */
const nearZero = (z: number): number =>
  cubic(
    z,
    0.1283791670955126,
    -0.37612638903183754,
    0.11283791670955126,
    cubic(
      z,
      -0.026866170645131252,
      0.005223977625442188,
      -0.0008548327023450853,
      0.00012055332981789664 - z * 1.492565035840625e-5
    )
  )

// float64

/** The error function in float64. */
export const erf64 = (x: number): number => {
  const magnitude = Math.abs(x)
  if (magnitude < 0.125) return x + x * nearZero(x * x)
  if (!(magnitude < 6)) return x === x ? (x > 0 ? 1 : -1) : NaN
  const index = Math.floor(8 * magnitude + 0.5)
  const rest = at(ERF_OF_EIGHTHS, 2 * index + 1) + increment(index, magnitude - 0.125 * index)
  const result = at(ERF_OF_EIGHTHS, 2 * index) + rest
  return x < 0 ? -result : result
}

/** The complementary error function in float64, `1 − erf(x)` without its cancellation; 0 from 27.23 on. */
export const erfc64 = (x: number): number => {
  if (x >= 0.5) return x < 27.3 ? erfcOfPositive(x) : 0
  if (!(x > -6)) return x === x ? 2 : NaN
  const magnitude = Math.abs(x)
  if (magnitude < 0.125) return 1 - (x + x * nearZero(x * x))
  const index = Math.floor(8 * magnitude + 0.5)
  const high = at(ERF_OF_EIGHTHS, 2 * index)
  const rest = at(ERF_OF_EIGHTHS, 2 * index + 1) + increment(index, magnitude - 0.125 * index)
  return x > 0 ? 1 - high - rest : 1 + high + rest
}

/** `(1 + 2x) e^(x²) erfc(x)` of t = (x − 15/4)/(x + 15/4), x in [1/2, 27.5]; error below 2^-60. */
export const SCALED_COMPLEMENT = Float64Array.of(
  1.2375126308378275,
  -0.14024059858554702,
  0.003585415485463713,
  0.08227673849015105,
  -0.10880393014170998,
  0.0923043211601986,
  -0.05869339859044941,
  0.028362277421491926,
  -0.009746579549472773,
  0.0017556258328788696,
  0.000293713614693754,
  -0.00029015398371440125,
  5.164927554410819e-5,
  2.2383937456832996e-5,
  -1.1444478579538232e-5,
  -9.729423194289933e-7,
  1.7518139492135215e-6,
  -5.8042738823991866e-8,
  -2.5807818282727857e-7,
  2.395240643681149e-8,
  3.728024624456457e-8,
  -4.069115640949655e-9,
  -3.927242066375548e-9,
  3.763731841576757e-10
)

const erfcOfPositive = (x: number): number => {
  const t = (x - 3.75) / (x + 3.75)
  let rest = at(SCALED_COMPLEMENT, SCALED_COMPLEMENT.length - 1)
  for (let order = SCALED_COMPLEMENT.length - 2; order > 0; order--) rest = rest * t + at(SCALED_COMPLEMENT, order)
  const leading = at(SCALED_COMPLEMENT, 0)
  const sum = leading + rest * t
  const sumLow = rest * t - (sum - leading)
  // x² in two parts, the first of them exact; 2^64 keeps the exponential from underflowing before the division.
  const upper = Math.fround(x)
  const power = expWithTail(-upper * upper, -(x - upper) * (x + upper), 64)
  const product = power * sum
  const productLow = productError(power, sum, product) + power * sumLow
  const denominator = 1 + 2 * x
  const denominatorLow = 1 - (denominator - 2 * x)
  return quotientOfSums(product, productLow, denominator, denominatorLow) * powerOfTwo(-64)
}

// float32

/** The error function in float32, correctly rounded. */
export const erf32 = (x: number): number =>
  Math.abs(x) < 4 ? roundOnce(erf64(x), x, erfExtended) : x > 0 ? 1 : x < 0 ? -1 : NaN

/** The complementary error function in float32, correctly rounded; 0 from 10.06 on. */
export const erfc32 = (x: number): number =>
  x < 10.5 && x > -4 ? roundOnce(erfc64(x), x, erfcExtended) : x > 0 ? 0 : x < 0 ? 2 : NaN
