/**
 * Concatenation along one axis: the sizes of that axis add, all others agree.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AxisMessage, NormalAxis } from './axis.ts'
import { normaliseAxis } from './axis.ts'
import type { Add, Dim, Meet, Open, Same, Shape, Sizes } from './dimension.ts'
import { addDim, meetDim, sameDim } from './dimension.ts'
import type { Unknowns, Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'

// sentences

type RanksDiffer<
  What extends string,
  A extends string,
  B extends string
> = `${What}: ${A} and ${B} have different ranks`
const ranksDiffer = <What extends string, A extends string, B extends string>(
  what: What,
  a: A,
  b: B
): RanksDiffer<What, A, B> => `${what}: ${a} and ${b} have different ranks`

type DifferOffAxis<
  What extends string,
  A extends string,
  B extends string,
  Axis extends string
> = `${What}: ${A} and ${B} differ off axis ${Axis}`
const differOffAxis = <What extends string, A extends string, B extends string, Axis extends string>(
  what: What,
  a: A,
  b: B,
  axis: Axis
): DifferOffAxis<What, A, B, Axis> => `${what}: ${a} and ${b} differ off axis ${axis}`

type NothingToJoin<What extends string> = `${What}: expected at least one shape, got none`
const nothingToJoin = <What extends string>(what: What): NothingToJoin<What> =>
  `${what}: expected at least one shape, got none`

// types

/** Whether two shapes of equal rank agree on all axes but the normal axis I. */
type SameOffAxis<
  A extends Shape,
  B extends Shape,
  I extends number,
  At extends readonly 0[] = []
> = A extends readonly [infer a extends Dim, ...infer ar extends Shape]
  ? B extends readonly [infer b extends Dim, ...infer br extends Shape]
    ? At['length'] extends I
      ? SameOffAxis<ar, br, I, [...At, 0]>
      : Same<a, b> extends true
        ? SameOffAxis<ar, br, I, [...At, 0]>
        : false
    : true
  : true

/** Two shapes of equal rank joined along the normal axis I. */
type Join<A extends Shape, B extends Shape, I extends number, Out extends Shape = []> = A extends readonly [
  infer a extends Dim,
  ...infer ar extends Shape
]
  ? B extends readonly [infer b extends Dim, ...infer br extends Shape]
    ? Join<ar, br, I, [...Out, Out['length'] extends I ? Add<a, b> : Meet<a, b>]>
    : Out
  : Out

/**
 * The shape of A and B joined along an axis, or `never`.
 *
 * @example
 * import type { Concat } from 'gradfold/shape'
 * const joined: Concat<['batch', 6], ['batch', 4], -1> = ['batch', 10]
 * @category concat
 * @since 0.1.0
 */
export type Concat<A extends Shape, B extends Shape, Axis extends number> = [ConcatMessage<A, B, Axis>] extends [never]
  ? Unranked<A> extends true
    ? readonly Dim[]
    : Unranked<B> extends true
      ? readonly Dim[]
      : Open<Axis> extends true
        ? Unknowns<A>
        : Join<A, B, NormalAxis<A, Axis>>
  : never

/**
 * The complaint that A and B cannot be joined along an axis, or `never`.
 *
 * @category concat
 * @since 0.1.0
 */
export type ConcatMessage<A extends Shape, B extends Shape, Axis extends number, What extends string = 'concat'> = [
  AxisMessage<A, Axis, What>
] extends [never]
  ? Unranked<A> extends true
    ? never
    : Unranked<B> extends true
      ? never
      : A['length'] extends B['length']
        ? Open<Axis> extends true
          ? never
          : SameOffAxis<A, B, NormalAxis<A, Axis>> extends true
            ? never
            : DifferOffAxis<What, Show<A>, Show<B>, `${Axis}`>
        : RanksDiffer<What, Show<A>, Show<B>>
  : AxisMessage<A, Axis, What>

/**
 * The shape of a list of shapes joined along an axis, or `never`.
 *
 * @category concat
 * @since 0.1.0
 */
export type ConcatAll<Shapes extends readonly Shape[], Axis extends number> = [ConcatAllMessage<Shapes, Axis>] extends [
  never
]
  ? Shapes extends readonly [infer A extends Shape, ...infer Rest extends readonly Shape[]]
    ? JoinAll<A, Rest, Axis>
    : readonly Dim[]
  : never
