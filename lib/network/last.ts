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

/** The complaint that the last axis is only known by name, or `never`. */
export type NumericLast<O extends Shape, Where extends string> =
  Last<O> extends infer L ? (L extends string ? NoNumber<Where, Show<O>> : never) : never

/** The size of the last axis, or the complaint that it is only known by name. */
export const numericLast = (shape: Shape, where: string): Either.Either<string, number> => {
  const last = shape[shape.length - 1]
  return typeof last === 'number' ? Either.right(last) : Either.left(noNumber(where, show(shape)))
}

/** The size of the last axis of a shape that the layer's rule has admitted. */
export const lastOf = (shape: Shape): number => {
  const last = shape[shape.length - 1]
  return typeof last === 'number' ? last : raise(`network: the last axis of ${show(shape)} has to be a number`)
}

/** A shape of which every size is known. */
export const sizesOf = (shape: Shape): Sizes =>
  shape.map((dim) => (typeof dim === 'number' ? dim : raise(`network: the sizes of ${show(shape)} have to be numbers`)))
