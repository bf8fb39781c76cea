/**
 * Convolution of images: a kernel slides over height and width and mixes the channels.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, flag, number, optional, parseWith, record, taggedRecord } from '../../codec/index.ts'
import * as Operators from '../../expr/index.ts'
import type { Expr } from '../../expr/index.ts'
import { glorotUniform, initialiserCodec, zeros, type Initialiser } from '../../random/index.ts'
import {
  bothAxes,
  isWhole,
  window2d,
  type Add,
  type First,
  type Last,
  type Mul,
  type Shape,
  type Sliding,
  type Whole,
  type Window2dMessage
} from '../../shape/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import { defineLayer, nothing, stateless, weight } from '../definition.ts'
import { lastOf, numericLast, type NumericLast } from '../last.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'
import {
  counts,
  optionsText,
  paddings,
  sides,
  type Counts,
  type HeightOf,
  type Paddings,
  type Sides,
  type Slid,
  type WidthOf
} from '../window.ts'

// model

interface Settings<
  F extends number,
  K extends Counts,
  S extends Counts,
  P extends Paddings,
  D extends Counts
> extends Spec {
  readonly tag: 'conv2d'
  readonly filters: F
  readonly kernel: K
  readonly stride: S
  readonly padding: P
  readonly dilation: D
  /** how the kernel begins */
  readonly kernelInitialiser: Initialiser
  /** how the bias begins */
  readonly biasInitialiser: Initialiser
}

/**
 * The description of a convolution with F filters, a kernel of K, stride S, padding P and dilation D.
 *
 * @category model
 * @since 0.1.0
 */
export interface Conv2d<
  F extends number,
  K extends Counts,
  S extends Counts,
  P extends Paddings,
  D extends Counts
> extends Settings<F, K, S, P, D> {
  readonly useBias: true
}

/**
 * The description of a convolution without bias.
 *
 * @category model
 * @since 0.1.0
 */
export interface Conv2dWithoutBias<
  F extends number,
  K extends Counts,
  S extends Counts,
  P extends Paddings,
  D extends Counts
> extends Settings<F, K, S, P, D> {
  readonly useBias: false
}

type AnyConv2d =
  Conv2d<number, Counts, Counts, Paddings, Counts> | Conv2dWithoutBias<number, Counts, Counts, Paddings, Counts>

// sentences

type NoCount<F extends number> = `conv2d: expected a positive whole number of filters, got ${F}`
const noCount = <F extends number>(filters: F): NoCount<F> =>
  `conv2d: expected a positive whole number of filters, got ${filters}`

// rule

type ConvMessage<
  O extends Shape,
  F extends number,
  K extends Counts,
  W extends Sliding<K, Counts, Paddings, Counts>
> = First<
  Whole<F> extends true ? never : NoCount<F>,
  First<Window2dMessage<O, W, `conv2d(${Sides<K>})`>, NumericLast<O, `conv2d(${Sides<K>})`>>
>
type Kernel<O extends Shape, F extends number, K extends Counts> = TypedSlot<
  [HeightOf<K> & number, WidthOf<K> & number, Last<O>, F]
>
type Taps<O extends Shape, K extends Counts> = Mul<Mul<HeightOf<K> & number, WidthOf<K> & number>, Last<O>>

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly conv2d: S extends Conv2d<infer F, infer K, infer St, infer P, infer D>
      ? {
          message: ConvMessage<O, F, K, Sliding<K, St, P, D>>
          output: Slid<O, K, St, P, D, F>
          params: { readonly kernel: Kernel<O, F, K>; readonly bias: TypedSlot<[F]> }
          count: Mul<Add<Taps<O, K>, 1>, F>
        }
      : S extends Conv2dWithoutBias<infer F, infer K, infer St, infer P, infer D>
        ? {
            message: ConvMessage<O, F, K, Sliding<K, St, P, D>>
            output: Slid<O, K, St, P, D, F>
            params: { readonly kernel: Kernel<O, F, K> }
            count: Mul<Taps<O, K>, F>
          }
        : never
  }
}

const rule = (spec: AnyConv2d, shape: Shape): Either.Either<string, Shape> => {
  const where = `conv2d(${sides(spec.kernel)})`
  return isWhole(spec.filters)
    ? pipe(
        window2d(shape, spec, spec.filters, where),
        Either.tap(() => numericLast(shape, where))
      )
    : Either.left(noCount(spec.filters))
}

// interpretation

