/**
 * Short names for the untyped graph building that the rules do.
 *
 * @since 0.1.0
 */
import {
  applyOne,
  permuted,
  reshaped,
  scalar,
  type Binary,
  type Comparison,
  type Unary,
  type Value
} from '../expr/internal.ts'
import { sameShape, size, type Sizes } from '../shape/index.ts'
import { isFloat, type Slot } from '../tensor/index.ts'

export { permuted as transpose, reshaped as reshape, scalar }

/** A tangent or cotangent; `undefined` is a zero that nobody has to compute. */
export type Tangent = Value | undefined

// constructors

export const broadcast = (x: Value, shape: Sizes, axes: Sizes): Value =>
  sameShape(x.shape, shape) ? x : applyOne('broadcast', [x], { shape, axes })

/** A constant of the shape and type of a slot. */
export const full = (like: Slot, value: number): Value => broadcast(scalar(value, like.dtype), like.shape, [])

export const zeros = (like: Slot): Value => full(like, 0)

/** The tangent itself, or the zeros it stands for. */
export const instantiate = (tangent: Tangent, like: Slot): Value => tangent ?? zeros(like)

// combinators

export const unary = (name: Unary, x: Value): Value => applyOne(name, [x], {})
export const binary = (name: Binary | Comparison, a: Value, b: Value): Value => applyOne(name, [a, b], {})

export const negate = (x: Value): Value => unary('negate', x)
export const add = (a: Value, b: Value): Value => binary('add', a, b)
export const subtract = (a: Value, b: Value): Value => binary('subtract', a, b)
export const multiply = (a: Value, b: Value): Value => binary('multiply', a, b)
export const divide = (a: Value, b: Value): Value => binary('divide', a, b)
export const less = (a: Value, b: Value): Value => binary('less', a, b)
export const lessEqual = (a: Value, b: Value): Value => binary('lessEqual', a, b)
export const equal = (a: Value, b: Value): Value => binary('equal', a, b)
export const select = (condition: Value, a: Value, b: Value): Value => applyOne('select', [condition, a, b], {})
export const matmul = (a: Value, b: Value): Value => applyOne('matmul', [a, b], {})

/** `x + c`, `x · c` and the like with a number. */
export const plus = (x: Value, c: number): Value => add(x, full(x, c))
export const times = (x: Value, c: number): Value => multiply(x, full(x, c))

export const reduceSum = (x: Value, axes: Sizes): Value =>
  axes.length === 0 ? x : applyOne('reduceSum', [x], { axes })

export const slice = (x: Value, start: Sizes, stop: Sizes, stride: Sizes = start.map(() => 1)): Value =>
  start.every((n, i) => n === 0 && stop[i] === x.shape[i] && stride[i] === 1)
    ? x
    : applyOne('slice', [x], { start, stop, stride })

/** The sum of two tangents. */
export const sum = (a: Tangent, b: Tangent): Tangent => (a === undefined ? b : b === undefined ? a : add(a, b))

// axes

export const range = (n: number): Sizes => Array.from({ length: n }, (_, i) => i)

/** Matrices transposed: the last two axes exchanged. */
export const transposeMatrices = (x: Value): Value => {
  const rank = x.shape.length
  return permuted(x, [...range(rank - 2), rank - 1, rank - 2])
}

/** The inverse of a permutation. */
export const inverse = (permutation: Sizes): Sizes => permutation.map((_, i) => permutation.indexOf(i))

/** One axis moved to another place. */
export const moveAxis = (x: Value, from: number, to: number): Value => {
  const rest = range(x.shape.length).filter((axis) => axis !== from)
  return permuted(x, [...rest.slice(0, to), from, ...rest.slice(to)])
}

/** Some axes moved behind the others, in order, and joined into one. */
export const joinLast = (x: Value, axes: Sizes): Value => {
  const kept = range(x.shape.length).filter((axis) => !axes.includes(axis))
  const moved = permuted(x, [...kept, ...[...axes].sort((a, b) => a - b)])
  return reshaped(moved, [...kept.map((axis) => x.shape[axis] ?? 1), size(axes.map((axis) => x.shape[axis] ?? 1))])
}

/** A value without some axes, repeated along them. */
export const spread = (x: Value, shape: Sizes, axes: Sizes): Value =>
  broadcast(
    x,
    shape,
    range(shape.length).filter((axis) => !axes.includes(axis))
  )

/** Elements of each row picked by their place along an axis; `places` (i32) has the shape of the result. */
export const takeAlong = (x: Value, places: Value, axis: number): Value => {
  // in an empty row there is no place, so the result is as empty as x
  if (x.shape[axis] === 0) return x
  const last = x.shape.length - 1
  const rows = (v: Value): Value => {
    const moved = moveAxis(v, axis, last)
    const n = moved.shape[last] ?? 0
    return reshaped(moved, [size(moved.shape.slice(0, last)), n])
  }
  const picked = applyOne('gather', [rows(x), rows(places)], { axis: 1, batch: 1 })
  const moved = places.shape.filter((_, i) => i !== axis)
  return moveAxis(reshaped(picked, [...moved, places.shape[axis] ?? 0]), last, axis)
}

export const hasTangent = (self: Slot): boolean => isFloat(self.dtype)
