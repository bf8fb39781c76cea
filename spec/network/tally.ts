/**
 * A layer with state, of a user's own: it counts the batches it has seen and keeps their mean.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { taggedRecord } from '../../lib/codec/index.ts'
import { pipe } from 'fp-ts/lib/function.js'
import { add, mean, multiply, subtract } from '../../lib/expr/index.ts'
import { defineLayer, layer, nothing, sizesOf, weight, type Layer, type Spec } from '../../lib/network/index.ts'
import { zeros } from '../../lib/random/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import type { TypedSlot } from '../../lib/tensor/index.ts'

export interface Tally extends Spec {
  readonly tag: 'tally'
}

declare module '../../lib/network/index.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly tally: {
      message: never
      output: O
      state: { readonly batches: TypedSlot<[], 'i32'>; readonly mean: TypedSlot<O> }
    }
  }
}

export const tallyDefinition = defineLayer<Tally>({
  tag: 'tally',
  documentation: 'Counts the batches it has seen and moves its mean a tenth of the way to that of the batch.',
  label: () => 'tally',
  rule: (_, shape) => Either.right(shape),
  params: nothing,
  state: (_, shape) => ({ batches: weight([], zeros(), 'i32'), mean: weight(sizesOf(shape), zeros()) }),
  apply: (_, { x, state, mode }) => {
    if (mode.tag === 'evaluate') return [x, state]
    const towards = pipe(x, mean(0), subtract(state.mean), multiply(0.1))
    return [x, { batches: pipe(state.batches, add(1)), mean: pipe(state.mean, add(towards)) }]
  },
  codec: () => taggedRecord('tally', {})
})

export const tally: Layer<Tally> = layer(tallyDefinition, { tag: 'tally' })
