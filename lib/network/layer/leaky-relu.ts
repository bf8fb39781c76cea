/**
 * Leaky rectifier: `y = x` where x > 0, else `slope · x`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { finite, optional, taggedRecord } from '../../codec/index.ts'
import * as Operators from '../../expr/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'
import { finiteSetting } from '../setting.ts'

/**
 * The description of a leaky rectifier.
 *
 * @category model
 * @since 0.1.0
 */
export interface LeakyRelu extends Spec {
  readonly tag: 'leakyRelu'
  readonly slope: number
}

declare module '../rules.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly leakyRelu: { message: never; output: O }
  }
}

/**
 * The definition of the leaky rectifier.
 *
 * @category definitions
 * @since 0.1.0
 */
export const leakyReluDefinition = defineLayer<LeakyRelu>({
  tag: 'leakyRelu',
  documentation: `Leaky rectifier: y = x where x > 0, else slope · x.

Parameters: none. State: none.`,
  label: ({ slope }) => `leakyRelu(${slope})`,
  rule: (_, shape) => Either.right(shape),
  params: nothing,
  state: nothing,
  apply: stateless(({ slope }, { x }) => pipe(x, Operators.leakyRelu(slope))),
  codec: () => taggedRecord('leakyRelu', { slope: optional(finite, 0.01) })
})

/**
 * Leaky rectifier.
 *
 *     y = x where x > 0, else slope · x
 *
 * @param slope finite. Default 0.01, as in PyTorch and JAX (Keras: 0.3, older versions 0.2).
 * @returns a layer that keeps the shape.
 * @see Maas et al. 2013, Rectifier nonlinearities improve neural network acoustic models
 * @example
 * import { dense, input, leakyRelu, network } from 'gradfold/network'
 * network(input(8), dense(4), leakyRelu())
 * @category activations
 * @since 0.1.0
 */
export const leakyRelu = (slope = 0.01): Layer<LeakyRelu> =>
  layer(leakyReluDefinition, { tag: 'leakyRelu', slope: finiteSetting('leakyRelu', 'slope', slope) })
