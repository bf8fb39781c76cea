/**
 * Convolution over images [batch, height, width, channels].
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import {
  bothAxes,
  isWhole,
  pads2d,
  show,
  window2d,
  type AnySliding,
  type Dim,
  type Divides,
  type First,
  type Fit,
  type Mul,
  type Padding,
  type PerAxis,
  type Same,
  type Shape,
  type Show,
  type ShowDim,
  type Sizes,
  type Sliding,
  type Unranked,
  type Window2d,
  type Window2dMessage
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, checkSame, type Accepts, type DTypeMessage, type MeetDType } from '../kind.ts'
import { applyOne, type Expr } from '../node.ts'
import { checkImages, type ImageMessage } from './image.ts'
import { operator, orRaise } from './internal.ts'

// model

/**
 * How a convolution slides, and over how many groups of channels.
 *
 * @category model
 * @since 0.1.0
 */
export interface Conv2dOptions<
  S extends PerAxis<number>,
  P extends PerAxis<Padding>,
  D extends PerAxis<number>,
  G extends number
> {
  readonly stride?: S
  readonly padding?: P
  readonly dilation?: D
  readonly groups?: G
}

/**
 * The convolution with a kernel of shape K.
 *
 * @category model
 * @since 0.1.0
 */
export interface Conv2dBy<
  K extends Shape,
  U extends DType,
  S extends PerAxis<number>,
  P extends PerAxis<Padding>,
  D extends PerAxis<number>,
  G extends number
> {
  <A extends Shape, T extends DType>(
    self: Fit<Conv2dMessage<A, T, K, U, S, P, D, G>, Expr<A, T>> & Accepts<'conv2d', 'float'>[T]
  ): Expr<Convolved<A, K, S, P, D>, MeetDType<T, U>>
}

// types

/** The kernel of a convolution, read: its window, the channels it takes of each group, and its filters. */
type Taps<K extends Shape> = K extends readonly [infer H extends number, infer V extends number, Dim, Dim]
  ? [H, V]
  : [number, number]
type TakenOf<K extends Shape> = K extends readonly [Dim, Dim, infer C extends Dim, Dim] ? C : number
type FiltersOf<K extends Shape> = K extends readonly [Dim, Dim, Dim, infer F extends Dim] ? F : number
type ChannelsOf<A extends Shape> = A extends readonly [Dim, Dim, Dim, infer C extends Dim] ? C : number
type BatchOf<A extends Shape> = A extends readonly [infer B extends Dim, Dim, Dim, Dim] ? B : number
type ImageOf<A extends Shape> = A extends readonly [Dim, infer H extends Dim, infer V extends Dim, infer C extends Dim]
  ? [H, V, C]
  : readonly Dim[]

type Convolved<
  A extends Shape,
  K extends Shape,
  S extends PerAxis<number>,
  P extends PerAxis<Padding>,
  D extends PerAxis<number>
> = [BatchOf<A>, ...Window2d<ImageOf<A>, Sliding<Taps<K>, S, P, D>, FiltersOf<K>>]

type Conv2dMessage<
  A extends Shape,
  T extends DType,
  K extends Shape,
  U extends DType,
  S extends PerAxis<number>,
  P extends PerAxis<Padding>,
  D extends PerAxis<number>,
  G extends number
> = First<
  DTypeMessage<T, U, 'conv2d'>,
  First<
    First<ImageMessage<A, 'conv2d'>, KernelMessage<K>>,
    First<ChannelsMessage<A, K, G>, Window2dMessage<ImageOf<A>, Sliding<Taps<K>, S, P, D>, 'conv2d'>>
  >
>

type KernelMessage<K extends Shape> = K extends readonly [Dim, Dim, Dim, Dim]
  ? never
  : Unranked<K> extends true
    ? never
    : NoKernel<Show<K>>
type NoKernel<K extends string> = `conv2d: expected a kernel [height, width, channels / groups, filters], got ${K}`
const noKernel = <K extends string>(kernel: K): NoKernel<K> =>
  `conv2d: expected a kernel [height, width, channels / groups, filters], got ${kernel}`

type ChannelsDiffer<
  C extends string,
  G extends string,
  K extends string,
  A extends string
> = `conv2d: the kernel ${K} takes ${C} channels in each of ${G} groups, got ${A}`
const channelsDiffer = <C extends string, G extends string, K extends string, A extends string>(
  taken: C,
  groups: G,
  kernel: K,
  image: A
): ChannelsDiffer<C, G, K, A> =>
  `conv2d: the kernel ${kernel} takes ${taken} channels in each of ${groups} groups, got ${image}`
