/**
 * Flatten: all axes of an example become one.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { taggedRecord } from '../../codec/index.ts'
import { product, size, type Product, type Shape } from '../../shape/index.ts'
import { batchOf, exampleOf, reshaped } from '../batch.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'

/**
 * The description of flatten.
 *
 * @category model
 * @since 0.1.0
 */
export interface Flatten extends Spec {
  readonly tag: 'flatten'
}

declare module '../rules.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly flatten: { message: never; output: [Product<O>] }
  }
}

/**
 * The definition of flatten.
 *
 * @category definitions
 * @since 0.1.0
 */
export const flattenDefinition = defineLayer<Flatten>({
  tag: 'flatten',
  documentation: `Flatten: all axes of an example become one, row-major; an image keeps the order height, width, channels.

Parameters: none. State: none.`,
  label: () => 'flatten',
  rule: (_, shape) => Either.right([product(shape)]),
  params: nothing,
  state: nothing,
  apply: stateless((_, { x }) => reshaped(x, [batchOf(x), size(exampleOf(x))])),
  codec: () => taggedRecord('flatten', {})
})

/**
 * Flatten: [28, 28, 3] becomes [2352], row-major.
 *
 * @example
 * import { dense, flatten, input, network } from 'gradfold/network'
 * network(input(28, 28, 1), flatten, dense(10))
 * @category shape
 * @since 0.1.0
 */
export const flatten: Layer<Flatten> = layer(flattenDefinition, { tag: 'flatten' })
