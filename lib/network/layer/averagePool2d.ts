/**
 * Mean of each window of images: the mean of each window, channel by channel.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { flag, optional, taggedRecord } from '../../codec/index.ts'
import * as Operators from '../../expr/index.ts'
import { window2d, type Last, type Shape, type Sliding, type Window2dMessage } from '../../shape/index.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { First, Spec } from '../rules.ts'
import {
  counts,
  optionsText,
  paddingRoom,
  paddings,
  settingText,
  sides,
  type Counts,
  type PaddingRoom,
  type Paddings,
  type Sides,
  type Slid
} from '../window.ts'

// model

/**
 * The description of averagePool2d with a window of K, stride S and padding P.
 *
 * @category model
 * @since 0.1.0
 */
export interface AveragePool2d<K extends Counts, S extends Counts, P extends Paddings> extends Spec {
  readonly tag: 'averagePool2d'
  readonly window: K
  readonly stride: S
  readonly padding: P
  /** whether padding counts in the divisor */
  readonly countPadding: boolean
}

// rule

type PoolMessage<O extends Shape, K extends Counts, W extends Sliding<K, Counts, Paddings, Counts>> = First<
  Window2dMessage<O, W, `averagePool2d(${Sides<K>})`>,
  PaddingRoom<K, W['padding'], `averagePool2d(${Sides<K>})`>
>

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly averagePool2d: S extends AveragePool2d<infer K, infer St, infer P>
      ? { message: PoolMessage<O, K, Sliding<K, St, P, 1>>; output: Slid<O, K, St, P, 1, Last<O>> }
      : never
  }
}

// interpretation

type AnyAveragePool2d = AveragePool2d<Counts, Counts, Paddings>

/**
 * The definition of averagePool2d.
 *
 * @category definitions
 * @since 0.1.0
 */
export const averagePool2dDefinition = defineLayer<AnyAveragePool2d>({
  tag: 'averagePool2d',
  documentation: `Mean of each window of images [height, width, channels]: the mean of each window, channel by channel.

Parameters: none. State: none.`,
  label: ({ window, stride, padding, countPadding }) => {
    const options = optionsText([
      ['stride', stride, window],
      ['padding', padding, 'valid'],
      ['countPadding', countPadding, true]
    ])
    return `averagePool2d(${settingText(window)}${options === '' ? '' : `, ${options}`})`
  },
  rule: ({ window, stride, padding }, shape) => {
    const where = `averagePool2d(${sides(window)})`
    return pipe(
      window2d(shape, { kernel: window, stride, padding, dilation: 1 }, undefined, where),
      Either.tap(() => paddingRoom(window, padding, where))
    )
  },
  params: nothing,
  state: nothing,
  apply: stateless(({ window, stride, padding, countPadding }, { x }) =>
    pipe(x, Operators.averagePool2d(window, { stride, padding, countPadding }))
  ),
  codec: () =>
    taggedRecord('averagePool2d', {
      window: counts,
      stride: counts,
      padding: optional(paddings, 'valid'),
      countPadding: optional(flag, true)
    })
})

// constructors

/**
 * What can be set of averagePool2d.
 *
 * @category model
 * @since 0.1.0
 */
export interface AveragePool2dOptions<S, P> {
  readonly stride?: S
  readonly padding?: P
  readonly countPadding?: boolean
}

/**
 * Mean of each window of images: [height, width, channels] becomes [positions, positions, channels].
 *
 *     y[i, j, c] = (1 / n) Σ over (u, v) of x[i·stride + u − before, …, c]
 *
 * Padding adds zeros. Every setting is one number for both axes, or [height, width].
 *
 * @param window the size of the window, whole, ≥ 1.
 * @param options.stride whole, ≥ 1. Default: the window's size.
 * @param options.padding `'valid'`, `'same'`, or so many places on each side, at most half of the window. Default `'valid'`.
 * @param options.countPadding whether the places on padding count in the divisor. Default true, as in PyTorch and Flax (Keras: false).
 * @returns a layer.
 * @example
 * import { conv2d, input, averagePool2d, network, relu } from 'gradfold/network'
 * network(input(28, 28, 1), conv2d({ filters: 8, kernel: 5 }), relu, averagePool2d(2))
 * @category layers
 * @since 0.1.0
 */
export const averagePool2d = <const K extends Counts, const S extends Counts = K, const P extends Paddings = 'valid'>(
  window: K,
  options: AveragePool2dOptions<S, P> = {}
): Layer<AveragePool2d<K, S, P>> => {
  const spec = {
    tag: 'averagePool2d',
    window,
    stride: options.stride ?? window,
    padding: options.padding ?? 'valid',
    countPadding: options.countPadding ?? true
  }
  // where an option is absent its type parameter has the default
  return layer(averagePool2dDefinition, spec as unknown as AveragePool2d<K, S, P>)
}
