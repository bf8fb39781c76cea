/**
 * Slices of shapes: on every axis a start, a stop and a stride, as in `slice-axis.ts`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Dim, Shape, Sizes, Whole } from './dimension.ts'
import { isWhole } from './dimension.ts'
import type { Unknowns, Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'
import type { SliceDim, Stop } from './slice-axis.ts'
import { sliceDim } from './slice-axis.ts'

// sentences

type NoPart<
  What extends string,
  From extends string,
  To extends string,
  Axis extends string,
  S extends string
> = `${What}: ${From} to ${To} is no part of axis ${Axis} of ${S}`
const noPart = <What extends string, From extends string, To extends string, Axis extends string, S extends string>(
  what: What,
  from: From,
  to: To,
  axis: Axis,
  s: S
): NoPart<What, From, To, Axis, S> => `${what}: ${from} to ${to} is no part of axis ${axis} of ${s}`

type NoStride<
  What extends string,
  Stride extends string
> = `${What}: a stride has to be a positive whole number, got ${Stride}`
const noStride = <What extends string, Stride extends string>(what: What, stride: Stride): NoStride<What, Stride> =>
  `${what}: a stride has to be a positive whole number, got ${stride}`

type OnePerAxis<
  What extends string,
  Thing extends string,
  S extends string,
  Count extends string
> = `${What}: expected one ${Thing} for each axis of ${S}, got ${Count}`
const onePerAxis = <What extends string, Thing extends string, S extends string, Count extends string>(
  what: What,
  thing: Thing,
  s: S,
  count: Count
): OnePerAxis<What, Thing, S, Count> => `${what}: expected one ${thing} for each axis of ${s}, got ${count}`

// types

type Stops = readonly Stop[]
type ShowStop<B extends Stop> = B extends number ? `${B}` : 'the end'
type Strides<S extends Shape, T extends Sizes | undefined> = T extends Sizes ? T : { -readonly [k in keyof S]: 1 }

/**
 * The shape of a slice of S from Starts to Stops by Strides (1 by default), or `never`.
 *
 * @example
 * import type { Slice } from 'gradfold/shape'
 * const crop: Slice<['batch', 28, 28], [0, 2, 2], [null, -2, 26]> = ['batch', 24, 24]
 * const odd: Slice<[9], [1], [null], [2]> = [4]
 * @category slice
 * @since 0.1.0
 */
export type Slice<
  S extends Shape,
  Starts extends Sizes,
  Ends extends Stops,
  Steps extends Sizes | undefined = undefined
> = [SliceMessage<S, Starts, Ends, Steps>] extends [never]
  ? Unranked<S> extends true
    ? readonly Dim[]
    : Strides<S, Steps> extends infer T extends Sizes
      ? true extends Unranked<Starts> | (number extends Ends['length'] ? true : false) | Unranked<T>
        ? Unknowns<S>
        : SliceDims<S, Starts, Ends, T>
      : never
  : never
type SliceDims<
  S extends Shape,
  Starts extends Sizes,
  Ends extends Stops,
  T extends Sizes,
  Out extends Shape = []
> = S extends readonly [infer N extends Dim, ...infer Sr extends Shape]
  ? Starts extends readonly [infer A extends number, ...infer Ar extends Sizes]
    ? Ends extends readonly [infer B extends Stop, ...infer Br extends Stops]
      ? T extends readonly [infer Step extends number, ...infer Tr extends Sizes]
        ? SliceDims<Sr, Ar, Br, Tr, [...Out, SliceDim<N, A, B, Step>]>
        : Out
      : Out
    : Out
  : Out

/**
 * The complaint that this is no slice of S, or `never`.
 *
 * @category slice
 * @since 0.1.0
 */
export type SliceMessage<
  S extends Shape,
  Starts extends Sizes,
  Ends extends Stops,
  Steps extends Sizes | undefined = undefined,
  What extends string = 'slice'
