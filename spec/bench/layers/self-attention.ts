/**
 * Multi-head self-attention, as a user of the public API writes it.
 *
 *     [q, k, v] = x · kernel + bias        y = concat over heads of softmax(q kᵀ / √d) v        out = y · outKernel + outBias
 *
 * @see Vaswani et al. 2017, Attention is all you need, arXiv 1706.03762
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, taggedRecord } from 'gradfold/codec'
import { add, matmul, multiply, reshape, slice, softmax, transpose, type Expr } from 'gradfold/expr'
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
import { glorotUniform, zeros } from 'gradfold/random'
import { show, type Dim, type First, type Last, type Mul, type Shape, type Show } from 'gradfold/shape'
import type { TypedSlot } from 'gradfold/tensor'

// model

export interface SelfAttention<H extends number> extends Spec {
  readonly tag: 'selfAttention'
  readonly heads: H
}

// sentences

type NoSequence<H extends number, O extends string> = `selfAttention(${H}): expected a sequence [time, n], got ${O}`
const noSequence = <H extends number, O extends string>(heads: H, shape: O): NoSequence<H, O> =>
  `selfAttention(${heads}): expected a sequence [time, n], got ${shape}`
const unequal = (heads: number, shape: string): string =>
  `selfAttention(${heads}): the last axis of ${shape} cannot be shared by ${heads} heads`

// rule

declare module 'gradfold/network' {
  interface Rules<S, O extends Shape> {
    readonly selfAttention: S extends SelfAttention<infer H>
      ? {
          message: First<
            O extends readonly [Dim, Dim] ? never : NoSequence<H, Show<O>>,
            NumericLast<O, `selfAttention(${H})`>
          >
          output: O
          params: {
            readonly kernel: TypedSlot<[Last<O>, Mul<3, Last<O>>]>
            readonly bias: TypedSlot<[Mul<3, Last<O>>]>
            readonly outKernel: TypedSlot<[Last<O>, Last<O>]>
            readonly outBias: TypedSlot<[Last<O>]>
          }
        }
      : never
  }
}

const rule = ({ heads }: SelfAttention<number>, shape: Shape): Either.Either<string, Shape> =>
  shape.length !== 2
    ? Either.left(noSequence(heads, show(shape)))
    : pipe(
        numericLast(shape, `selfAttention(${heads})`),
        Either.flatMap((n) => (n % heads === 0 ? Either.right(shape) : Either.left(unequal(heads, show(shape)))))
      )

// interpretation

interface Params {
  readonly kernel: Expr<Shape>
  readonly bias: Expr<Shape>
  readonly outKernel: Expr<Shape>
  readonly outBias: Expr<Shape>
}

const attend = (heads: number, { kernel, bias, outKernel, outBias }: Params, x: Expr<Shape>): Expr<Shape> => {
  const [batch = 0, time = 0, n = 0] = x.shape
  const width = n / heads
  const projected: Expr<Shape> = pipe(x, matmul(kernel), add(bias))
  /** Queries, keys or values: [batch, heads, time, width]. */
  const part = (i: number): Expr<Shape> =>
    pipe(
      projected,
      slice([0, 0, i * n], [batch, time, (i + 1) * n]),
      reshape(batch, time, heads, width),
      transpose(0, 2, 1, 3)
    )
  const scores: Expr<Shape> = pipe(
    part(0),
    matmul(pipe(part(1), transpose(0, 1, 3, 2))),
    multiply(1 / Math.sqrt(width)),
    softmax(-1)
  )
  return pipe(scores, matmul(part(2)), transpose(0, 2, 1, 3), reshape(batch, time, n), matmul(outKernel), add(outBias))
}

const selfAttentionDefinition = defineLayer<SelfAttention<number>>({
  tag: 'selfAttention',
  documentation: `Multi-head self-attention over a sequence.

Parameters: kernel [n, 3 n] of queries, keys and values; bias [3 n]; outKernel [n, n]; outBias [n]. State: none.`,
  label: ({ heads }) => `selfAttention(${heads})`,
  rule,
  params: (_, shape) => {
    const n = lastOf(shape)
    return {
      kernel: weight([n, 3 * n], glorotUniform()),
      bias: weight([3 * n], zeros()),
      outKernel: weight([n, n], glorotUniform()),
      outBias: weight([n], zeros())
    }
  },
  state: nothing,
  apply: stateless(({ heads }, { params, x }) => attend(heads, params, x)),
  codec: () => taggedRecord('selfAttention', { heads: count })
})

// constructors

/** Multi-head self-attention: [time, n] stays [time, n], which the heads share. */
export const selfAttention = <const H extends number>(heads: H): Layer<SelfAttention<H>> =>
  layer(selfAttentionDefinition, { tag: 'selfAttention', heads })
