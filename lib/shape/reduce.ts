/**
 * Reduction (sum, mean, max, …) over one axis, some axes, or all: the axes go, or stay with size 1.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AxisMessage, NormalAxis, WithAxes, WithoutAxes } from './axis.ts'
import { normaliseAxis } from './axis.ts'
import type { Dim, Shape, Sizes } from './dimension.ts'
import type { Unknowns, Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'

// sentence

type NamedTwice<What extends string, A extends string, S extends string> = `${What}: axis ${A} of ${S} is named twice`
const namedTwice = <What extends string, A extends string, S extends string>(
  what: What,
  a: A,
  s: S
): NamedTwice<What, A, S> => `${what}: axis ${a} of ${s} is named twice`

// types

/**
 * What a reduction goes over: one axis, a list of axes, or, where it is `undefined`, all of them.
 *
 * @category model
 * @since 0.1.0
 */
export type Axes = number | Sizes | undefined
type AxisList<X extends Axes> = [X] extends [number] ? [X] : X extends Sizes ? X : never

/** The normal axes of a list as a union; `number` where one of them is not known. */
type NormalAxes<S extends Shape, Xs extends Sizes, Out extends number = never> = Xs extends readonly [
  infer H extends number,
  ...infer T extends Sizes
]
  ? NormalAxes<S, T, Out | NormalAxis<S, H>>
  : Xs extends readonly []
    ? Out
    : number

/** Less one axis for each member of a list, nothing known of the others. */
type Fewer<S extends Shape, Xs extends Sizes> = Xs extends readonly [number, ...infer R extends Sizes]
  ? S extends readonly [Dim, ...infer T extends Shape]
    ? Fewer<T, R>
    : []
  : Xs extends readonly []
    ? Unknowns<S>
    : readonly Dim[]

/**
 * The shape of S reduced over some axes, or `never`; with Keep they stay with size 1.
 *
 * @example
 * import type { Reduce } from 'gradfold/shape'
 * const total: Reduce<['batch', 28, 28, 3]> = []
 * const image: Reduce<['batch', 28, 28, 3], [1, 2]> = ['batch', 3]
 * const mean: Reduce<['batch', 784], -1, true> = ['batch', 1]
 * @category reduce
 * @since 0.1.0
 */
export type Reduce<S extends Shape, X extends Axes = undefined, Keep extends boolean = false> = [
  ReduceMessage<S, X>
] extends [never]
  ? [X] extends [undefined]
    ? Keep extends true
      ? { -readonly [k in keyof S]: 1 }
      : []
    : Unranked<S> extends true
      ? readonly Dim[]
      : Over<S, AxisList<X>, Keep>
  : never
type Over<S extends Shape, Xs extends Sizes, Keep extends boolean> =
  NormalAxes<S, Xs> extends infer I extends number
    ? Keep extends true
      ? WithAxes<S, I, 1>
      : number extends I
        ? Fewer<S, Xs>
        : WithoutAxes<S, I>
    : never

/**
 * The complaint that S has not such axes, or that one is named twice; or `never`.
 *
 * @category reduce
 * @since 0.1.0
 */
export type ReduceMessage<S extends Shape, X extends Axes = undefined, What extends string = 'reduce'> = [X] extends [
  undefined
]
  ? never
  : Unranked<S> extends true
    ? never
    : EachAxis<S, AxisList<X>, What>
type EachAxis<
  S extends Shape,
  Xs extends Sizes,
  What extends string,
  Seen extends number = never
> = Xs extends readonly [infer H extends number, ...infer T extends Sizes]
  ? NormalAxis<S, H> extends infer I extends number
    ? [I] extends [never]
      ? AxisMessage<S, H, What>
      : number extends I
        ? EachAxis<S, T, What, Seen>
        : I extends Seen
          ? NamedTwice<What, `${H}`, Show<S>>
          : EachAxis<S, T, What, Seen | I>
    : never
  : never

// value

const axisList = (shape: Shape, axes: Axes): Sizes =>
  axes === undefined ? shape.map((_, axis) => axis) : typeof axes === 'number' ? [axes] : axes

/**
 * The normal axes of a reduction in the order given, or the complaint.
 *
 * @example
 * import { normaliseAxes } from 'gradfold/shape'
 * normaliseAxes([4, 5, 6], [-1, 0]) // right([2, 0])
 * @category axes
 * @since 0.1.0
 */
export const normaliseAxes = (shape: Shape, axes: Axes, what = 'reduce'): Either.Either<string, Sizes> =>
  axisList(shape, axes).reduce<Either.Either<string, Sizes>>(
    (done, axis) =>
      pipe(
        done,
        Either.flatMap((seen) =>
          pipe(
            normaliseAxis(shape, axis, what),
            Either.filterOrElse(
              (at) => !seen.includes(at),
              (): string => namedTwice(what, `${axis}`, show(shape))
            ),
            Either.map((at) => [...seen, at])
          )
        )
      ),
    Either.right([])
  )

/**
 * The shape reduced over some axes: the run-time twin of `Reduce` and `ReduceMessage`.
 *
 * @param shape any shape.
 * @param axes one axis, a list of different ones, or `undefined` for all; negative ones count from the back.
 * @param keep whether the axes stay with size 1. Default false.
 * @param what who asks, the first word of the complaint.
 * @example
 * import { reduce } from 'gradfold/shape'
 * reduce(['batch', 28, 28, 3], [1, 2]) // right(['batch', 3])
 * reduce(['batch', 784], 2, false, 'sum') // left('sum: [batch, 784] has no axis 2')
 * @category reduce
 * @since 0.1.0
 */
export function reduce(shape: Sizes, axes?: Axes, keep?: boolean, what?: string): Either.Either<string, Sizes>
export function reduce(shape: Shape, axes?: Axes, keep?: boolean, what?: string): Either.Either<string, Shape>
export function reduce(shape: Shape, axes?: Axes, keep = false, what = 'reduce'): Either.Either<string, Shape> {
  return pipe(
    normaliseAxes(shape, axes, what),
    Either.map((gone) =>
      keep ? shape.map((dim, axis) => (gone.includes(axis) ? 1 : dim)) : shape.filter((_, axis) => !gone.includes(axis))
    )
  )
}
