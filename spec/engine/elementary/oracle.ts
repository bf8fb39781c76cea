/**
 * A slow, exact-minded oracle: elementary functions in fixed-point integers with 640 fractional bits, from their series.
 *
 * It shares nothing with the functions under test: no float64 arithmetic, no tables, no polynomials.
 */

const BITS = 640n
const ONE = 1n << BITS

/** The number `mantissa · 2^exponent`. */
export type Exact = { readonly mantissa: bigint; readonly exponent: number }

const words = new DataView(new ArrayBuffer(8))

/** A finite double, exactly. */
export const exact = (x: number): Exact => {
  words.setFloat64(0, x)
  const bits = words.getBigUint64(0)
  const biased = Number((bits >> 52n) & 2047n)
  const fraction = bits & 0xfffffffffffffn
  const size = biased === 0 ? fraction : fraction | 0x10000000000000n
  return { mantissa: bits >> 63n === 1n ? -size : size, exponent: Math.max(biased, 1) - 1075 }
}

const shift = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by))

const toFixed = ({ mantissa, exponent }: Exact): bigint => shift(mantissa, exponent + Number(BITS))
const fixed = (value: bigint, exponent = 0): Exact => ({ mantissa: value, exponent: exponent - Number(BITS) })

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> BITS
const divide = (a: bigint, b: bigint): bigint => (a << BITS) / b
const size = (a: bigint): bigint => (a < 0n ? -a : a)
const bitLength = (a: bigint): number => size(a).toString(2).length

/** `Σ term`, where each term comes from the one before and its index, until it vanishes. */
const series = (first: bigint, next: (term: bigint, index: bigint) => bigint): bigint => {
  let sum = 0n
  let term = first
  for (let index = 1n; term !== 0n && term !== -1n; index++) {
    sum += term
    term = next(term, index)
  }
  return sum
}

/** `Σ sign^k x^(2k+1)/(2k+1)`: artanh for sign 1, arctan for −1. */
const oddReciprocals = (x: bigint, sign: bigint): bigint => {
  const square = sign * multiply(x, x)
  let sum = 0n
  let power = x
  for (let index = 1n; power !== 0n && power !== -1n; index += 2n) {
    sum += power / index
    power = multiply(power, square)
  }
  return sum
}

const LN2 = 2n * oddReciprocals(ONE / 3n, 1n)
const LN10 = 3n * LN2 + 2n * oddReciprocals(ONE / 9n, 1n)
const PI = 4n * (4n * oddReciprocals(ONE / 5n, -1n) - oddReciprocals(ONE / 239n, -1n))

const sqrt = (a: bigint): bigint => {
  const target = a << BITS
  let root = 1n << BigInt(Math.ceil(bitLength(target) / 2))
  for (let next = (root + target / root) >> 1n; next < root; next = (root + target / root) >> 1n) root = next
  return root
}

const expOf = (x: bigint): Exact => {
  const multiple = (2n * x + LN2) / (2n * LN2)
  const reduced = x - multiple * LN2
  return fixed(
    series(ONE, (term, index) => multiply(term, reduced) / index),
    Number(multiple)
  )
}

const logOf = ({ mantissa, exponent }: Exact): bigint => {
  const length = bitLength(mantissa)
  const m = shift(mantissa, Number(BITS) - length)
  return BigInt(exponent + length) * LN2 + 2n * oddReciprocals(divide(m - ONE, m + ONE), 1n)
}

const atanOf = (x: bigint): bigint => {
  if (size(x) > ONE) return (x > 0n ? PI / 2n : -PI / 2n) - atanOf(divide(ONE, x))
  const half = (t: bigint): bigint => divide(t, ONE + sqrt(ONE + multiply(t, t)))
  return 8n * oddReciprocals(half(half(half(x))), -1n)
}

const sinOf = (x: bigint): bigint => {
  const turns = x / (2n * PI)
  const reduced = x - turns * 2n * PI
  const square = multiply(reduced, reduced)
  return series(reduced, (term, index) => -multiply(term, square) / (2n * index * (2n * index + 1n)))
}