> =
  Unranked<S> extends true
    ? never
    : Strides<S, Steps> extends infer T extends Sizes
      ? SameLength<S, Starts> extends false
        ? OnePerAxis<What, 'start', Show<S>, `${Starts['length']}`>
        : SameLength<S, Ends> extends false
          ? OnePerAxis<What, 'stop', Show<S>, `${Ends['length']}`>
          : SameLength<S, T> extends false
            ? OnePerAxis<What, 'stride', Show<S>, `${T['length']}`>
            : EachAxis<S, S, Starts, Ends, T, What>
      : never
type SameLength<S extends Shape, Xs extends readonly unknown[]> = number extends Xs['length']
  ? true
  : S['length'] extends Xs['length']
    ? true
    : false
type EachAxis<
  All extends Shape,
  S extends Shape,
  Starts extends Sizes,
  Ends extends Stops,
  T extends Sizes,
  What extends string,
  At extends readonly 0[] = []
> = S extends readonly [infer N extends Dim, ...infer Sr extends Shape]
  ? Starts extends readonly [infer A extends number, ...infer Ar extends Sizes]
    ? Ends extends readonly [infer B extends Stop, ...infer Br extends Stops]
      ? T extends readonly [infer Step extends number, ...infer Tr extends Sizes]
        ? Whole<Step> extends true
          ? [SliceDim<N, A, B, Step>] extends [never]
            ? NoPart<What, `${A}`, ShowStop<B>, `${At['length']}`, Show<All>>
            : EachAxis<All, Sr, Ar, Br, Tr, What, [...At, 0]>
          : NoStride<What, `${Step}`>
        : never
      : never
    : never
  : never

// value

/**
 * The shape of a slice: the run-time twin of `Slice` and `SliceMessage`.
 *
 * @param shape any shape.
 * @param starts the first index on each axis; whole, negative from the end.
 * @param stops the first index left out on each axis; whole, negative from the end, `null` for the end.
 * @param strides the step on each axis, whole, ≥ 1. Default 1.
 * @param what who asks, the first word of the complaint.
 * @returns ⌈(stop − start) / stride⌉ on each axis.
 * @example
 * import { slice } from 'gradfold/shape'
 * slice([32, 28, 28], [0, 2, 2], [null, -2, 26]) // right([32, 24, 24])
 * slice([4, 8], [0, 2], [4, 9]) // left('slice: 2 to 9 is no part of axis 1 of [4, 8]')
 * @category slice
 * @since 0.1.0
 */
export function slice(
  shape: Sizes,
  starts: Sizes,
  stops: Stops,
  strides?: Sizes,
  what?: string
): Either.Either<string, Sizes>
export function slice(
  shape: Shape,
  starts: Sizes,
  stops: Stops,
  strides?: Sizes,
  what?: string
): Either.Either<string, Shape>
export function slice(
  shape: Shape,
  starts: Sizes,
  stops: Stops,
  strides: Sizes = shape.map(() => 1),
  what = 'slice'
): Either.Either<string, Shape> {
  const rank = shape.length
  const refuse = (thing: string, list: readonly unknown[]): Either.Either<string, never> =>
    Either.left(onePerAxis(what, thing, show(shape), `${list.length}`))
  if (starts.length !== rank) return refuse('start', starts)
  if (stops.length !== rank) return refuse('stop', stops)
  if (strides.length !== rank) return refuse('stride', strides)
  return pipe(
    shape.map((dim, axis) => ({
      dim,
      axis,
      start: starts[axis] ?? 0,
      stop: stops[axis] ?? null,
      stride: strides[axis] ?? 1
    })),
    Either.traverseArray(({ dim, axis, start, stop, stride }): Either.Either<string, Dim> => {
      if (!isWhole(stride)) return Either.left(noStride(what, `${stride}`))
      const length = sliceDim(dim, start, stop, stride)
      return length === undefined
        ? Either.left(noPart(what, `${start}`, stop === null ? 'the end' : `${stop}`, `${axis}`, show(shape)))
        : Either.right(length)
    })
  )
}
