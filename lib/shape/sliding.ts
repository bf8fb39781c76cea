/**
 * The settings of a window: its kernel, and how it slides over one axis or over the two of an image.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Natural, Whole } from './dimension.ts'
import { isNatural, isWhole } from './dimension.ts'
import type { Padding } from './window.ts'

// model

/**
 * A setting of a window over an image: the same for both axes, or [height, width].
 *
 * @category model
 * @since 0.1.0
 */
export type PerAxis<T> = T | readonly [height: T, width: T]

/**
 * A window: its kernel, and how it slides.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sliding<K, S, P, D> {
  readonly kernel: K
  readonly stride: S
  readonly padding: P
  readonly dilation: D
}

/**
 * A window over an image, its settings one for both axes or one each.
 *
 * @category model
 * @since 0.1.0
 */
export type AnySliding = Sliding<PerAxis<number>, PerAxis<number>, PerAxis<Padding>, PerAxis<number>>

// sentences

type NoCount<
  What extends string,
  Setting extends string,
  N extends string
> = `${What}: the ${Setting} has to be a positive whole number, got ${N}`
const noCount = <What extends string, Setting extends string, N extends string>(
  what: What,
  setting: Setting,
  n: N
): NoCount<What, Setting, N> => `${what}: the ${setting} has to be a positive whole number, got ${n}`

type NoPadding<
  What extends string,
  P extends string
> = `${What}: the padding has to be 'valid', 'same' or a whole number, got ${P}`
const noPadding = <What extends string, P extends string>(what: What, p: P): NoPadding<What, P> =>
  `${what}: the padding has to be 'valid', 'same' or a whole number, got ${p}`

// types

type Height<T> = T extends readonly [infer H, unknown] ? H : T
type Width<T> = T extends readonly [unknown, infer W] ? W : T
/**
 * The window as it slides along the height.
 *
 * @internal
 */
export type OnHeight<W> =
  W extends Sliding<infer K, infer S, infer P, infer D> ? Sliding<Height<K>, Height<S>, Height<P>, Height<D>> : never
/**
 * The window as it slides along the width.
 *
 * @internal
 */
export type OnWidth<W> =
  W extends Sliding<infer K, infer S, infer P, infer D> ? Sliding<Width<K>, Width<S>, Width<P>, Width<D>> : never

/**
 * The first setting that is no proper number, as a complaint; or `never`.
 *
 * @internal
 */
export type SettingMessage<W, What extends string> =
  W extends Sliding<infer K extends number, infer S extends number, infer P extends Padding, infer D extends number>
    ? Whole<K> extends false
      ? NoCount<What, 'kernel', `${K}`>
      : Whole<S> extends false
        ? NoCount<What, 'stride', `${S}`>
        : Whole<D> extends false
          ? NoCount<What, 'dilation', `${D}`>
          : P extends number
            ? Natural<P> extends false
              ? NoPadding<What, `${P}`>
              : never
            : never
    : never
// values

/**
 * A window as it slides along one axis.
 *
 * @category model
 * @since 0.1.0
 */
export type OneAxis = Sliding<number, number, Padding, number>
const isPair = <T>(setting: PerAxis<T>): setting is readonly [T, T] => Array.isArray(setting)
/**
 * The setting of each axis.
 *
 * @example
 * import { bothAxes } from 'gradfold/shape'
 * bothAxes(3) // [3, 3]
 * bothAxes([5, 3]) // [5, 3]
 *
 * @category destructors
 * @since 0.1.0
 */
export const bothAxes = <T>(setting: PerAxis<T>): readonly [height: T, width: T] =>
  isPair(setting) ? setting : [setting, setting]

/**
 * The window as it slides along the height (0) or the width (1): the run-time twin of `OnHeight` and `OnWidth`.
 *
 * @internal
 */
export const along = (sliding: AnySliding, axis: 0 | 1): OneAxis => ({
  kernel: bothAxes(sliding.kernel)[axis],
  stride: bothAxes(sliding.stride)[axis],
  padding: bothAxes(sliding.padding)[axis],
  dilation: bothAxes(sliding.dilation)[axis]
})
/**
 * The first setting that is no proper number, as a complaint: the run-time twin of `SettingMessage`.
 *
 * @internal
 */
export const settingComplaint = (
  { kernel, stride, padding, dilation }: OneAxis,
  what: string
): Either.Either<string, void> =>
  !isWhole(kernel)
    ? Either.left(noCount(what, 'kernel', `${kernel}`))
    : !isWhole(stride)
      ? Either.left(noCount(what, 'stride', `${stride}`))
      : !isWhole(dilation)
        ? Either.left(noCount(what, 'dilation', `${dilation}`))
        : typeof padding === 'number' && !isNatural(padding)
          ? Either.left(noPadding(what, `${padding}`))
          : Either.right(undefined)
