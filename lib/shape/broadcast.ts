/**
 * Broadcasting: two shapes are aligned at their last axes; an axis of size 1, or one that is missing, stretches to the other.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Dim, Meet, Same, Shape, Sizes } from './dimension.ts'
import { meetDim, sameDim } from './dimension.ts'
import type { SameShape } from './shape.ts'
import { sameShape } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'

// sentences

type DoNotBroadcast<
  What extends string,
  A extends string,
  B extends string
> = `${What}: shapes ${A} and ${B} do not broadcast`
const doNotBroadcast = <What extends string, A extends string, B extends string>(
  what: What,
  a: A,
  b: B
): DoNotBroadcast<What, A, B> => `${what}: shapes ${a} and ${b} do not broadcast`

type DoesNotBroadcastTo<
  What extends string,
  A extends string,
  B extends string
> = `${What}: ${A} does not broadcast to ${B}`
const doesNotBroadcastTo = <What extends string, A extends string, B extends string>(
  what: What,
  a: A,
  b: B
): DoesNotBroadcastTo<What, A, B> => `${what}: ${a} does not broadcast to ${b}`

// types

/** The common size of two axes, or `never`. */
type BroadcastDim<A extends Dim, B extends Dim> = B extends 1
  ? A
  : A extends 1
    ? B
    : Same<A, B> extends true
      ? Meet<A, B>
      : never

/**
 * The common shape of two shapes, or `never`.
 *
 * @example
 * import type { Broadcast } from 'gradfold/shape'
 * const common: Broadcast<['batch', 1, 5], [4, 1]> = ['batch', 4, 5]
 * @category broadcast
 * @since 0.1.0
 */
export type Broadcast<A extends Shape, B extends Shape, Out extends Shape = []> = A extends readonly [
  ...infer ar extends Shape,
  infer a extends Dim
]
  ? B extends readonly [...infer br extends Shape, infer b extends Dim]
    ? BroadcastDim<a, b> extends infer d extends Dim
      ? [d] extends [never]
        ? never
        : Broadcast<ar, br, [d, ...Out]>
      : never
    : number extends B['length']
      ? readonly Dim[]
      : [...A, ...Out]
  : number extends A['length']
    ? readonly Dim[]
    : number extends B['length']
      ? readonly Dim[]
      : [...B, ...Out]

/**
 * The complaint that two shapes do not broadcast, or `never`.
 *
 * @example
 * import type { BroadcastMessage } from 'gradfold/shape'
 * const complaint: BroadcastMessage<[128], [64], 'add'> = 'add: shapes [128] and [64] do not broadcast'
 * @category broadcast
 * @since 0.1.0
 */
export type BroadcastMessage<A extends Shape, B extends Shape, What extends string = 'broadcast'> = [
  Broadcast<A, B>
] extends [never]
  ? DoNotBroadcast<What, Show<A>, Show<B>>
  : never

/**
 * The shape T, if S broadcasts to it; else `never`. What S knows of an unknown dimension of T is kept.
 *
 * @category broadcast
 * @since 0.1.0
 */
export type BroadcastTo<S extends Shape, T extends Shape> = [BroadcastToMessage<S, T>] extends [never]
  ? Broadcast<S, T>
  : never

/**
 * The complaint that S does not broadcast to T, or `never`.
 *
 * @category broadcast
 * @since 0.1.0
 */
export type BroadcastToMessage<S extends Shape, T extends Shape, What extends string = 'broadcastTo'> =
  Broadcast<S, T> extends infer Common extends Shape
    ? [Common] extends [never]
      ? DoesNotBroadcastTo<What, Show<S>, Show<T>>
      : SameShape<Common, T> extends true
        ? never
        : DoesNotBroadcastTo<What, Show<S>, Show<T>>
    : never

// values

const broadcastDim = (a: Dim, b: Dim): Dim | undefined =>
  b === 1 ? a : a === 1 ? b : sameDim(a, b) ? meetDim(a, b) : undefined
const stretched = (shape: Shape, rank: number): Shape => [
  ...Array.from({ length: rank - shape.length }, () => 1),
  ...shape
]

/**
 * The common shape of two shapes: the run-time twin of `Broadcast` and `BroadcastMessage`.
 *
 * @param a any shape.
 * @param b any shape.
 * @param what who asks, the first word of the complaint.
 * @returns the common shape; sizes of sizes.
 * @example
 * import { broadcast } from 'gradfold/shape'
 * broadcast(['batch', 1, 5], [4, 1]) // right(['batch', 4, 5])
 * broadcast(['batch', 128], [64], 'add') // left('add: shapes [batch, 128] and [64] do not broadcast')
 * @category broadcast
 * @since 0.1.0
 */
export function broadcast(a: Sizes, b: Sizes, what?: string): Either.Either<string, Sizes>
export function broadcast(a: Shape, b: Shape, what?: string): Either.Either<string, Shape>
export function broadcast(a: Shape, b: Shape, what = 'broadcast'): Either.Either<string, Shape> {
  const rank = Math.max(a.length, b.length)
  const right = stretched(b, rank)
  const common = stretched(a, rank).map((dim, axis) => broadcastDim(dim, right[axis] ?? dim))
  return common.every((dim) => dim !== undefined)
    ? Either.right(common)
    : Either.left(doNotBroadcast(what, show(a), show(b)))
}

/**
 * The shape `target`, if the shape broadcasts to it: the run-time twin of `BroadcastTo` and `BroadcastToMessage`.
 *
 * @example
 * import { broadcastTo } from 'gradfold/shape'
 * broadcastTo([1, 5], [4, 5]) // right([4, 5])
 * broadcastTo([2, 5], [1, 5]) // left('broadcastTo: [2, 5] does not broadcast to [1, 5]')
 * @category broadcast
 * @since 0.1.0
 */
export function broadcastTo(shape: Sizes, target: Sizes, what?: string): Either.Either<string, Sizes>
export function broadcastTo(shape: Shape, target: Shape, what?: string): Either.Either<string, Shape>
export function broadcastTo(shape: Shape, target: Shape, what = 'broadcastTo'): Either.Either<string, Shape> {
  const common = broadcast(shape, target)
  return Either.isRight(common) && sameShape(common.right, target)
    ? common
    : Either.left(doesNotBroadcastTo(what, show(shape), show(target)))
}
