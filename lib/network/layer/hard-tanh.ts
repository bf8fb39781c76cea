/**
 * Hard tanh: x, kept between two bounds.
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
 * The description of a hard tanh.
 *
 * @category model
 * @since 0.1.0
 */
export interface HardTanh extends Spec {
  readonly tag: 'hardTanh'
  readonly low: number
  readonly high: number
}

declare module '../rules.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly hardTanh: { message: never; output: O }
  }
}

/**
 * The definition of hard tanh.
 *
 * @category definitions
 * @since 0.1.0
 */
export const hardTanhDefinition = defineLayer<HardTanh>({
  tag: 'hardTanh',
  documentation: `Hard tanh: x, kept between low and high.

Parameters: none. State: none.`,
  label: ({ low, high }) => `hardTanh(${low}, ${high})`,
  rule: ({ low, high }, shape) =>
    low < high ? Either.right(shape) : Either.left(`hardTanh: low has to be less than high, got ${low} and ${high}`),
  params: nothing,
  state: nothing,
  apply: stateless(({ low, high }, { x }) => pipe(x, Operators.hardTanh(low, high))),
  codec: () => taggedRecord('hardTanh', { low: optional(finite, -1), high: optional(finite, 1) })
})

/**
 * Hard tanh: the identity between two bounds, constant outside.
 *
 *     y = low where x ≤ low, high where x ≥ high, else x
 *
 * Its derivative at the bounds is 0.
 *
 * @param low finite. Default −1.
 * @param high finite, above `low`. Default 1.
 * @returns a layer that keeps the shape.
 * @example
 * import { dense, hardTanh, input, network } from 'gradfold/network'
 * network(input(8), dense(4), hardTanh())
 * @category activations
 * @since 0.1.0
 */
export const hardTanh = (low = -1, high = 1): Layer<HardTanh> => {
  const bounds = { low: finiteSetting('hardTanh', 'low', low), high: finiteSetting('hardTanh', 'high', high) }
  return layer(hardTanhDefinition, { tag: 'hardTanh', ...bounds })
}
