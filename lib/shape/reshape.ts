/**
 * Reshaping: the same elements in row-major order under another shape; one axis may be −1 and is then inferred.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Dim, Natural, Shape, Sizes } from './dimension.ts'
import { isNatural } from './dimension.ts'
import type { Product, Quotient, SameSize } from './product.ts'
import { product, quotient, sameSize } from './product.ts'
import type { Unranked } from './shape.ts'
import type { Show, ShowDim } from './show.ts'
import { show, showDim } from './show.ts'

// sentences

type SizesDiffer<
  What extends string,
  S extends string,
  Sn extends string,
  T extends string,
  Tn extends string
> = `${What}: ${S} has ${Sn} elements, ${T} has ${Tn}`
const sizesDiffer = <What extends string, S extends string, Sn extends string, T extends string, Tn extends string>(
  what: What,
  s: S,
  sn: Sn,
  t: T,
  tn: Tn
): SizesDiffer<What, S, Sn, T, Tn> => `${what}: ${s} has ${sn} elements, ${t} has ${tn}`

type DoNotDivide<
  What extends string,
  Sn extends string,
  S extends string,
  Tn extends string
> = `${What}: the ${Sn} elements of ${S} do not divide by ${Tn}`
const doNotDivide = <What extends string, Sn extends string, S extends string, Tn extends string>(
  what: What,
  sn: Sn,
  s: S,
  tn: Tn
): DoNotDivide<What, Sn, S, Tn> => `${what}: the ${sn} elements of ${s} do not divide by ${tn}`

type TwoInferred<What extends string, T extends string> = `${What}: only one axis can be inferred, got ${T}`
const twoInferred = <What extends string, T extends string>(what: What, t: T): TwoInferred<What, T> =>
  `${what}: only one axis can be inferred, got ${t}`

type NoShape<
  What extends string,
  T extends string
> = `${What}: expected whole sizes or names, and -1 for an inferred axis, got ${T}`
const noShape = <What extends string, T extends string>(what: What, t: T): NoShape<What, T> =>
  `${what}: expected whole sizes or names, and -1 for an inferred axis, got ${t}`

// types

/** A target read: the axes that are given, how many are to be inferred, and whether all sizes are whole. */
interface Target<Given extends Shape, Inferred extends readonly 0[], Fine extends boolean> {
  readonly given: Given
  readonly inferred: Inferred
  readonly fine: Fine
}
type Read<T extends Shape, Given extends Shape = [], Inferred extends readonly 0[] = []> = T extends readonly [
  infer H extends Dim,
  ...infer R extends Shape
]
  ? H extends -1
    ? Read<R, Given, [...Inferred, 0]>
    : H extends number
      ? Natural<H> extends true
        ? Read<R, [...Given, H], Inferred>
        : Target<Given, Inferred, false>
      : Read<R, [...Given, H], Inferred>
  : Target<Given, Inferred, true>

/**
 * The shape T with its −1 inferred from the elements of S, or `never`.
 *
 * @example
 * import type { Reshape } from 'gradfold/shape'
 * const heads: Reshape<['batch', 'time', 768], ['batch', 'time', 12, -1]> = ['batch', 'time', 12, 64]
 * const rows: Reshape<['batch', 'time', 768], [-1, 768]> = ['batch*time', 768]
 * @category reshape
 * @since 0.1.0
 */
export type Reshape<S extends Shape, T extends Shape> = [ReshapeMessage<S, T>] extends [never]
  ? Unranked<T> extends true
    ? readonly Dim[]
    : Read<T> extends Target<infer Given, infer Inferred, boolean>
      ? Inferred extends readonly [0]
        ? { -readonly [k in keyof T]: T[k] extends -1 ? Quotient<S, Given> : T[k] }
        : { -readonly [k in keyof T]: T[k] }
      : never
  : never

/**
 * The complaint that S cannot be reshaped to T, or `never`.
 *
 * @example
 * import type { ReshapeMessage } from 'gradfold/shape'
 * const complaint: ReshapeMessage<[6], [4]> = 'reshape: [6] has 6 elements, [4] has 4'
 * @category reshape
 * @since 0.1.0
 */
export type ReshapeMessage<S extends Shape, T extends Shape, What extends string = 'reshape'> =
  Unranked<T> extends true
    ? never
    : Read<T> extends Target<infer Given, infer Inferred, infer Fine>
      ? Fine extends true
        ? Inferred extends readonly []
          ? SameSize<S, T> extends true
            ? never
            : SizesDiffer<What, Show<S>, ShowDim<Product<S>>, Show<T>, ShowDim<Product<T>>>
          : Inferred extends readonly [0]
            ? [Quotient<S, Given>] extends [never]
              ? DoNotDivide<What, ShowDim<Product<S>>, Show<S>, ShowDim<Product<Given>>>
              : never
            : TwoInferred<What, Show<T>>
        : NoShape<What, Show<T>>
      : never

// value

/**
 * The target shape with its −1 inferred: the run-time twin of `Reshape` and `ReshapeMessage`.
 *
 * @param shape the shape at hand.
 * @param target the shape wanted: whole sizes or names, and at most one −1.
 * @param what who asks, the first word of the complaint.
 * @returns a shape of as many elements as `shape`.
 * @example
 * import { reshape } from 'gradfold/shape'
 * reshape([32, 784], [32, -1, 28]) // right([32, 28, 28])
 * reshape([32, 784], [32, 28, 29]) // left('reshape: [32, 784] has 25088 elements, [32, 28, 29] has 25984')
 * @category reshape
 * @since 0.1.0
 */
export function reshape(shape: Sizes, target: Sizes, what?: string): Either.Either<string, Sizes>
export function reshape(shape: Shape, target: Shape, what?: string): Either.Either<string, Shape>
export function reshape(shape: Shape, target: Shape, what = 'reshape'): Either.Either<string, Shape> {
  const given = target.filter((dim) => dim !== -1)
  const inferred = target.length - given.length
  const elements = showDim(product(shape))
  if (!given.every((dim) => typeof dim === 'string' || isNatural(dim))) return Either.left(noShape(what, show(target)))
  if (inferred > 1) return Either.left(twoInferred(what, show(target)))
  if (inferred === 0) {
    return sameSize(shape, given)
      ? Either.right(given)
      : Either.left(sizesDiffer(what, show(shape), elements, show(given), showDim(product(given))))
  }
  const rest = quotient(shape, given)
  return rest === undefined
    ? Either.left(doNotDivide(what, elements, show(shape), showDim(product(given))))
    : Either.right(target.map((dim) => (dim === -1 ? rest : dim)))
}
