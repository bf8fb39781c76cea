/**
 * Windows over sequences [time, channels] and images [height, width, channels]: the shape rule of convolution and pooling.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Dim, Shape, Sizes } from './dimension.ts'
import type { First } from './fit.ts'
import type { Unranked } from './shape.ts'
import type { Show } from './show.ts'
import { show } from './show.ts'
import type { AnySliding, OneAxis, OnHeight, OnWidth, SettingMessage, Sliding } from './sliding.ts'
import { along, settingComplaint } from './sliding.ts'
import type { Padding, Pads, Window } from './window.ts'
import { pads, window } from './window.ts'

// sentences

type NoImage<What extends string, Layout extends string, S extends string> = `${What}: expected ${Layout}, got ${S}`
const noImage = <What extends string, Layout extends string, S extends string>(
  what: What,
  layout: Layout,
  s: S
): NoImage<What, Layout, S> => `${what}: expected ${layout}, got ${s}`

type TooLarge<What extends string, S extends string> = `${What}: the window is larger than the input ${S}`
const tooLarge = <What extends string, S extends string>(what: What, s: S): TooLarge<What, S> =>
  `${what}: the window is larger than the input ${s}`

const sequence = '[time, channels]'
const image = '[height, width, channels]'

// types

type Slid<N extends Dim, W extends Sliding<unknown, unknown, unknown, unknown>> =
  W extends Sliding<infer K extends number, infer S extends number, infer P extends Padding, infer D extends number>
    ? Window<N, K, S, P, D>
    : number
/** Whether one of the sizes is known to be 0; `0 extends number` must not count. */
type AnyZero<S extends Shape> = S extends readonly [infer H, ...infer T extends Shape]
  ? H extends 0
    ? true
    : AnyZero<T>
  : false
/**
 * The shape of a window W over a sequence [time, channels], with C channels after it; or `never`.
 *
 * @category window
 * @since 0.1.0
 */
export type Window1d<
  O extends Shape,
  W extends Sliding<number, number, Padding, number>,
  C extends Dim = ChannelsOf<O>
> = [Window1dMessage<O, W>] extends [never]
  ? O extends readonly [infer T extends Dim, Dim]
    ? [Slid<T, W>, C]
    : [number, C]
  : never

/**
 * The complaint that W cannot slide over a sequence, or `never`.
 *
 * @category window
 * @since 0.1.0
 */
export type Window1dMessage<
  O extends Shape,
  W extends Sliding<number, number, Padding, number>,
  What extends string = 'window'
> = First<
  SettingMessage<W, What>,
  O extends readonly [infer T extends Dim, Dim]
    ? AnyZero<[Slid<T, W>]> extends true
      ? TooLarge<What, Show<O>>
      : never
    : Unranked<O> extends true
      ? never
      : NoImage<What, typeof sequence, Show<O>>
>

/**
 * The shape of a window W over an image [height, width, channels], with C channels after it (by default those before it); or
 * `never`.
 *
 * @example
 * import type { Sliding, Window2d } from 'gradfold/shape'
 * const conv: Window2d<[28, 28, 1], Sliding<5, 1, 'valid', 1>, 8> = [24, 24, 8]
 * const wide: Window2d<[28, 28, 8], Sliding<[2, 4], [2, 4], 'valid', 1>> = [14, 7, 8]
 * @category window
 * @since 0.1.0
 */
export type Window2d<O extends Shape, W extends AnySliding, C extends Dim = ChannelsOf<O>> = [
  Window2dMessage<O, W>
] extends [never]
  ? O extends readonly [infer H extends Dim, infer V extends Dim, Dim]
    ? [Slid<H, OnHeight<W>>, Slid<V, OnWidth<W>>, C]
    : [number, number, C]
  : never

/**
 * The complaint that W cannot slide over an image, or `never`.
 *
 * @category window
 * @since 0.1.0
 */
export type Window2dMessage<O extends Shape, W extends AnySliding, What extends string = 'window'> = First<
  First<SettingMessage<OnHeight<W>, What>, SettingMessage<OnWidth<W>, What>>,
  O extends readonly [infer H extends Dim, infer V extends Dim, Dim]
    ? AnyZero<[Slid<H, OnHeight<W>>, Slid<V, OnWidth<W>>]> extends true
      ? TooLarge<What, Show<O>>
      : never
    : Unranked<O> extends true
      ? never
      : NoImage<What, typeof image, Show<O>>
