/**
 * A slice of one axis: from a start up to a stop that is left out, every stride-th element.
 *
 *     size = ⌈(stop − start) / stride⌉
 *
 * Negative starts and stops count from the end, as in `Array.prototype.slice`; what reaches beyond the axis is refused and
 * not cut off.
 *
 * @since 0.1.0
 */
import type { AddN, DivN, SubN } from './arithmetic.ts'
import type { Dim, Natural, Open } from './dimension.ts'
import { isNatural, unknownDim } from './dimension.ts'

// model

/**
 * The end of a slice on one axis: the first index left out, negative from the end; `null` is the end of the axis.
 *
 * @category model
 * @since 0.1.0
 */
export type Stop = number | null

// types

/** An index counted from the front; `never` where it is before the front or not whole, `number` where it is not known. */
type Index<N extends Dim, I extends number> =
  Open<I> extends true
    ? number
    : `${I}` extends `-${infer Back extends number}`
      ? Natural<Back> extends true
        ? Open<N> extends true
          ? number
          : N extends number
            ? SubN<N, Back> extends infer F extends number
              ? F extends -1
                ? never
                : F
              : never
            : number
        : never
      : Natural<I> extends true
        ? I
        : never
/** From a front index to a dimension that ends the slice, inside an axis of N. */
type Extent<N extends Dim, From extends Dim, To extends Dim> = [From] extends [never]
  ? never
  : [To] extends [never]
    ? never
    : Exceeds<To, N> extends true
      ? never
      : Exceeds<From, To> extends true
        ? never
        : From extends 0
          ? To
          : Open<From, To> extends true
            ? number
            : From extends number
              ? To extends number
                ? SubN<To, From>
                : number
              : number
/** Whether A is known to be greater than B. */
type Exceeds<A extends Dim, B extends Dim> =
  Open<A, B> extends true
    ? false
    : A extends number
      ? B extends number
        ? SubN<B, A> extends -1
          ? true
          : false
        : false
      : false
type Strided<L extends Dim, T extends number> = T extends 1
  ? L
  : Open<L, T> extends true
    ? number
    : L extends number
      ? DivN<AddN<L, SubN<T, 1>>, T>
      : number
/**
 * The size of one axis after a slice; `never` where the slice is no part of the axis.
 *
 * @internal
 */
export type SliceDim<N extends Dim, A extends number, B extends Stop, T extends number> =
  Extent<N, Index<N, A>, B extends number ? Index<N, B> : N> extends infer L extends Dim
    ? [L] extends [never]
      ? never
      : Strided<L, T>
    : never

// value

const front = (dim: Dim, index: number): Dim | undefined =>
  Object.is(index, -0) || isNatural(index)
    ? index + 0
    : !isNatural(-index)
      ? undefined
      : typeof dim === 'string'
        ? unknownDim
        : dim + index < 0
          ? undefined
          : dim + index
const exceeds = (a: Dim, b: Dim): boolean => typeof a === 'number' && typeof b === 'number' && a > b
const extent = (dim: Dim, start: number, stop: Stop): Dim | undefined => {
  const from = front(dim, start)
  const to = stop === null ? dim : front(dim, stop)
  if (from === undefined || to === undefined || exceeds(to, dim) || exceeds(from, to)) return undefined
  return from === 0 ? to : typeof from === 'number' && typeof to === 'number' ? to - from : unknownDim
}
const strided = (length: Dim, stride: number): Dim =>
  stride === 1 ? length : typeof length === 'number' ? Math.ceil(length / stride) : unknownDim

/**
 * The size of one axis after a slice, `undefined` where the slice is no part of the axis: the run-time twin of `SliceDim`.
 *
 * @internal
 */
export const sliceDim = (dim: Dim, start: number, stop: Stop, stride: number): Dim | undefined => {
  const length = extent(dim, start, stop)
  return length === undefined ? undefined : strided(length, stride)
}