const cosOf = (x: bigint): bigint => sinOf(x + PI / 2n)

const erfOf = (x: bigint): bigint => {
  const square = multiply(x, x)
  const sum = series(ONE, (term, index) => (2n * multiply(term, square)) / (2n * index + 1n))
  const density = toFixed(expOf(-square))
  return divide(multiply(multiply(2n * x, density), sum), sqrt(PI))
}

const cbrtOf = (x: bigint): bigint => {
  const target = size(x) << (2n * BITS)
  let root = 1n << BigInt(Math.ceil(bitLength(target) / 3) + 1)
  for (
    let next = (2n * root + target / (root * root)) / 3n;
    next < root;
    next = (2n * root + target / (root * root)) / 3n
  )
    root = next
  return x < 0n ? -root : root
}

const both = (x: number, combine: (up: bigint, down: bigint) => bigint): Exact => {
  const a = toFixed(exact(x))
  return fixed(combine(toFixed(expOf(a)), toFixed(expOf(-a))))
}

const of =
  (f: (x: bigint) => bigint) =>
  (x: number): Exact =>
    fixed(f(toFixed(exact(x))))

/** The functions of the oracle; arguments of magnitude between about 1e-30 and 1e30 where the function allows them. */
export const oracle = {
  exp: (x: number): Exact => expOf(toFixed(exact(x))),
  exp2: (x: number): Exact => expOf(multiply(toFixed(exact(x)), LN2)),
  expm1: of((x) => toFixed(expOf(x)) - ONE),
  log: (x: number): Exact => fixed(logOf(exact(x))),
  log1p: of((x) => logOf(fixed(ONE + x))),
  log2: (x: number): Exact => fixed(divide(logOf(exact(x)), LN2)),
  log10: (x: number): Exact => fixed(divide(logOf(exact(x)), LN10)),
  tanh: (x: number): Exact => both(x, (up, down) => divide(up - down, up + down)),
  sinh: (x: number): Exact => both(x, (up, down) => (up - down) / 2n),
  cosh: (x: number): Exact => both(x, (up, down) => (up + down) / 2n),
  sin: of(sinOf),
  cos: of(cosOf),
  tan: of((x) => divide(sinOf(x), cosOf(x))),
  erf: of(erfOf),
  erfc: of((x) => ONE - erfOf(x)),
  atan: of(atanOf),
  cbrt: of(cbrtOf),
  rsqrt: of((x) => divide(ONE, sqrt(x))),
  sqrt: of(sqrt),
  sigmoid: of((x) => divide(ONE, ONE + toFixed(expOf(-x)))),
  pow: (x: number, y: number): Exact => expOf(shift(logOf(exact(x)) * exact(y).mantissa, exact(y).exponent)),
  atan2: (y: number, x: number): Exact => {
    const angle = atanOf(divide(toFixed(exact(y)), toFixed(exact(x))))
    return fixed(x > 0 ? angle : y > 0 ? angle + PI : angle - PI)
  }
}

/** The distance from `result` to the exact value, in units in the last place of a format of that precision. */
const distance = (result: number, value: Exact, precision: number, least: number): number => {
  const { mantissa, exponent } = exact(result)
  const common = Math.min(exponent, value.exponent)
  const difference = shift(mantissa, exponent - common) - shift(value.mantissa, value.exponent - common)
  const unit = Math.max(bitLength(value.mantissa) + value.exponent - precision, least) - common
  // Twenty bits after the point are plenty to compare with a bound.
  return Number(shift(size(difference), 20 - unit)) / 1048576
}

/** The error of a float64 result in its units in the last place. */
export const ulps64 = (result: number, value: Exact): number => distance(result, value, 53, -1074)

/** The error of a float32 result in its units in the last place: at most 1/2 if and only if it is correctly rounded. */
export const ulps32 = (result: number, value: Exact): number => distance(result, value, 24, -149)
