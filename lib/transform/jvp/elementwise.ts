/**
 * Forward derivatives of the primitives that work element by element.
 *
 * @since 0.1.0
 */
import { applyOne, type Binary, type Comparison, type None, type Unary, type Value } from '../../expr/internal.ts'
import {
  add,
  binary,
  divide,
  equal,
  full,
  instantiate,
  less,
  lessEqual,
  multiply,
  negate,
  plus,
  select,
  subtract,
  sum,
  times,
  unary,
  zeros,
  hasTangent,
  type Tangent
} from '../build.ts'
import type { JvpRule, JvpRules } from '../rule.ts'

/** Numbers of the derivatives, each the double nearest to the constant. */
const ln2 = 0.6931471805599453
const ln10 = 2.302585092994046
const twoOverRootPi = 1.1283791670955126
const halfRootPi = 0.886226925452758

/** A rule `tangent(t, x, y)` of one operand, for a defined t. */
const ofOne =
  (tangent: (t: Value, x: Value, y: Value) => Value): JvpRule<None> =>
  ({ operands: [x], tangents: [t], outputs: [y] }) => ({
    tangents: [t === undefined || x === undefined || y === undefined ? undefined : tangent(t, x, y)]
  })

/** A rule of two operands, one part for each tangent. */
const ofTwo =
  (
    byFirst: (t: Value, a: Value, b: Value, y: Value) => Tangent,
    bySecond: (t: Value, a: Value, b: Value, y: Value) => Tangent
  ): JvpRule<None> =>
  ({ operands: [a, b], tangents: [ta, tb], outputs: [y] }) => ({
    tangents: [
      a === undefined || b === undefined || y === undefined
        ? undefined
        : sum(ta && byFirst(ta, a, b, y), tb && bySecond(tb, a, b, y))
    ]
  })

/** Constant where it is differentiable at all, or not a float. */
export const flat = ({
  outputs
}: {
  readonly outputs: readonly Value[]
}): { readonly tangents: readonly Tangent[] } => ({
  tangents: outputs.map(() => undefined)
})

const square = (x: Value): Value => multiply(x, x)

/** The whole part of a quotient, as `remainder` takes it. */
const truncate = (x: Value): Value => select(less(x, zeros(x)), unary('ceil', x), unary('floor', x))

/** One operand passes where `first` is true, the other elsewhere. */
const choice =
  (first: (a: Value, b: Value) => Value): JvpRule<None> =>
  ({ operands: [a, b], tangents: [ta, tb] }) => ({
    tangents: [
      a === undefined || b === undefined || (ta === undefined && tb === undefined)
        ? undefined
        : select(first(a, b), instantiate(ta, a), instantiate(tb, b))
    ]
  })

const scalePower = (a: Value, b: Value): Value => {
  const zero = zeros(b)
  return select(equal(b, zero), zero, multiply(b, binary('power', a, plus(b, -1))))
}

const logOrZero = (a: Value): Value => {
  const zero = zeros(a)
  return select(equal(a, zero), zero, unary('log', a))
}

export const elementwise: JvpRules<Unary | Binary | Comparison | 'select' | 'convert' | 'bitcast'> = {
  negate: ofOne((t) => negate(t)),
  abs: ofOne((t, x) => multiply(t, unary('sign', x))),
  sign: flat,
  floor: flat,
  ceil: flat,
  round: flat,
  sqrt: ofOne((t, _, y) => divide(times(t, 0.5), y)),
  rsqrt: ofOne((t, x, y) => multiply(t, times(divide(y, x), -0.5))),
  cbrt: ofOne((t, _, y) => divide(t, times(square(y), 3))),
  exp: ofOne((t, _, y) => multiply(t, y)),
  exp2: ofOne((t, _, y) => multiply(t, times(y, ln2))),
  expm1: ofOne((t, _, y) => multiply(t, plus(y, 1))),
  log: ofOne((t, x) => divide(t, x)),
  log1p: ofOne((t, x) => divide(t, plus(x, 1))),
  log2: ofOne((t, x) => divide(t, times(x, ln2))),
  log10: ofOne((t, x) => divide(t, times(x, ln10))),
  tanh: ofOne((t, _, y) => multiply(t, subtract(full(y, 1), square(y)))),
  sinh: ofOne((t, x) => multiply(t, unary('cosh', x))),
  cosh: ofOne((t, x) => multiply(t, unary('sinh', x))),
  sin: ofOne((t, x) => multiply(t, unary('cos', x))),
  cos: ofOne((t, x) => multiply(t, negate(unary('sin', x)))),
  tan: ofOne((t, _, y) => multiply(t, plus(square(y), 1))),
  atan: ofOne((t, x) => divide(t, plus(square(x), 1))),
  erf: ofOne((t, x) => multiply(t, times(unary('exp', negate(square(x))), twoOverRootPi))),
  erfc: ofOne((t, x) => multiply(t, times(unary('exp', negate(square(x))), -twoOverRootPi))),
  erfInv: ofOne((t, _, y) => multiply(t, times(unary('exp', square(y)), halfRootPi))),
  sigmoid: ofOne((t, _, y) => multiply(t, multiply(y, subtract(full(y, 1), y)))),
  not: flat,
  stopGradient: flat,
  add: ofTwo(
    (t) => t,
    (t) => t
  ),
  subtract: ofTwo(
    (t) => t,
    (t) => negate(t)
  ),
  multiply: ofTwo(
    (t, _, b) => multiply(t, b),
    (t, a) => multiply(a, t)
  ),
  divide: ofTwo(
    (t, _, b) => divide(t, b),
    (t, _, b, y) => multiply(t, negate(divide(y, b)))
  ),
  remainder: ofTwo(
    (t) => t,
    (t, a, b) => multiply(t, negate(truncate(divide(a, b))))
  ),
  maximum: choice((a, b) => lessEqual(b, a)),
  minimum: choice((a, b) => lessEqual(a, b)),
  power: ofTwo(
    (t, a, b) => multiply(t, scalePower(a, b)),
    (t, a, _, y) => multiply(t, multiply(logOrZero(a), y))
  ),
  atan2: ofTwo(
    (t, a, b) => multiply(t, divide(b, add(square(a), square(b)))),
    (t, a, b) => multiply(t, negate(divide(a, add(square(a), square(b)))))
  ),
  and: flat,
  or: flat,
  xor: flat,
  shiftLeft: flat,
  shiftRight: flat,
  equal: flat,
  less: flat,
  lessEqual: flat,
  select: ({ operands: [condition, a, b], tangents: [, ta, tb] }) => ({
    tangents: [
      condition === undefined || a === undefined || b === undefined || (ta === undefined && tb === undefined)
        ? undefined
        : select(condition, instantiate(ta, a), instantiate(tb, b))
    ]
  }),
  convert: ({ tangents: [t], parameters, outputs: [y] }) => ({
    tangents: [t === undefined || y === undefined || !hasTangent(y) ? undefined : applyOne('convert', [t], parameters)]
  }),
  bitcast: flat
}
