/**
 * Shapes as lists of dimensions: their rank, their ends, and whether two of them agree.
 *
 * @since 0.1.0
 */
import type { Dim, Same, Shape } from './dimension.ts'
import { sameDim } from './dimension.ts'

// types

/**
 * Whether the rank of a shape is not known.
 *
 * @category predicates
 * @since 0.1.0
 */
export type Unranked<S extends Shape> = number extends S['length'] ? true : false

/**
 * Whether two shapes may be the same one: of equal rank, and the same dimension by dimension, as far as they are known.
 *
 * @example
 * import type { SameShape } from 'gradfold/shape'
 * const verdicts: [SameShape<['batch', number], ['batch', 10]>, SameShape<[2, 3], [3, 2]>] = [true, false]
 * @category predicates
 * @since 0.1.0
 */
export type SameShape<A extends Shape, B extends Shape> = [A, B] extends [B, A]
  ? true
  : A extends readonly [infer a extends Dim, ...infer ar extends Shape]
    ? B extends readonly [infer b extends Dim, ...infer br extends Shape]
      ? Same<a, b> extends true
        ? SameShape<ar, br>
        : false
      : Unranked<B>
    : A extends readonly []
      ? B extends readonly []
        ? true
        : Unranked<B>
      : true

/**
 * A shape with its names forgotten: a function of shapes with names takes any size for a name.
 *
 * @example
 * import type { Unnamed } from 'gradfold/shape'
 * type Sequence = Unnamed<['time', 3]> // [number, 3]
 * @category names
 * @since 0.1.0
 */
export type Unnamed<S extends Shape> = S extends readonly [infer D extends Dim, ...infer R extends Shape]
  ? [D extends string ? number : D, ...Unnamed<R>]
  : S

/**
 * The last dimension; `number` where the rank is not known, `never` of a scalar.
 *
 * @category ends
 * @since 0.1.0
 */
export type Last<S extends Shape> = S extends readonly [...Shape, infer L extends Dim]
  ? L
  : Unranked<S> extends true
    ? number
    : never

/**
 * All dimensions but the last; empty for a scalar.
 *
 * @category ends
 * @since 0.1.0
 */
export type Init<S extends Shape> = S extends readonly [...infer I extends Shape, Dim]
  ? I
  : Unranked<S> extends true
    ? readonly Dim[]
    : []

/**
 * A shape and one more axis behind it.
 *
 * @category ends
 * @since 0.1.0
 */
export type Append<S extends Shape, D extends Dim> = [...S, D]

/**
 * A shape and one more axis in front of it.
 *
 * @category ends
 * @since 0.1.0
 */
export type Prepend<D extends Dim, S extends Shape> = [D, ...S]

/**
 * A list of literals without the `readonly` that their inference adds, as shapes are written.
 *
 * @category type functions
 * @since 0.1.0
 */
export type Mutable<L extends readonly unknown[]> = { -readonly [k in keyof L]: L[k] }

/**
 * The dimensions from the last to the first.
 *
 * @internal
 */
export type Reversed<S extends Shape, Out extends Shape = []> = S extends readonly [
  infer H extends Dim,
  ...infer T extends Shape
]
  ? Reversed<T, [H, ...Out]>
  : Unranked<S> extends true
    ? readonly Dim[]
    : Out

/**
 * A shape of the same rank with no dimension known.
 *
 * @internal
 */
export type Unknowns<S extends readonly unknown[]> = { -readonly [k in keyof S]: number }

// values

/**
 * Whether two shapes may be the same one: the run-time twin of `SameShape`.
 *
 * @example
 * import { sameShape } from 'gradfold/shape'
 * sameShape(['batch', 10], ['batch', 10]) // true
 * sameShape([2, 3], [3, 2]) // false
 * @category predicates
 * @since 0.1.0
 */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis] ?? dim))