/** What has a default, with its codec: for descriptions that are read and for options that are given. */
const settings = {
  stride: optional(counts, 1),
  padding: optional(paddings, 'valid'),
  dilation: optional(counts, 1),
  useBias: optional(flag, true),
  kernelInitialiser: optional(initialiserCodec, glorotUniform()),
  biasInitialiser: optional(initialiserCodec, zeros())
}

/**
 * The definition of the convolution of images.
 *
 * @category definitions
 * @since 0.1.0
 */
export const conv2dDefinition = defineLayer<AnyConv2d>({
  tag: 'conv2d',
  documentation: `Convolution of images [height, width, channels]; as in every library the kernel is not flipped.

Parameters: kernel [height, width, channels, filters]; bias [filters], unless useBias is false. State: none.`,
  label: ({ filters, kernel, stride, padding, dilation, useBias }) =>
    `conv2d(${optionsText([
      ['filters', filters, false],
      ['kernel', kernel, false],
      ['stride', stride, 1],
      ['padding', padding, 'valid'],
      ['dilation', dilation, 1],
      ['useBias', useBias, true]
    ])})`,
  rule,
  params: (spec, shape) => {
    const kernel = weight([...bothAxes(spec.kernel), lastOf(shape), spec.filters], spec.kernelInitialiser)
    return spec.useBias ? { kernel, bias: weight([spec.filters], spec.biasInitialiser) } : { kernel }
  },
  state: nothing,
  apply: stateless(({ stride, padding, dilation }, { params, x }) => {
    const { kernel, bias }: { readonly kernel: Expr<Shape>; readonly bias?: Expr<Shape> } = params
    const y = pipe(x, Operators.conv2d(kernel, { stride, padding, dilation }))
    return bias === undefined ? y : pipe(y, Operators.add(bias))
  }),
  codec: () => taggedRecord('conv2d', { filters: count, kernel: counts, ...settings })
})

// constructors

/**
 * What can be set of a convolution.
 *
 * @category model
 * @since 0.1.0
 */
export interface Conv2dOptions<F, K, S, P, D, B> {
  readonly filters: F
  readonly kernel: K
  readonly stride?: S
  readonly padding?: P
  readonly dilation?: D
  readonly useBias?: B
  readonly kernelInitialiser?: Initialiser
  readonly biasInitialiser?: Initialiser
}

/** The description for a choice of bias. */
type Conv2dOf<
  F extends number,
  K extends Counts,
  S extends Counts,
  P extends Paddings,
  D extends Counts,
  B extends boolean
> = B extends false ? Conv2dWithoutBias<F, K, S, P, D> : Conv2d<F, K, S, P, D>

/**
 * Convolution of images: [height, width, channels] becomes [positions, positions, filters].
 *
 *     y[i, j, f] = bias[f] + Σ over (u, v, c) of x[i·stride + u·dilation − before, …, c] · kernel[u, v, c, f]
 *
 * Every setting but `filters` is one number for both axes, or [height, width].
 *
 * Parameters: `{ kernel: [height, width, channels, filters], bias: [filters] }`. State: none.
 *
 * @param options.filters how many channels come out, whole, ≥ 1.
 * @param options.kernel the size of the window, whole, ≥ 1.
 * @param options.stride whole, ≥ 1. Default 1.
 * @param options.padding `'valid'` (none), `'same'` (⌈n / stride⌉ positions), or zeros on each side. Default `'valid'`.
 * @param options.dilation the distance of two taps, whole, ≥ 1. Default 1.
 * @param options.useBias whether there is a bias. Default true.
 * @param options.kernelInitialiser how the kernel begins. Default `glorotUniform()`, as in Keras.
 * @param options.biasInitialiser how the bias begins. Default `zeros()`.
 * @returns a layer.
 * @throws where an option is misspelt or is none.
 * @example
 * import { conv2d, input, network, relu } from 'gradfold/network'
 * network(input(28, 28, 1), conv2d({ filters: 8, kernel: 5, padding: 'same' }), relu)
 * @category layers
 * @since 0.1.0
 */
export const conv2d = <
  const F extends number,
  const K extends Counts,
  const S extends Counts = 1,
  const P extends Paddings = 'valid',
  const D extends Counts = 1,
  const B extends boolean = true
>(
  options: Conv2dOptions<F, K, S, P, D, B>
): Layer<Conv2dOf<F, K, S, P, D, B>> => {
  // whether numbers are whole and fit is the rule's to say, in the sentences of the compiler
  const set = parseWith('conv2d', record('conv2d', { filters: number, kernel: counts, ...settings }))(options)
  const spec = { tag: 'conv2d', ...set }
  // where an option is absent its type parameter has the default
  return layer(conv2dDefinition, spec as unknown as Conv2dOf<F, K, S, P, D, B>)
}