type JoinAll<A extends Shape, Rest extends readonly Shape[], Axis extends number> = Rest extends readonly [
  infer B extends Shape,
  ...infer More extends readonly Shape[]
]
  ? Unranked<A> extends true
    ? readonly Dim[]
    : Unranked<B> extends true
      ? readonly Dim[]
      : JoinAll<Open<Axis> extends true ? Unknowns<A> : Join<A, B, NormalAxis<A, Axis>>, More, Axis>
  : Rest extends readonly []
    ? A
    : readonly Dim[]

/**
 * The complaint about the first shape of a list that cannot be joined to the first one along an axis, or `never`.
 *
 * @category concat
 * @since 0.1.0
 */
export type ConcatAllMessage<
  Shapes extends readonly Shape[],
  Axis extends number,
  What extends string = 'concat'
> = Shapes extends readonly [infer A extends Shape, ...infer Rest extends readonly Shape[]]
  ? [AxisMessage<A, Axis, What>] extends [never]
    ? FirstComplaint<A, Rest, Axis, What>
    : AxisMessage<A, Axis, What>
  : Shapes extends readonly []
    ? NothingToJoin<What>
    : never
type FirstComplaint<
  A extends Shape,
  Rest extends readonly Shape[],
  Axis extends number,
  What extends string
> = Rest extends readonly [infer B extends Shape, ...infer More extends readonly Shape[]]
  ? [ConcatMessage<A, B, Axis, What>] extends [never]
    ? FirstComplaint<A, More, Axis, What>
    : ConcatMessage<A, B, Axis, What>
  : never

// values

const complaint = (what: string, a: Shape, b: Shape, axis: number, at: number): Either.Either<string, void> =>
  a.length !== b.length
    ? Either.left(ranksDiffer(what, show(a), show(b)))
    : a.every((dim, i) => i === at || sameDim(dim, b[i] ?? dim))
      ? Either.right(undefined)
      : Either.left(differOffAxis(what, show(a), show(b), `${axis}`))
const join = (a: Shape, b: Shape, at: number): Shape =>
  a.map((dim, i) => (i === at ? addDim : meetDim)(dim, b[i] ?? dim))

/**
 * The shape of two shapes joined along an axis: the run-time twin of `Concat` and `ConcatMessage`.
 *
 * @param a the shape in front.
 * @param b the shape behind it, equal to `a` off the axis.
 * @param axis whole, −rank ≤ axis < rank.
 * @param what who asks, the first word of the complaint.
 * @example
 * import { concat } from 'gradfold/shape'
 * concat(['batch', 6], ['batch', 4], -1) // right(['batch', 10])
 * concat([2, 3], [3, 3], 1) // left('concat: [2, 3] and [3, 3] differ off axis 1')
 * @category concat
 * @since 0.1.0
 */
export function concat(a: Sizes, b: Sizes, axis: number, what?: string): Either.Either<string, Sizes>
export function concat(a: Shape, b: Shape, axis: number, what?: string): Either.Either<string, Shape>
export function concat(a: Shape, b: Shape, axis: number, what = 'concat'): Either.Either<string, Shape> {
  return concatAll([a, b], axis, what)
}

/**
 * The shape of a list of shapes joined along an axis: the run-time twin of `ConcatAll` and `ConcatAllMessage`.
 *
 * @example
 * import { concatAll } from 'gradfold/shape'
 * concatAll([[2, 3], [2, 4], [2, 5]], 1) // right([2, 12])
 * @category concat
 * @since 0.1.0
 */
export function concatAll(shapes: readonly Sizes[], axis: number, what?: string): Either.Either<string, Sizes>
export function concatAll(shapes: readonly Shape[], axis: number, what?: string): Either.Either<string, Shape>
export function concatAll(shapes: readonly Shape[], axis: number, what = 'concat'): Either.Either<string, Shape> {
  const [first, ...rest] = shapes
  if (first === undefined) return Either.left(nothingToJoin(what))
  return pipe(
    normaliseAxis(first, axis, what),
    Either.flatMap((at) =>
      pipe(
        rest,
        Either.traverseArray((shape) => complaint(what, first, shape, axis, at)),
        Either.map(() => rest.reduce((joined, shape) => join(joined, shape, at), first))
      )
    )
  )
}
