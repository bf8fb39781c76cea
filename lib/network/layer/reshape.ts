/**
 * Reshape: the same elements of an example in another shape; one axis may be −1 and is then inferred.
 *
 * @since 0.1.0
 */
import { identity, pipe } from 'fp-ts/lib/function.js'
import * as Either from 'fp-ts/lib/Either.js'
import { finite, list, taggedRecord } from '../../codec/index.ts'
import {
  raise,
  reshape as reshapedTo,
  type Mutable,
  type Reshape,
  type ReshapeMessage,
  type Shape,
  type Sizes
} from '../../shape/index.ts'
import { batchOf, exampleOf, reshaped } from '../batch.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'

/**
 * The description of a reshaping to T.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReshapeTo<T extends Sizes> extends Spec {
  readonly tag: 'reshape'
  readonly shape: Readonly<T>
}

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly reshape: S extends ReshapeTo<infer T> ? { message: ReshapeMessage<O, T>; output: Reshape<O, T> } : never
  }
}

/**
 * The definition of reshape.
 *
 * @category definitions
 * @since 0.1.0
 */
export const reshapeDefinition = defineLayer<ReshapeTo<Sizes>>({
  tag: 'reshape',
  documentation: `Reshape: the same elements of an example, row-major, in another shape; one axis may be -1 and is then inferred.

Parameters: none. State: none.`,
  label: ({ shape }) => `reshape(${shape.join(', ')})`,
  rule: (spec, shape) => reshapedTo(shape, spec.shape),
  params: nothing,
  state: nothing,
  apply: stateless((spec, { x }) => {
    const sizes = pipe(reshapedTo(exampleOf(x), spec.shape), Either.match(raise, identity<Sizes>))
    return reshaped(x, [batchOf(x), ...sizes])
  }),
  codec: () => taggedRecord('reshape', { shape: list(finite) })
})

/**
 * Reshape: the same elements of an example, row-major, in another shape.
 *
 * @param shape whole sizes, of which one may be −1 and is then inferred.
 * @returns a layer.
 * @example
 * import { conv2d, input, network, reshape } from 'gradfold/network'
 * network(input(784), reshape(28, 28, -1), conv2d({ filters: 8, kernel: 5 }))
 * @category shape
 * @since 0.1.0
 */
export const reshape = <const T extends Sizes>(...shape: T): Layer<ReshapeTo<Mutable<T>>> =>
  layer(reshapeDefinition, { tag: 'reshape', shape })
