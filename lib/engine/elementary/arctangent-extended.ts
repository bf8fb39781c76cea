/**
 * The arctangent in double-double, by one Newton step from a double; relative error below 2^-98.
 *
 * @since 0.1.0
 */
import { add, type DoubleDouble, divide, doubleDouble, multiply, polynomial, subtract, ZERO } from './double-double.ts'
import { sinAndCosExtended } from './trigonometric-extended.ts'

/** (−1)^k/(2k + 1); with t ≤ 1/16 the first term left out is below 2^-116. */
const COEFFICIENTS = Array.from({ length: 14 }, (_, index) =>
  divide(doubleDouble(index % 2 === 0 ? 1 : -1), doubleDouble(2 * index + 1))
)

/** `atan(t)` for |t| ≤ 1/16. */
const series = (t: DoubleDouble): DoubleDouble => multiply(t, polynomial(COEFFICIENTS, multiply(t, t)))

/** atan(i/16) for i in 0..16, each from the one before: atan((i+1)/16) − atan(i/16) = atan(16/(256 + i(i+1))). */
export const ATAN_OF_SIXTEENTHS: ReadonlyArray<DoubleDouble> = Array.from({ length: 16 }).reduce<
  ReadonlyArray<DoubleDouble>
>(
  (angles, _, index) => [
    ...angles,
    add(angles[index] ?? ZERO, series(divide(doubleDouble(16), doubleDouble(256 + index * (index + 1)))))
  ],
  [ZERO]
)

/**
 * `atan(x)`, from its approximation to double precision, a:
 *
 *     atan x = a + atan d,  d = (x cos a − sin a)/(cos a + x sin a)
 *
 * d is so small that it is its own arctangent.
 */
export const atanExtended = (x: DoubleDouble, approximation: number): DoubleDouble => {
  // Below 2^-40 the fifth order vanishes, and the third must still decide on which side of x the result lies.
  if (Math.abs(x.high) < 9.094947017729282e-13) return { high: x.high, low: x.low - (x.high * x.high * x.high) / 3 }
  const { sine, cosine } = sinAndCosExtended(Math.abs(approximation))
  const signed = approximation < 0 ? subtract(ZERO, sine) : sine
  const numerator = subtract(multiply(x, cosine), signed)
  const correction = divide(numerator, add(cosine, multiply(x, signed)))
  return add(doubleDouble(approximation), correction)
}
