/**
 * exp, exp2 and expm1 in double-double, by argument reduction and Taylor series; relative error below 2^-98.
 *
 * @since 0.1.0
 */
import { powerOfTwo } from './bits.ts'
import {
  add,
  type DoubleDouble,
  doubleDouble,
  LN2,
  multiply,
  negate,
  ONE,
  polynomial,
  quotientSeries,
  scale,
  subtract,
  times
} from './double-double.ts'

// ln 2 in three parts: the first two have 40 bits, so that a multiple of at most 13 bits is exact.
const LN2_FIRST = 0.6931471805601177
const LN2_SECOND = -1.7239444525610826e-13
const LN2_THIRD = -4.00865610552017e-26

/** 1/(n+1)!, so that `x · Σ` is expm1: for |x| ≤ ln(2)/2 the first term left out is below 2^-115. */
export const RECIPROCAL_FACTORIALS = quotientSeries(25, (index) => index + 1)

/** expm1 for |x| ≤ ln(2)/2. */
const series = (x: DoubleDouble): DoubleDouble => multiply(x, polynomial(RECIPROCAL_FACTORIALS, x))

/** `exp(x)` for |x| < 700. */
export const expExtended = (x: DoubleDouble): DoubleDouble => {
  const multiple = Math.floor(x.high / LN2_FIRST + 0.5)
  const reduced = [LN2_FIRST, LN2_SECOND, LN2_THIRD].reduce(
    (rest, part) => subtract(rest, doubleDouble(multiple * part)),
    x
  )
  return scale(add(series(reduced), ONE), powerOfTwo(multiple))
}

/** `2^x` for |x| < 1000; exact for integers. */
export const exp2Extended = (x: number): DoubleDouble => {
  const multiple = Math.floor(x + 0.5)
  return scale(add(series(times(LN2, x - multiple)), ONE), powerOfTwo(multiple))
}

/** `exp(x) − 1` for |x| < 700, relative to the result also near zero. */
export const expm1Extended = (x: DoubleDouble): DoubleDouble =>
  Math.abs(x.high) < 0.34 ? series(x) : subtract(expExtended(x), ONE)

/** `exp(−x)`. */
export const expNegativeExtended = (x: DoubleDouble): DoubleDouble => expExtended(negate(x))
