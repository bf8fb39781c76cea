/**
 * Pooling: one number for each window of images [batch, height, width, channels].
 *
 * @since 0.1.0
 */
import {
  bothAxes,
  pads2d,
  window2d,
  type AnySliding,
  type Dim,
  type First,
  type Fit,
  type Padding,
  type PerAxis,
  type Shape,
  type Sizes,
  type Sliding,
  type Window2d,
  type Window2dMessage
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { stretched } from '../build.ts'
import { checkKind, type Accepts } from '../kind.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import type { WindowParameters } from '../primitive/parameters.ts'
import { checkImages, type ImageMessage } from './image.ts'
import { filled, operator, orRaise } from './internal.ts'

// model

/**
 * How a pooling window slides; without a stride windows do not overlap.
 *
 * @category model
 * @since 0.1.0
 */
export interface PoolOptions<S extends PerAxis<number>, P extends PerAxis<Padding>, D extends PerAxis<number>> {
  readonly stride?: S
  readonly padding?: P
  readonly dilation?: D
}

/**
 * How an averaging window slides, and whether its average counts the zeros of the padding.
 *
 * @category model
 * @since 0.1.0
 */
export interface AverageOptions<
  S extends PerAxis<number>,
  P extends PerAxis<Padding>,
  D extends PerAxis<number>
> extends PoolOptions<S, P, D> {
  readonly countPadding?: boolean
}

/**
 * Pooling by a window W.
 *
 * @category model
 * @since 0.1.0
 */
export interface PoolBy<What extends string, W extends AnySliding> {
  <A extends Shape, T extends DType>(
    self: Fit<PoolMessage<A, W, What>, Expr<A, T>> & Accepts<What, 'float'>[T]
  ): Expr<Pooled<A, W>, T>
}

// types

type ImageOf<A extends Shape> = A extends readonly [Dim, infer H extends Dim, infer V extends Dim, infer C extends Dim]
  ? [H, V, C]
  : readonly Dim[]
type PoolMessage<A extends Shape, W extends AnySliding, What extends string> = First<
  ImageMessage<A, What>,
  Window2dMessage<ImageOf<A>, W, What>
>
type Pooled<A extends Shape, W extends AnySliding> = A extends readonly [infer B extends Dim, Dim, Dim, Dim]
  ? [B, ...Window2d<ImageOf<A>, W>]
  : [number, number, number, number]

// constructors

const parametersOf = (what: string, shape: Sizes, sliding: AnySliding): WindowParameters => {
  const [, ...image] = checkImages(what, shape)
  orRaise(window2d(image, sliding, undefined, what))
  return {
    size: bothAxes(sliding.kernel),
    stride: bothAxes(sliding.stride),
    padding: pads2d(image, sliding),
    dilation: bothAxes(sliding.dilation)
  }
}

const slidingOf = (
  size: PerAxis<number>,
  options: PoolOptions<PerAxis<number>, PerAxis<Padding>, PerAxis<number>>
): AnySliding => ({
  kernel: size,
  stride: options.stride ?? size,
  padding: options.padding ?? 'valid',
  dilation: options.dilation ?? 1
})

const pool = <What extends string, W extends AnySliding>(
  what: What,
  sliding: AnySliding,
  over: (self: Value, parameters: WindowParameters) => Value
): PoolBy<What, W> =>
  operator((self) => {
    checkKind(what, 'float', self)
    return over(self, parametersOf(what, self.shape, sliding))
  })

const windowSum = (self: Value, parameters: WindowParameters): Value => applyOne('windowSum', [self], parameters)

/** How many elements of each window lie inside the image. */
const insideCounts = (self: Value, parameters: WindowParameters, total: Value): Value => {
  const [, height = 0, width = 0] = self.shape
  const counts = windowSum(filled(1, { shape: [1, height, width, 1], dtype: self.dtype }, 'averagePool2d'), parameters)
  return stretched(counts, total.shape)
}

/**
 * The greatest element of each window; padding never wins, NaN always does.
 *
 * The derivative goes to the first greatest element of a window.
 *
 * @param size the window, whole, ≥ 1, or [height, width].
 * @param options.stride the distance of two windows, whole, ≥ 1, or [vertical, horizontal]. Default the size.
 * @param options.padding 'valid' (none), 'same', or so many on each side, whole, ≥ 0. Default 'valid'.
 * @param options.dilation the distance of two elements of a window, whole, ≥ 1. Default 1.
 * @param self [batch, height, width, channels], f32 or f64.
 * @returns [batch, positions, positions, channels].
 * @throws where the window is larger than the image.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { maxPool2d, ones } from 'gradfold/expr'
 * pipe(ones([32, 24, 24, 8]), maxPool2d(2)).shape // [32, 12, 12, 8]
 * @category pooling
 * @since 0.1.0
 */
export const maxPool2d = <
  const K extends PerAxis<number>,
  const S extends PerAxis<number> = K,
  const P extends PerAxis<Padding> = 'valid',
  const D extends PerAxis<number> = 1
>(
  size: K,
  options: PoolOptions<S, P, D> = {}
): PoolBy<'maxPool2d', Sliding<K, S, P, D>> =>
  pool('maxPool2d', slidingOf(size, options), (self, parameters) => applyOne('windowMax', [self], parameters))

/**
 * The sum of each window; padding counts as 0.
 *
 * @param size the window, whole, ≥ 1, or [height, width].
 * @param options.stride the distance of two windows, whole, ≥ 1, or [vertical, horizontal]. Default the size.
 * @param options.padding 'valid' (none), 'same', or so many on each side, whole, ≥ 0. Default 'valid'.
 * @param options.dilation the distance of two elements of a window, whole, ≥ 1. Default 1.
 * @param self [batch, height, width, channels], f32 or f64.
 * @returns [batch, positions, positions, channels].
 * @throws where the window is larger than the image.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, sumPool2d } from 'gradfold/expr'
 * pipe(ones([32, 24, 24, 8]), sumPool2d(3, { stride: 1 })).shape // [32, 22, 22, 8]
 * @category pooling
 * @since 0.1.0
 */
export const sumPool2d = <
  const K extends PerAxis<number>,
  const S extends PerAxis<number> = K,
  const P extends PerAxis<Padding> = 'valid',
  const D extends PerAxis<number> = 1
>(
  size: K,
  options: PoolOptions<S, P, D> = {}
): PoolBy<'sumPool2d', Sliding<K, S, P, D>> => pool('sumPool2d', slidingOf(size, options), windowSum)

/**
 * The mean of each window: its sum, and one division by its number of elements.
 *
 * @param size the window, whole, ≥ 1, or [height, width].
 * @param options.stride the distance of two windows, whole, ≥ 1, or [vertical, horizontal]. Default the size.
 * @param options.padding 'valid' (none), 'same', or so many on each side, whole, ≥ 0. Default 'valid'.
 * @param options.dilation the distance of two elements of a window, whole, ≥ 1. Default 1.
 * @param options.countPadding whether the zeros of the padding count in the mean, as in PyTorch and Flax; Keras and
 *   TensorFlow leave them out. Default true.
 * @param self [batch, height, width, channels], f32 or f64.
 * @returns [batch, positions, positions, channels].
 * @throws where the window is larger than the image.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { averagePool2d, ones } from 'gradfold/expr'
 * pipe(ones([32, 24, 24, 8]), averagePool2d([2, 3])).shape // [32, 12, 8, 8]
 * @category pooling
 * @since 0.1.0
 */
export const averagePool2d = <
  const K extends PerAxis<number>,
  const S extends PerAxis<number> = K,
  const P extends PerAxis<Padding> = 'valid',
  const D extends PerAxis<number> = 1
>(
  size: K,
  options: AverageOptions<S, P, D> = {}
): PoolBy<'averagePool2d', Sliding<K, S, P, D>> =>
  pool('averagePool2d', slidingOf(size, options), (self, parameters) => {
    const total = windowSum(self, parameters)
    const isPadded = parameters.padding.some(([before, after]) => before + after > 0)
    const count =
      isPadded && options.countPadding === false
        ? insideCounts(self, parameters, total)
        : filled(parameters.size[0] * parameters.size[1], total, 'averagePool2d')
    return applyOne('divide', [total, count], {})
  })
