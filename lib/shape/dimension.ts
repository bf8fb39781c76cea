/**
 * A dimension: the size of one axis, as far as it is known.
 *
 *     28        a number: known
 *     'time'    a name: unknown, but the same wherever the name occurs; a product of names is 'batch*time*64'
 *     number    as a type, and '?' as a value: not known, its checks are left to run time
 *
 * @since 0.1.0
 */
import type { AddN, DivN, ModN, MulN, SubN } from './arithmetic.ts'
import type { SameFactors } from './factor.ts'
import { sameFactors } from './factor.ts'

// model

/**
 * A dimension: a number, or a name (an identifier such as `'batch'`).
 *
 * @category model
 * @since 0.1.0
 */
export type Dim = number | string

/**
 * A shape: the dimensions of the axes, outermost first. `readonly Dim[]` itself is a shape of unknown rank.
 *
 * @category model
 * @since 0.1.0
 */
export type Shape = readonly Dim[]

/**
 * A shape of which every dimension is a number: what a program has at run time.
 *
 * @category model
 * @since 0.1.0
 */
export type Sizes = readonly number[]

/**
 * Whether one of the dimensions is not known, neither as a number nor by name: `number`, `string`, `'?'`, or a union.
 * A union counts as unknown so that operations on unions of sizes do not multiply.
 *
 * @category predicates
 * @since 0.1.0
 */
export type Open<A extends Dim, B extends Dim = A> = number extends A | B
  ? true
  : '?' extends A | B
    ? true
    : IsUnion<A> extends true
      ? true
      : IsUnion<B>
type IsUnion<A, All = A> = A extends unknown ? ([All] extends [A] ? false : true) : never

// predicates

/**
 * Whether a count is a positive whole number; true where it is not known.
 *
 * @example
 * import type { Whole } from 'gradfold/shape'
 * const verdicts: [Whole<3>, Whole<0>, Whole<2.5>, Whole<number>] = [true, false, false, true]
 * @category predicates
 * @since 0.1.0
 */
export type Whole<N extends number> = number extends N ? true : `${N}` extends NotDigits | '0' ? false : true

/**
 * Whether a size is a whole number, zero included; true where it is not known.
 *
 * @category predicates
 * @since 0.1.0
 */
export type Natural<N extends number> = number extends N ? true : `${N}` extends NotDigits ? false : true
type NotDigits = `-${string}` | `${string}.${string}` | `${string}e${string}`
type BothNatural<A extends number, B extends number> = `${A} ${B}` extends `${string}${'-' | '.' | 'e'}${string}`
  ? false
  : true

/**
 * Whether two dimensions may be the same one: equal, or one of them not known.
 *
 * @category predicates
 * @since 0.1.0
 */
export type Same<A extends Dim, B extends Dim> =
  Open<A, B> extends true ? true : [A, B] extends [B, A] ? true : SameFactors<A, B>

/**
 * Whether B divides A; true where that cannot be known; 0 divides nothing.
 *
 * @example
 * import type { Divides } from 'gradfold/shape'
 * const verdicts: [Divides<12, 768>, Divides<7, 768>, Divides<12, 'width'>] = [true, false, true]
 * @category predicates
 * @since 0.1.0
 */
export type Divides<B extends Dim, A extends Dim> = B extends 0
  ? false
  : Open<A, B> extends true
    ? true
    : A extends number
      ? B extends number
        ? BothNatural<A, B> extends true
          ? ModN<A, B> extends 0
            ? true
            : false
          : false
        : true
      : true

// arithmetic

/**
 * What is known of a dimension that is both A and B.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type Meet<A extends Dim, B extends Dim> = Open<A> extends true ? (Open<B> extends true ? number : B) : A

/**
 * A + B; `number` where that is not known.
 *
 * @example
 * import type { Add } from 'gradfold/shape'
 * const sums: [Add<20, 22>, Add<'time', 0>, Add<'time', 1>] = [42, 'time', 7]
 * @category arithmetic
 * @since 0.1.0
 */