>
type ChannelsOf<O extends Shape> = O extends readonly [...Shape, infer C extends Dim] ? C : number

// values

/** Slides one window along each axis but the last; the last is replaced by `channels` if given. */
const slideAll = (
  shape: Shape,
  layout: string,
  windows: readonly OneAxis[],
  channels: Dim | undefined,
  what: string
): Either.Either<string, Shape> =>
  pipe(
    windows,
    Either.traverseArray((axis) => settingComplaint(axis, what)),
    Either.flatMap(() => {
      const kept = channels ?? shape[shape.length - 1]
      if (shape.length !== windows.length + 1 || kept === undefined)
        return Either.left(noImage(what, layout, show(shape)))
      const slid = windows.map(({ kernel, stride, padding, dilation }, axis) =>
        window(shape[axis] ?? 0, kernel, stride, padding, dilation)
      )
      return slid.includes(0) ? Either.left(tooLarge(what, show(shape))) : Either.right([...slid, kept])
    })
  )

/**
 * The shape of a window over a sequence [time, channels]: the run-time twin of `Window1d` and `Window1dMessage`.
 *
 * @param shape [time, channels]
 * @param sliding kernel, stride and dilation whole, ≥ 1; padding a word or whole, ≥ 0.
 * @param channels the channels after the window, as of a convolution; default: those before it, as of pooling.
 * @param what who asks, the first word of the complaint.
 * @returns [positions, channels]
 * @example
 * import { window1d } from 'gradfold/shape'
 * window1d(['time', 8], { kernel: 3, stride: 1, padding: 'same', dilation: 1 }, 16) // right(['time', 16])
 * @category window
 * @since 0.1.0
 */
export function window1d(shape: Sizes, sliding: OneAxis, channels?: number, what?: string): Either.Either<string, Sizes>
export function window1d(shape: Shape, sliding: OneAxis, channels?: Dim, what?: string): Either.Either<string, Shape>
export function window1d(
  shape: Shape,
  sliding: OneAxis,
  channels?: Dim,
  what = 'window'
): Either.Either<string, Shape> {
  return slideAll(shape, sequence, [sliding], channels, what)
}

/**
 * The shape of a window over an image [height, width, channels]: the run-time twin of `Window2d` and `Window2dMessage`.
 *
 * @param shape [height, width, channels]
 * @param sliding kernel, stride and dilation whole, ≥ 1; padding a word or whole, ≥ 0; each for both axes, or [height, width].
 * @param channels the channels after the window, as of a convolution; default: those before it, as of pooling.
 * @param what who asks, the first word of the complaint.
 * @returns [positions, positions, channels]
 * @example
 * import { window2d } from 'gradfold/shape'
 * window2d([28, 28, 1], { kernel: 5, stride: 1, padding: 'valid', dilation: 1 }, 8) // right([24, 24, 8])
 * @category window
 * @since 0.1.0
 */
export function window2d(
  shape: Sizes,
  sliding: AnySliding,
  channels?: number,
  what?: string
): Either.Either<string, Sizes>
export function window2d(shape: Shape, sliding: AnySliding, channels?: Dim, what?: string): Either.Either<string, Shape>
export function window2d(
  shape: Shape,
  sliding: AnySliding,
  channels?: Dim,
  what = 'window'
): Either.Either<string, Shape> {
  return slideAll(shape, image, [along(sliding, 0), along(sliding, 1)], channels, what)
}

/**
 * The zeros before and after the two axes of an image [height, width, channels] of known sizes.
 *
 * @example
 * import { pads2d } from 'gradfold/shape'
 * pads2d([28, 28, 1], { kernel: [3, 4], stride: 1, padding: 'same', dilation: 1 }) // [[1, 1], [1, 2]]
 * @category window
 * @since 0.1.0
 */
export const pads2d = (shape: Sizes, sliding: AnySliding): readonly [height: Pads, width: Pads] => {
  const around = (axis: 0 | 1): Pads => {
    const { kernel, stride, padding, dilation } = along(sliding, axis)
    return pads(shape[axis] ?? 0, kernel, stride, padding, dilation)
  }
  return [around(0), around(1)]
}
