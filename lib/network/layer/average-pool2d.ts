/**
 * Average pooling: the mean of each window of an image, channel by channel.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { flag, optional, parseWith, record, taggedRecord } from '../../codec/index.ts'
import * as Operators from '../../expr/index.ts'
import { window2d, type First, type Last, type Shape, type Sliding, type Window2dMessage } from '../../shape/index.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'
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

/** What has a default, with its codec: for descriptions that are read and for options that are given. */
const settings = { padding: optional(paddings, 'valid'), countPadding: optional(flag, true) }

type AnyAveragePool2d = AveragePool2d<Counts, Counts, Paddings>

/**
 * The definition of averagePool2d.
 *
 * @category definitions
 * @since 0.1.0
 */
export const averagePool2dDefinition = defineLayer<AnyAveragePool2d>({
  tag: 'averagePool2d',
  documentation: `Average pooling: the mean of each window of an image [height, width, channels], channel by channel.

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
  codec: () => taggedRecord('averagePool2d', { window: counts, stride: counts, ...settings })
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
 * Average pooling, the mean of each window: [height, width, channels] becomes [positions, positions, channels].
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
 * @throws where an option is misspelt or is none.
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
  const fields = { stride: optional(counts, window), ...settings }
  const spec = { tag: 'averagePool2d', window, ...parseWith('averagePool2d', record('averagePool2d', fields))(options) }
  // where an option is absent its type parameter has the default
  return layer(averagePool2dDefinition, spec as unknown as AveragePool2d<K, S, P>)
}
