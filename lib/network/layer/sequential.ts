/**
 * Sequential: layers one after the other, as one layer.
 *
 * @since 0.1.0
 */
import { list, taggedRecord } from '../../codec/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLayer } from '../definition.ts'
import { applyList, inside, labelsOf, planList, ruleList } from '../fold.ts'
import { layer, specsOf } from '../layers.ts'
import type { AnyLayer, Layer, Specs } from '../model.ts'
import type { CountList, FirstMessage, Inside, OrNull, ParamsList, Run, Spec, StateList } from '../rules.ts'

/**
 * The description of layers one after the other.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sequential<Ls extends readonly Spec[]> extends Spec {
  readonly tag: 'sequential'
  readonly layers: Readonly<Ls>
}

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly sequential: S extends Sequential<infer Ls>
      ? {
          message: Inside<'sequential', FirstMessage<O, Ls>>
          output: Run<O, Ls>
          params: OrNull<ParamsList<O, Ls>>
          state: OrNull<StateList<O, Ls>>
          count: CountList<O, Ls>
        }
      : never
  }
}

/**
 * The definition of sequential.
 *
 * @category definitions
 * @since 0.1.0
 */
export const sequentialDefinition = defineLayer<Sequential<readonly Spec[]>>({
  tag: 'sequential',
  documentation: `Sequential: layers one after the other, as one layer.

Parameters and state: those of the layers, by their names, counted anew inside.`,
  label: (spec, within) => `sequential(${labelsOf(within, spec.layers)})`,
  rule: (spec, shape, within) => inside('sequential')(ruleList(within, spec.layers, shape)),
  params: (spec, shape, within) => planList('params', within, spec.layers, shape),
  state: (spec, shape, within) => planList('state', within, spec.layers, shape),
  apply: (spec, context) => applyList(spec.layers, context),
  codec: (anyLayer) => taggedRecord('sequential', { layers: list(anyLayer) })
})

/**
 * Layers one after the other, as one layer: a block that can be repeated, named and nested.
 *
 * @param layers in order; none at all is the identity.
 * @returns a layer whose parameters are those of the layers, by their names, counted anew inside.
 * @example
 * import { conv2d, input, maxPool2d, network, relu, sequential } from 'gradfold/network'
 * const block = sequential(conv2d({ filters: 8, kernel: 3 }), relu, maxPool2d(2))
 * network(input(28, 28, 1), block, block)
 * @category combinators
 * @since 0.1.0
 */
export const sequential = <const Ls extends readonly AnyLayer[]>(...layers: Ls): Layer<Sequential<Specs<Ls>>> =>
  layer(sequentialDefinition, { tag: 'sequential', layers: specsOf(layers) }, layers)
