/**
 * The last axis of a shape, where a layer's parameters depend on it: it has to be a number.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { raise, show, type Last, type Shape, type Show, type Sizes } from '../shape/index.ts'

type NoNumber<
  Where extends string,
  O extends string
> = `${Where}: the last axis of ${O} has to be a number, for the parameters depend on it`
const noNumber = <Where extends string, O extends string>(where: Where, shape: O): NoNumber<Where, O> =>
  `${where}: the last axis of ${shape} has to be a number, for the parameters depend on it`

/**
 * The complaint that the last axis is only known by name, or `never`: for the `message` of a layer of one's own.
 *
 * @category rules
 * @since 0.1.0
 */
export type NumericLast<O extends Shape, Where extends string> =
  Last<O> extends infer L ? (L extends string ? NoNumber<Where, Show<O>> : never) : never

/**
 * The size of the last axis, or the complaint that it is only known by name: the run-time twin of `NumericLast`.
 *
 * @param shape without the batch.
 * @param where the layer, the first word of the complaint.
 * @example
 * import { numericLast } from 'gradfold/network'
 * numericLast(['time', 64], 'scale') // right(64)
 * @category rules
 * @since 0.1.0
 */
export const numericLast = (shape: Shape, where: string): Either.Either<string, number> => {
  const last = shape[shape.length - 1]
  return typeof last === 'number' ? Either.right(last) : Either.left(noNumber(where, show(shape)))
}

/**
 * The size of the last axis of a shape that a layer's rule has admitted; throws one sentence where it is only known by name.
 *
 * @example
 * import { lastOf } from 'gradfold/network'
 * lastOf(['time', 64]) // 64
 * @category rules
 * @since 0.1.0
 */
export const lastOf = (shape: Shape): number => {
  const last = shape[shape.length - 1]
  return typeof last === 'number' ? last : raise(`network: the last axis of ${show(shape)} has to be a number`)
}

/**
 * The sizes of a shape that a layer's rule has admitted; throws one sentence where one is only known by name.
 *
 * @example
 * import { sizesOf } from 'gradfold/network'
 * sizesOf([28, 28, 1]) // [28, 28, 1]
 * @category rules
 * @since 0.1.0
 */
export const sizesOf = (shape: Shape): Sizes =>
  shape.map((dim) => (typeof dim === 'number' ? dim : raise(`network: the sizes of ${show(shape)} have to be numbers`)))