type FiltersDivide<F extends string, G extends string> = `conv2d: ${F} filters do not divide into ${G} groups`
const filtersDivide = <F extends string, G extends string>(filters: F, groups: G): FiltersDivide<F, G> =>
  `conv2d: ${filters} filters do not divide into ${groups} groups`
type ChannelsMessage<A extends Shape, K extends Shape, G extends number> =
  Same<Mul<TakenOf<K>, G>, ChannelsOf<A>> extends true
    ? Divides<G, FiltersOf<K>> extends true
      ? never
      : FiltersDivide<ShowDim<FiltersOf<K>>, `${G}`>
    : ChannelsDiffer<ShowDim<TakenOf<K>>, `${G}`, Show<K>, Show<A>>

// constructors

/** The sentence that a kernel does not fit, or nothing. */
const kernelFits = (image: Sizes, kernel: Sizes, groups: number): Either.Either<string, void> => {
  const [, , taken, filters] = kernel
  if (kernel.length !== 4 || taken === undefined || filters === undefined) return Either.left(noKernel(show(kernel)))
  if (!isWhole(groups)) return Either.left(`conv2d: the groups have to be a positive whole number, got ${groups}`)
  if (taken * groups !== image[3])
    return Either.left(channelsDiffer(`${taken}`, `${groups}`, show(kernel), show(image)))
  return filters % groups === 0 ? Either.right(undefined) : Either.left(filtersDivide(`${filters}`, `${groups}`))
}

/**
 * The convolution of images with a kernel (cross-correlation: the kernel is not turned round, as everywhere in machine
 * learning). Each element is summed in the pinned order (`numerics` of gradfold/engine).
 *
 *     y[b, i, j, f] = Σ x[b, i·s + p·d − pad, j·s + q·d − pad, c] · k[p, q, c, f]  over p, q, c
 *
 * @param kernel [height, width, channels / groups, filters], of the same element type.
 * @param options.stride the distance of two windows, whole, ≥ 1, or [vertical, horizontal]. Default 1.
 * @param options.padding 'valid' (none), 'same' (so that stride 1 keeps the size; an odd zero goes behind), or so many
 *   zeros on each side, whole, ≥ 0; or [vertical, horizontal]. Default 'valid'.
 * @param options.dilation the distance of two taps, whole, ≥ 1, or [vertical, horizontal]. Default 1.
 * @param options.groups channels and filters are split into so many groups, each seen by its own filters. Default 1.
 * @param self [batch, height, width, channels], f32 or f64.
 * @returns [batch, positions, positions, filters].
 * @throws where the window is larger than the image, or the channels do not fit.
 * @see Dumoulin & Visin 2016, arXiv 1603.07285
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { conv2d, ones } from 'gradfold/expr'
 * const kernel = ones([5, 5, 1, 8])
 * pipe(ones([32, 28, 28, 1]), conv2d(kernel)).shape // [32, 24, 24, 8]
 * pipe(ones([32, 28, 28, 1]), conv2d(kernel, { stride: 2, padding: 'same' })).shape // [32, 14, 14, 8]
 * @category convolution
 * @since 0.1.0
 */
export const conv2d = <
  K extends Shape,
  U extends DType,
  const S extends PerAxis<number> = 1,
  const P extends PerAxis<Padding> = 'valid',
  const D extends PerAxis<number> = 1,
  const G extends number = 1
>(
  kernel: Expr<K, U>,
  options: Conv2dOptions<S, P, D, G> = {}
): Conv2dBy<K, U, S, P, D, G> =>
  operator((self) => {
    checkSame('conv2d', self, kernel)
    checkKind('conv2d', 'float', self)
    const groups = options.groups ?? 1
    const [, ...image] = checkImages('conv2d', self.shape)
    const [height = 0, width = 0, , filters] = kernel.shape
    orRaise(kernelFits(self.shape, kernel.shape, groups))
    const sliding: AnySliding = {
      kernel: [height, width],
      stride: options.stride ?? 1,
      padding: options.padding ?? 'valid',
      dilation: options.dilation ?? 1
    }
    orRaise(window2d(image, sliding, filters, 'conv2d'))
    return applyOne('convolution', [self, kernel], {
      stride: bothAxes(sliding.stride),
      padding: pads2d(image, sliding),
      dilation: bothAxes(sliding.dilation),
      groups
    })
  })
