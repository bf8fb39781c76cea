/**
 * Layer normalisation over the last axis, as a user of the public API writes it.
 *
 *     y = (x − μ) / √(σ² + ε) · scale + shift
 *
 * @see Ba, Kiros & Hinton 2016, Layer normalization, arXiv 1607.06450
 */
import { pipe } from 'fp-ts/lib/function.js'
import { taggedRecord } from 'gradfold/codec'
import { add, mean, multiply, rsqrt, square, subtract, type Expr } from 'gradfold/expr'
import {
  defineLayer,
  lastOf,
  layer,
  nothing,
  numericLast,
  stateless,
  weight,
  type Layer,
  type NumericLast,
  type Spec
} from 'gradfold/network'
import { ones, zeros } from 'gradfold/random'
import type { Last, Shape } from 'gradfold/shape'
import type { TypedSlot } from 'gradfold/tensor'
import * as Either from 'fp-ts/lib/Either.js'

export interface LayerNorm extends Spec {
  readonly tag: 'layerNorm'
}

declare module 'gradfold/network' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly layerNorm: {
      message: NumericLast<O, 'layerNorm'>
      output: O
      params: { readonly scale: TypedSlot<[Last<O>]>; readonly shift: TypedSlot<[Last<O>]> }
    }
  }
}

/** ε, as in PyTorch. */
const epsilon = 1e-5

const layerNormDefinition = defineLayer<LayerNorm>({
  tag: 'layerNorm',
  documentation: 'Layer normalisation over the last axis. Parameters: scale [n], shift [n]. State: none.',
  label: () => 'layerNorm',
  rule: (_, shape) =>
    pipe(
      numericLast(shape, 'layerNorm'),
      Either.map(() => shape)
    ),
  params: (_, shape) => ({ scale: weight([lastOf(shape)], ones()), shift: weight([lastOf(shape)], zeros()) }),
  state: nothing,
  apply: stateless((_, { params, x }) => {
    const { scale, shift }: { readonly scale: Expr<Shape>; readonly shift: Expr<Shape> } = params
    const centred: Expr<Shape> = pipe(x, subtract(pipe(x, mean(-1, { keep: true }))))
    const variance: Expr<Shape> = pipe(centred, square, mean(-1, { keep: true }))
    return pipe(centred, multiply(pipe(variance, add(epsilon), rsqrt)), multiply(scale), add(shift))
  }),
  codec: () => taggedRecord('layerNorm', {})
})

/** Layer normalisation over the last axis. */
export const layerNorm: Layer<LayerNorm> = layer(layerNormDefinition, { tag: 'layerNorm' })
