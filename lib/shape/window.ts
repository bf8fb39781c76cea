/**
 * Windows that slide over axes: the sizes of convolution and pooling.
 *
 *     reach = dilation · (kernel − 1)                      how far a window goes past its start
 *     size  = ⌊(n + before + after − reach − 1) / stride⌋ + 1, and 0 where the window does not fit
 *     'same': size = ⌈n / stride⌉, before = ⌊total / 2⌋, after = total − before,
 *             total = max(0, (size − 1) · stride + reach + 1 − n)
 *
 * @since 0.1.0
 */
import type { AddN, DivN, MulN, SubN } from './arithmetic.ts'
import type { Dim, Open } from './dimension.ts'
import { unknownDim } from './dimension.ts'

// model

/**
 * What surrounds an axis: nothing (`'valid'`), so many zeros on each side, or as many as keep ⌈n / stride⌉ positions (`'same'`;
 * of an odd number of zeros the extra one comes after the axis, as in PyTorch and TensorFlow).
 *
 * @category model
 * @since 0.1.0
 */
export type Padding = 'valid' | 'same' | number

/**
 * The padding of one axis in numbers, before and after it.
 *
 * @category model
 * @since 0.1.0
 */
export type Pads = readonly [before: number, after: number]

// types

/**
 * How many positions a window of K has on an axis of N, with stride S, padding P and dilation D; 0 where it does not fit.
 *
 * K, S and D are positive whole numbers (`Whole`), P a whole number (`Natural`) or a word.
 *
 * @example
 * import type { Window } from 'gradfold/shape'
 * const sizes: [Window<28, 5, 1, 'valid'>, Window<28, 3, 2, 'same'>, Window<224, 7, 2, 3>] = [24, 14, 112]
 * @category window
 * @since 0.1.0
 */
export type Window<
  N extends Dim,
  K extends number,
  S extends number,
  P extends Padding,
  D extends number = 1
> = P extends 'same'
  ? S extends 1
    ? N
    : Open<N, S> extends true
      ? number
      : N extends number
        ? DivN<AddN<N, SubN<S, 1>>, S>
        : number
  : Open<K, S> extends true
    ? number
    : Open<D> extends true
      ? number
      : Positions<N, S, Around<P>, D extends 1 ? SubN<K, 1> : MulN<D, SubN<K, 1>>>
/** The zeros on both sides together. */
type Around<P extends Padding> = P extends number ? (Open<P> extends true ? number : MulN<2, P>) : 0
/** The last start of a window over the stride, and one more; R is the reach. */
type Positions<N extends Dim, S extends number, A extends number, R extends number> = number extends A
  ? number
  : A extends R
    ? S extends 1
      ? Open<N> extends true
        ? number
        : N
      : Starts<N, S, A, R>
    : Starts<N, S, A, R>
type Starts<N extends Dim, S extends number, A extends number, R extends number> =
  Open<N> extends true
    ? number
    : N extends number
      ? SubN<AddN<N, A>, R> extends infer L extends number
        ? L extends -1 | 0
          ? 0
          : S extends 1
            ? L
            : AddN<DivN<SubN<L, 1>, S>, 1>
        : never
      : number

// values

const reach = (kernel: number, dilation: number): number => dilation * (kernel - 1)

/**
 * How many positions a window has on an axis, 0 where it does not fit: the run-time twin of `Window`.
 *
 * @param n the size of the axis, or its name.
 * @param kernel the size of the window, whole, ≥ 1.
 * @param stride whole, ≥ 1.
 * @param padding `'valid'`, `'same'`, or zeros on each side, whole, ≥ 0.
 * @param dilation the distance of two taps, whole, ≥ 1. Default 1.
 * @example
 * import { window } from 'gradfold/shape'
 * window(28, 5, 1, 'valid') // 24
 * window('time', 3, 1, 'same') // 'time'
 * @category window
 * @since 0.1.0
 */
export function window(n: number, kernel: number, stride: number, padding: Padding, dilation?: number): number
export function window(n: Dim, kernel: number, stride: number, padding: Padding, dilation?: number): Dim
export function window(n: Dim, kernel: number, stride: number, padding: Padding, dilation = 1): Dim {
  if (padding === 'same') return stride === 1 ? n : typeof n === 'number' ? Math.ceil(n / stride) : unknownDim
  const spare = 2 * (padding === 'valid' ? 0 : padding) - reach(kernel, dilation)
  if (spare === 0 && stride === 1) return n
  return typeof n === 'number' ? Math.max(0, Math.floor((n + spare - 1) / stride) + 1) : unknownDim
}

/**
 * The zeros before and after an axis of known size.
 *
 * @param n the size of the axis, whole, ≥ 0; the rest as for `window`.
 * @returns [before, after]; of an odd number for `'same'` the extra one comes after.
 * @example
 * import { pads } from 'gradfold/shape'
 * pads(28, 4, 1, 'same') // [1, 2]
 * pads(28, 5, 1, 2) // [2, 2]
 * @category window
 * @since 0.1.0
 */
export const pads = (n: number, kernel: number, stride: number, padding: Padding, dilation = 1): Pads => {
  if (padding === 'valid') return [0, 0]
  if (padding !== 'same') return [padding, padding]
  const covered = (Math.ceil(n / stride) - 1) * stride + reach(kernel, dilation) + 1
  const total = Math.max(0, covered - n)
  const before = Math.floor(total / 2)
  return [before, total - before]
}