export type Add<A extends Dim, B extends Dim> =
  Open<A, B> extends true
    ? number
    : B extends 0
      ? A
      : A extends 0
        ? B
        : A extends number
          ? B extends number
            ? BothNatural<A, B> extends true
              ? AddN<A, B>
              : number
            : number
          : number

/**
 * A − B; `never` where that is negative, `number` where it is not known.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type Sub<A extends Dim, B extends Dim> =
  Open<A, B> extends true
    ? number
    : B extends 0
      ? A
      : [A, B] extends [B, A]
        ? 0
        : A extends number
          ? B extends number
            ? BothNatural<A, B> extends true
              ? SubN<A, B> extends infer N extends number
                ? N extends -1
                  ? never
                  : N
                : never
              : number
            : number
          : number

/**
 * A · B; `number` where that is not known. The product of a shape with names is `Product`.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type Mul<A extends Dim, B extends Dim> =
  Open<A, B> extends true
    ? number
    : A extends 1
      ? B
      : B extends 1
        ? A
        : A extends number
          ? B extends number
            ? BothNatural<A, B> extends true
              ? MulN<A, B>
              : number
            : number
          : number

/**
 * ⌊A / B⌋; `never` where B is 0, `number` where it is not known.
 *
 * @category arithmetic
 * @since 0.1.0
 */
export type Div<A extends Dim, B extends Dim> = B extends 0
  ? never
  : Open<A, B> extends true
    ? number
    : B extends 1
      ? A
      : A extends number
        ? B extends number
          ? BothNatural<A, B> extends true
            ? DivN<A, B>
            : number
          : number
        : number

// the same at run time

/**
 * The value of a dimension that is not known; only among names, never in sizes.
 *
 * @example
 * import { addDim, unknownDim } from 'gradfold/shape'
 * addDim('time', 1) === unknownDim // true
 * @category constructors
 * @since 0.1.0
 */
export const unknownDim = '?'

/**
 * Whether a count is a positive whole number: the run-time twin of `Whole`.
 *
 * @example
 * import { isWhole } from 'gradfold/shape'
 * isWhole(3) // true
 * isWhole(0) // false
 * @category predicates
 * @since 0.1.0
 */
export const isWhole = (count: number): boolean => count > 0 && isNatural(count)

/**
 * Whether a size is a whole number, zero included: the run-time twin of `Natural`.
 *
 * @example
 * import { isNatural } from 'gradfold/shape'
 * isNatural(0) // true
 * isNatural(2.5) // false
 * @category predicates
 * @since 0.1.0
 */
export const isNatural = (size: number): boolean => Number.isInteger(size) && size >= 0 && size < 1e21

/**
 * Whether two dimensions may be the same one: the run-time twin of `Same`.
 *
 * @example
 * import { sameDim } from 'gradfold/shape'
 * sameDim('batch', 'batch') // true
 * sameDim('batch', 32) // false
 * @category predicates
 * @since 0.1.0
 */
export const sameDim = (a: Dim, b: Dim): boolean =>
  a === b ||
  a === unknownDim ||
  b === unknownDim ||
  (typeof a === 'string' && typeof b === 'string' && sameFactors(a, b))

/**
 * What is known of a dimension that is both: the run-time twin of `Meet`.
 *
 * @example
 * import { meetDim } from 'gradfold/shape'
 * meetDim('?', 32) // 32
 * @category arithmetic
 * @since 0.1.0
 */
export const meetDim = (a: Dim, b: Dim): Dim => (a === unknownDim ? b : a)

/**
 * The sum of two dimensions, `'?'` where it is not known: the run-time twin of `Add`.
 *
 * @example
 * import { addDim } from 'gradfold/shape'
 * addDim(20, 22) // 42
 * addDim('time', 1) // '?'
 * @category arithmetic
 * @since 0.1.0
 */
export const addDim = (a: Dim, b: Dim): Dim =>
  typeof a === 'number' && typeof b === 'number' ? a + b : b === 0 ? a : a === 0 ? b : unknownDim
