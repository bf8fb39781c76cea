/**
 * Dropout: in training each element is kept with probability 1 − rate and then scaled by 1 / (1 − rate).
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { fraction, taggedRecord } from '../../codec/index.ts'
import { divide, select, zerosLike } from '../../expr/index.ts'
import { bernoulli } from '../../random/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'

// model

/**
 * The description of a dropout with rate R.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dropout<R extends number> extends Spec {
  readonly tag: 'dropout'
  readonly rate: R
}

// sentences

type NoRate<R extends number> = `dropout: the rate has to be from 0 up to, but not including, 1, got ${R}`
const noRate = <R extends number>(rate: R): NoRate<R> =>
  `dropout: the rate has to be from 0 up to, but not including, 1, got ${rate}`

// rule

type IsRate<R extends number> = number extends R
  ? true
  : `${R}` extends `-${string}`
    ? false
    : `${R}` extends '0' | `0.${string}` | `${string}e-${string}`
      ? true
      : false

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly dropout: S extends Dropout<infer R>
      ? { message: IsRate<R> extends true ? never : NoRate<R>; output: O }
      : never
  }
}

// interpretation

/**
 * The definition of dropout.
 *
 * @category definitions
 * @since 0.1.0
 */
export const dropoutDefinition = defineLayer<Dropout<number>>({
  tag: 'dropout',
  documentation: `Inverted dropout: in training each element is kept with probability 1 − rate and then divided by it, else 0.
In evaluation the identity.

Parameters: none. State: none. In training it draws from the key with its path folded in.`,
  label: ({ rate }) => `dropout(${rate})`,
  rule: ({ rate }, shape) => (rate >= 0 && rate < 1 ? Either.right(shape) : Either.left(noRate(rate))),
  params: nothing,
  state: nothing,
  apply: stateless(({ rate }, { x, mode }) =>
    mode.tag === 'evaluate' || rate === 0
      ? x
      : pipe(
          bernoulli({ probability: 1 - rate, shape: x.shape })(mode.key()),
          select(pipe(x, divide(1 - rate)), zerosLike(x))
        )
  ),
  codec: () => taggedRecord('dropout', { rate: fraction })
})

// constructors

/**
 * Inverted dropout.
 *
 *     training:    y = x / (1 − rate) with probability 1 − rate, else 0; drawn for each element
 *     evaluation:  y = x
 *
 * The draw depends on the key of the mode and on the layer's path alone.
 *
 * @param rate the share that is dropped, 0 ≤ rate < 1.
 * @returns a layer that keeps the shape.
 * @see Srivastava et al. 2014, Dropout: a simple way to prevent neural networks from overfitting
 * @example
 * import { dense, dropout, input, network, relu } from 'gradfold/network'
 * network(input(784), dense(128), relu, dropout(0.5), dense(10))
 * @category layers
 * @since 0.1.0
 */
export const dropout = <const R extends number>(rate: R): Layer<Dropout<R>> =>
  layer(dropoutDefinition, { tag: 'dropout', rate })
