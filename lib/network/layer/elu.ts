/**
 * Exponential linear unit: `y = x` where x > 0, else `alpha · (exp(x) − 1)`.
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
 * The description of an exponential linear unit.
 *
 * @category model
 * @since 0.1.0
 */
export interface Elu extends Spec {
  readonly tag: 'elu'
  readonly alpha: number
}

declare module '../rules.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly elu: { message: never; output: O }
  }
}

/**
 * The definition of the exponential linear unit.
 *
 * @category definitions
 * @since 0.1.0
 */
export const eluDefinition = defineLayer<Elu>({
  tag: 'elu',
  documentation: `Exponential linear unit: y = x where x > 0, else alpha · (exp(x) − 1).

Parameters: none. State: none.`,
  label: ({ alpha }) => `elu(${alpha})`,
  rule: (_, shape) => Either.right(shape),
  params: nothing,
  state: nothing,
  apply: stateless(({ alpha }, { x }) => pipe(x, Operators.elu(alpha))),
  codec: () => taggedRecord('elu', { alpha: optional(finite, 1) })
})

/**
 * Exponential linear unit.
 *
 *     y = x where x > 0, else alpha · (exp(x) − 1)
 *
 * @param alpha finite. Default 1.
 * @returns a layer that keeps the shape.
 * @see Clevert et al. 2015, arXiv 1511.07289
 * @example
 * import { dense, elu, input, network } from 'gradfold/network'
 * network(input(8), dense(4), elu())
 * @category activations
 * @since 0.1.0
 */
export const elu = (alpha = 1): Layer<Elu> =>
  layer(eluDefinition, { tag: 'elu', alpha: finiteSetting('elu', 'alpha', alpha) })
