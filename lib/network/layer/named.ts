/**
 * Named: a layer under a name of one's choice, which is its key in the trees of parameters and state.
 *
 * @since 0.1.0
 */
import { taggedRecord, text } from '../../codec/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLayer } from '../definition.ts'
import { applyLayer, inside, labelOf, planOf, ruleOf } from '../fold.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { CountAt, Inside, Message, Output, ParamsAt, Spec, StateAt } from '../rules.ts'

/**
 * The description of a layer S under the name K.
 *
 * @category model
 * @since 0.1.0
 */
export interface Named<K extends string, S extends Spec> extends Spec {
  readonly tag: 'named'
  readonly name: K
  readonly layer: S
}

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly named: S extends Named<infer K, infer L>
      ? {
          message: Inside<K, Message<L, O>>
          output: Output<L, O>
          params: ParamsAt<L, O>
          state: StateAt<L, O>
          count: CountAt<L, O>
        }
      : never
  }
}

/**
 * The definition of named.
 *
 * @category definitions
 * @since 0.1.0
 */
export const namedDefinition = defineLayer<Named<string, Spec>>({
  tag: 'named',
  documentation: `Named: a layer under a name of one's choice. An unnamed layer is called by its kind and a number: dense_0.

Parameters and state: those of the layer.`,
  label: (spec, within) => `named('${spec.name}', ${labelOf(within, spec.layer)})`,
  rule: (spec, shape, within) => inside(spec.name)(ruleOf(within, spec.layer, shape)),
  params: (spec, shape, within) => planOf('params', within, spec.layer, shape),
  state: (spec, shape, within) => planOf('state', within, spec.layer, shape),
  apply: (spec, context) => applyLayer(spec.layer, context),
  codec: (anyLayer) => taggedRecord('named', { name: text, layer: anyLayer })
})

/**
 * A layer under a name of one's choice: its key in the trees of parameters and state, and its part in random draws.
 *
 * Name what has to stay addressable: inserting a named layer changes neither the names nor the initial values of the
 * others.
 *
 * @param name a word; not an integer, not of the form of automatic names (`dense_0`), and only once on its level.
 * @param inner the layer.
 * @returns the layer under that name.
 * @example
 * import { dense, input, named, network, relu } from 'gradfold/network'
 * network(input(784), named('hidden', dense(128)), relu, named('logits', dense(10)))
 * @category combinators
 * @since 0.1.0
 */
export const named = <const K extends string, S extends Spec>(name: K, inner: Layer<S>): Layer<Named<K, S>> =>
  layer(namedDefinition, { tag: 'named', name, layer: inner.spec }, [inner])
