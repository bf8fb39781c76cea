/**
 * Max pooling: the greatest element of each window of an image, channel by channel.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { optional, parseWith, record, taggedRecord } from '../../codec/index.ts'
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
 * The description of maxPool2d with a window of K, stride S, padding P and dilation D.
 *
 * @category model
 * @since 0.1.0
 */
export interface MaxPool2d<K extends Counts, S extends Counts, P extends Paddings, D extends Counts> extends Spec {
  readonly tag: 'maxPool2d'
  readonly window: K
  readonly stride: S
  readonly padding: P
  readonly dilation: D
}

// rule

type PoolMessage<O extends Shape, K extends Counts, W extends Sliding<K, Counts, Paddings, Counts>> = First<
  Window2dMessage<O, W, `maxPool2d(${Sides<K>})`>,
  PaddingRoom<K, W['padding'], `maxPool2d(${Sides<K>})`>
>

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly maxPool2d: S extends MaxPool2d<infer K, infer St, infer P, infer D>
      ? { message: PoolMessage<O, K, Sliding<K, St, P, D>>; output: Slid<O, K, St, P, D, Last<O>> }
      : never
  }
}

// interpretation

/** What has a default, with its codec: for descriptions that are read and for options that are given. */
const settings = { padding: optional(paddings, 'valid'), dilation: optional(counts, 1) }

type AnyMaxPool2d = MaxPool2d<Counts, Counts, Paddings, Counts>

/**
 * The definition of maxPool2d.
 *
 * @category definitions
 * @since 0.1.0
 */
export const maxPool2dDefinition = defineLayer<AnyMaxPool2d>({
  tag: 'maxPool2d',
  documentation: `Max pooling: the greatest element of each window of an image [height, width, channels], channel by channel.

Parameters: none. State: none.`,
  label: ({ window, stride, padding, dilation }) => {
    const options = optionsText([
      ['stride', stride, window],
      ['padding', padding, 'valid'],
      ['dilation', dilation, 1]
    ])
    return `maxPool2d(${settingText(window)}${options === '' ? '' : `, ${options}`})`
  },
  rule: ({ window, stride, padding, dilation }, shape) => {
    const where = `maxPool2d(${sides(window)})`
    return pipe(
      window2d(shape, { kernel: window, stride, padding, dilation }, undefined, where),
      Either.tap(() => paddingRoom(window, padding, where))
    )
  },
  params: nothing,
  state: nothing,
  apply: stateless(({ window, stride, padding, dilation }, { x }) =>
    pipe(x, Operators.maxPool2d(window, { stride, padding, dilation }))
  ),
  codec: () => taggedRecord('maxPool2d', { window: counts, stride: counts, ...settings })
})

// constructors

/**
 * What can be set of maxPool2d.
 *
 * @category model
 * @since 0.1.0
 */
export interface MaxPool2dOptions<S, P, D> {
  readonly stride?: S
  readonly padding?: P
  readonly dilation?: D
}

/**
 * Max pooling, the greatest element of each window: [height, width, channels] becomes [positions, positions, channels].
 *
 *     y[i, j, c] = max over (u, v) of x[i·stride + u·dilation − before, …, c]
 *
 * Padding never wins. Of equal elements the gradient goes to the first. Every setting is one number for both axes, or [height, width].
 *
 * @param window the size of the window, whole, ≥ 1.
 * @param options.stride whole, ≥ 1. Default: the window's size.
 * @param options.padding `'valid'`, `'same'`, or so many places on each side, at most half of the window. Default `'valid'`.
 * @param options.dilation the distance of two places of the window, whole, ≥ 1. Default 1.
 * @returns a layer.
 * @throws where an option is misspelt or is none.
 * @example
 * import { conv2d, input, maxPool2d, network, relu } from 'gradfold/network'
 * network(input(28, 28, 1), conv2d({ filters: 8, kernel: 5 }), relu, maxPool2d(2))
 * @category layers
 * @since 0.1.0
 */
export const maxPool2d = <
  const K extends Counts,
  const S extends Counts = K,
  const P extends Paddings = 'valid',
  const D extends Counts = 1
>(
  window: K,
  options: MaxPool2dOptions<S, P, D> = {}
): Layer<MaxPool2d<K, S, P, D>> => {
  const set = parseWith('maxPool2d', record('maxPool2d', { stride: optional(counts, window), ...settings }))(options)
  const spec = { tag: 'maxPool2d', window, ...set }
  // where an option is absent its type parameter has the default
  return layer(maxPool2dDefinition, spec as unknown as MaxPool2d<K, S, P, D>)
}
