/**
 * Double-double arithmetic: an unevaluated sum `high + low` of two doubles with |low| ≤ ulp(high)/2, about 106 bits.
 *
 * It carries the slow paths of the float32 functions and makes the tables of the fast ones. Every operation is a fixed
 * sequence of exact IEEE operations, so that it gives the same bits everywhere.
 *
 * @see Dekker 1971, "A floating-point technique for extending the available precision"; Knuth, TAOCP 2, 4.2.2
 * @since 0.1.0
 */

// model

/** The number `high + low`. */
export type DoubleDouble = { readonly high: number; readonly low: number }

// constructors

export const doubleDouble = (high: number, low = 0): DoubleDouble => ({ high, low })

export const ZERO = doubleDouble(0)
export const ONE = doubleDouble(1)
export const LN2 = doubleDouble(0.6931471805599453, 2.3190468138462996e-17)
export const RECIPROCAL_LN2 = doubleDouble(1.4426950408889634, 2.0355273740931033e-17)
export const RECIPROCAL_LN10 = doubleDouble(0.4342944819032518, 1.098319650216765e-17)
export const HALF_PI = doubleDouble(1.5707963267948966, 6.123233995736766e-17)
export const PI = doubleDouble(3.141592653589793, 1.2246467991473532e-16)
export const SQRT_PI = doubleDouble(1.772453850905516, -7.666586499825799e-17)
export const TWO_OVER_SQRT_PI = doubleDouble(1.1283791670955126, 1.533545961316588e-17)

// exact operations on doubles

/** `a + b` exactly. */
export const twoSum = (a: number, b: number): DoubleDouble => {
  const high = a + b
  const shadow = high - a
  return { high, low: a - (high - shadow) + (b - shadow) }
}

/** `a + b` exactly, where |a| ≥ |b| or a = 0. */
export const quickTwoSum = (a: number, b: number): DoubleDouble => {
  const high = a + b
  return { high, low: b - (high - a) }
}

const SPLITTER = 134217729

/** The upper 26 bits of a double; `a` minus them has 26 bits or fewer. */
const upperHalf = (a: number): number => {
  const spread = SPLITTER * a
  return spread - (spread - a)
}

/** The rounding error of `a · b`: with `product = a * b`, the exact product is `product + productError(a, b, product)`. */
export const productError = (a: number, b: number, product: number): number => {
  const aHigh = upperHalf(a)
  const bHigh = upperHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

/** `a · b` exactly, while |a|, |b| < 2^996 and the error does not underflow. */
export const twoProduct = (a: number, b: number): DoubleDouble => {
  const high = a * b
  return { high, low: productError(a, b, high) }
}

/** `(x + xLow)/(y + yLow)` rounded nearly once, for low parts far below the others. */
export const quotientOfSums = (x: number, xLow: number, y: number, yLow: number): number => {
  const head = x / y
  const product = head * y
  return head + (x - product - productError(head, y, product) + (xLow - head * yLow)) / y
}

// arithmetic, relative error at most a few 2^-105

export const negate = (x: DoubleDouble): DoubleDouble => ({ high: -x.high, low: -x.low })

export const add = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const head = twoSum(x.high, y.high)
  const tail = twoSum(x.low, y.low)
  const middle = quickTwoSum(head.high, head.low + tail.high)
  return quickTwoSum(middle.high, middle.low + tail.low)
}

export const subtract = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => add(x, negate(y))

export const multiply = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const head = twoProduct(x.high, y.high)
  return quickTwoSum(head.high, head.low + (x.high * y.low + x.low * y.high))
}

/** `x · factor` for a double factor. */
export const times = (x: DoubleDouble, factor: number): DoubleDouble => {
  const head = twoProduct(x.high, factor)
  return quickTwoSum(head.high, head.low + x.low * factor)
}

/** `x · power`, exactly, for a power of two. */
export const scale = (x: DoubleDouble, power: number): DoubleDouble => ({ high: x.high * power, low: x.low * power })

export const divide = (x: DoubleDouble, y: DoubleDouble): DoubleDouble => {
  const first = x.high / y.high
  const rest = subtract(x, times(y, first))
  const second = rest.high / y.high
  const third = subtract(rest, times(y, second)).high / y.high
  const head = quickTwoSum(first, second)
  return quickTwoSum(head.high, head.low + third)
}

/** `Σ cₖ xᵏ` by Horner's rule, lowest coefficient first. */
export const polynomial = (coefficients: ReadonlyArray<DoubleDouble>, x: DoubleDouble): DoubleDouble =>
  coefficients.reduceRight((sum, coefficient) => add(multiply(sum, x), coefficient), ZERO)

/** Coefficients of a series: 1, then each the one before divided by `divisor(index)`. */
export const quotientSeries = (length: number, divisor: (index: number) => number): ReadonlyArray<DoubleDouble> => {
  const coefficients = [ONE]
  for (let index = 1; index < length; index++)
    coefficients.push(divide(coefficients[index - 1] ?? ONE, doubleDouble(divisor(index))))
  return coefficients
}
