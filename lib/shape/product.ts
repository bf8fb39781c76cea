/**
 * The number of elements of a shape: a number, or with names a product such as `'time*64'`.
 *
 * @since 0.1.0
 */
import type { Dim, Div, Divides, Mul, Open, Shape, Sizes } from './dimension.ts'
import { unknownDim } from './dimension.ts'
import type { Cancel } from './factor.ts'
import { cancel, factors } from './factor.ts'

// types

/** A shape as a product: its names in order of occurrence, and the product of its numbers. */
interface Factored<Names extends readonly string[], Count extends Dim> {
  readonly names: Names
  readonly count: Count
}

/** Reads a shape as a product; an unknown dimension makes the count unknown and ends the reading. */
type Factor<S extends Shape, Names extends readonly string[] = [], Count extends Dim = 1> = S extends readonly [
  infer H extends Dim,
  ...infer T extends Shape
]
  ? Open<H> extends true
    ? Factored<Names, number>
    : H extends number
      ? Factor<T, Names, Mul<Count, H>>
      : H extends `${infer F}*${infer R}`
        ? Factor<[F, R, ...T], Names, Count>
        : H extends `${infer N extends number}`
          ? Factor<T, Names, Mul<Count, N>>
          : Factor<T, [...Names, Extract<H, string>], Count>
  : S extends readonly []
    ? Factored<Names, Count>
    : Factored<Names, number>

/** A product as one dimension: 'batch*time*64'. */
type Term<Names extends readonly string[], Count extends Dim> = Names extends readonly []
  ? Count
  : Open<Count> extends true
    ? number
    : Count extends 0
      ? 0
      : Count extends 1
        ? Joined<Names>
        : `${Joined<Names>}*${Count}`
type Joined<Names extends readonly string[], Out extends string = ''> = Names extends readonly [
  infer H extends string,
  ...infer T extends readonly string[]
]
  ? Joined<T, Out extends '' ? H : `${Out}*${H}`>
  : Out

/**
 * The names of a shape, those of its products included, in order of occurrence.
 *
 * @category products
 * @since 0.1.0
 */
export type Syms<S extends Shape> = Factor<S>['names']

/**
 * The product of the numbers of a shape; `number` where a dimension is not known.
 *
 * @category products
 * @since 0.1.0
 */
export type Coeff<S extends Shape> = Factor<S>['count']

/**
 * The number of elements of a shape; with names a product such as `'time*64'`.
 *
 * @example
 * import type { Product } from 'gradfold/shape'
 * const elements: [Product<[28, 28, 3]>, Product<['time', 12, 64]>, Product<[]>] = [2352, 'time*768', 1]
 * @category products
 * @since 0.1.0
 */
export type Product<S extends Shape> = Factor<S> extends Factored<infer Names, infer Count> ? Term<Names, Count> : never

/**
 * Whether two shapes may have the same number of elements.
 *
 * @category predicates
 * @since 0.1.0
 */
export type SameSize<A extends Shape, B extends Shape> = [Factor<A>, Factor<B>] extends [
  Factored<infer An, infer Ac>,
  Factored<infer Bn, infer Bc>
]
  ? Open<Ac, Bc> extends true
    ? true
    : [Ac, Bc] extends [Bc, Ac]
      ? Ac extends 0
        ? true
        : Cancel<An, Bn> extends infer Rest
          ? [Rest] extends [never]
            ? false
            : Rest extends readonly []
              ? true
              : false
          : never
      : false
  : never

/**
 * The elements of A over those of B, as one dimension; `never` where they do not divide, `number` where that is not known.
 *
 * @category products
 * @since 0.1.0
 */
export type Quotient<A extends Shape, B extends Shape> = [Factor<A>, Factor<B>] extends [
  Factored<infer An, infer Ac>,
  Factored<infer Bn, infer Bc>
]
  ? Divides<Bc, Ac> extends true
    ? Open<Ac, Bc> extends true
      ? number
      : Ac extends 0
        ? 0
        : Cancel<An, Bn> extends infer Rest extends readonly string[]
          ? [Rest] extends [never]
            ? never
            : Term<Rest, Div<Ac, Bc>>
          : never
    : never
  : never

// values

/** The run-time twin of `Factored`; an unknown count is `undefined`. */
interface FactoredShape {
  readonly names: readonly string[]
  readonly count: number | undefined
}
const isNumeral = (factor: string): boolean => `${Number(factor)}` === factor
const factor = (shape: Shape): FactoredShape => {
  const parts = shape.flatMap((dim): Shape => (typeof dim === 'string' ? factors(dim) : [dim]))
  const isNumber = (part: Dim): boolean => typeof part === 'number' || isNumeral(part)
  return {
    names: parts.filter((part): part is string => !isNumber(part)),
    count: parts.includes(unknownDim)
      ? undefined
      : parts.reduce<number>((count, part) => (isNumber(part) ? count * Number(part) : count), 1)
  }
}
const term = (names: readonly string[], count: number): Dim =>
  names.length === 0 || count === 0 ? count : count === 1 ? names.join('*') : `${names.join('*')}*${count}`

/**
 * The number of elements of a shape of known sizes; 1 for a scalar. Exact up to 2^53 − 1.
 *
 * @example
 * import { size } from 'gradfold/shape'
 * size([28, 28, 3]) // 2352
 * @category products
 * @since 0.1.0
 */
export const size = (sizes: Sizes): number => sizes.reduce((count, n) => count * n, 1)

/**
 * The number of elements of a shape, with names a product: the run-time twin of `Product`.
 *
 * @example
 * import { product } from 'gradfold/shape'
 * product(['time', 12, 64]) // 'time*768'
 * @category products
 * @since 0.1.0
 */
export const product = (shape: Shape): Dim => {
  const { names, count } = factor(shape)
  return count === undefined ? unknownDim : term(names, count)
}

/**
 * Whether two shapes may have the same number of elements: the run-time twin of `SameSize`.
 *
 * @example
 * import { sameSize } from 'gradfold/shape'
 * sameSize(['batch', 28, 28], [784, 'batch']) // true
 * @category predicates
 * @since 0.1.0
 */
export const sameSize = (a: Shape, b: Shape): boolean => {
  const left = factor(a)
  const right = factor(b)
  return (
    left.count === undefined ||
    right.count === undefined ||
    (left.count === right.count && (left.count === 0 || cancel(left.names, right.names)?.length === 0))
  )
}

/**
 * The elements of one shape over those of another, `undefined` where they do not divide: the run-time twin of `Quotient`.
 *
 * @example
 * import { quotient } from 'gradfold/shape'
 * quotient(['batch', 784], ['batch', 28]) // 28
 * quotient(['batch', 784], [29]) // undefined
 * @category products
 * @since 0.1.0
 */
export const quotient = (a: Shape, b: Shape): Dim | undefined => {
  const left = factor(a)
  const right = factor(b)
  if (right.count === 0) return undefined
  if (left.count === undefined || right.count === undefined) return unknownDim
  if (left.count % right.count !== 0) return undefined
  const rest = cancel(left.names, right.names)
  return left.count === 0 ? 0 : rest === undefined ? undefined : term(rest, left.count / right.count)
}
