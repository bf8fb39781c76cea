/**
 * Transposition: the axes in another order; without an order, from the last to the first.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { DimAt, NormalAxis } from './axis.ts'
import { normaliseAxis } from './axis.ts'
import type { Shape, Sizes } from './dimension.ts'
import type { Reversed, Unknowns, Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'

// sentence

type NoOrder<
  What extends string,
  P extends string,
  S extends string
> = `${What}: ${P} is not an order of the axes of ${S}`
const noOrder = <What extends string, P extends string, S extends string>(
  what: What,
  p: P,
  s: S
): NoOrder<What, P, S> => `${what}: ${p} is not an order of the axes of ${s}`

// types

/** The normal axes of an order, as long as they are all there and different; else `never`. */
type NormalOrder<S extends Shape, P extends Sizes, Seen extends number = never> = P extends readonly [
  infer H extends number,
  ...infer T extends Sizes
]
  ? NormalAxis<S, H> extends infer I extends number
    ? [I] extends [never]
      ? never
      : number extends I
        ? NormalOrder<S, T, Seen>
        : I extends Seen
          ? never
          : NormalOrder<S, T, Seen | I>
    : never
  : true

/**
 * The dimensions of S in the order P of its axes (negative axes count from the back), or `never`; reversed without P.
 *
 * @example
 * import type { Transpose } from 'gradfold/shape'
 * const heads: Transpose<['batch', 'time', 12, 64], [0, 2, 1, 3]> = ['batch', 12, 'time', 64]
 * const matrix: Transpose<[784, 10]> = [10, 784]
 * @category transpose
 * @since 0.1.0
 */
export type Transpose<S extends Shape, P extends Sizes | undefined = undefined> = [TransposeMessage<S, P>] extends [
  never
]
  ? P extends Sizes
    ? Unranked<P> extends true
      ? Unknowns<S>
      : { -readonly [k in keyof P]: DimAt<S, AxisAt<S, P[k]>> }
    : Reversed<S>
  : never

type AxisAt<S extends Shape, A> = A extends number ? NormalAxis<S, A> : never

/**
 * The complaint that P is not an order of the axes of S, or `never`.
 *
 * @category transpose
 * @since 0.1.0
 */
export type TransposeMessage<
  S extends Shape,
  P extends Sizes | undefined = undefined,
  What extends string = 'transpose'
> = P extends Sizes
  ? Unranked<S> extends true
    ? never
    : Unranked<P> extends true
      ? never
      : P['length'] extends S['length']
        ? [NormalOrder<S, P>] extends [never]
          ? NoOrder<What, Show<P>, Show<S>>
          : never
        : NoOrder<What, Show<P>, Show<S>>
  : never

// value

/**
 * The dimensions of a shape in another order of the axes: the run-time twin of `Transpose` and `TransposeMessage`.
 *
 * @param shape any shape.
 * @param order every axis once, negative ones count from the back; default: from the last to the first.
 * @param what who asks, the first word of the complaint.
 * @returns result[i] = shape[order[i]]
 * @example
 * import { transpose } from 'gradfold/shape'
 * transpose([4, 5, 6], [2, 0, 1]) // right([6, 4, 5])
 * transpose([2, 3], [0, 0]) // left('transpose: [0, 0] is not an order of the axes of [2, 3]')
 * @category transpose
 * @since 0.1.0
 */
export function transpose(shape: Sizes, order?: Sizes, what?: string): Either.Either<string, Sizes>
export function transpose(shape: Shape, order?: Sizes, what?: string): Either.Either<string, Shape>
export function transpose(shape: Shape, order?: Sizes, what = 'transpose'): Either.Either<string, Shape> {
  if (order === undefined) return Either.right([...shape].reverse())
  const refusal = noOrder(what, show(order), show(shape))
  return pipe(
    order,
    Either.traverseArray((axis) => normaliseAxis(shape, axis)),
    Either.mapLeft(() => refusal),
    Either.filterOrElse(
      (axes) => axes.length === shape.length && new Set(axes).size === shape.length,
      () => refusal
    ),
    Either.map((axes) => axes.flatMap((axis): Shape => shape.slice(axis, axis + 1)))
  )
}
