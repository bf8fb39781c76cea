/**
 * A layer of a user's own, in the user's own file: the gated linear unit halves the last axis.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { taggedRecord } from '../../lib/codec/index.ts'
import { pipe } from 'fp-ts/lib/function.js'
import { multiply, sigmoid, slice } from '../../lib/expr/index.ts'
import { defineLayer, layer, nothing, stateless, type Layer, type Spec } from '../../lib/network/index.ts'
import { show, type Dim, type Div, type Divides, type Shape, type Show } from '../../lib/shape/index.ts'

export interface Glu extends Spec {
  readonly tag: 'glu'
}

type Odd<O extends string> = `glu: the last axis of ${O} is odd`
const odd = <O extends string>(shape: O): Odd<O> => `glu: the last axis of ${shape} is odd`

type Halved<O extends Shape> = O extends readonly [...infer I extends Shape, infer L extends Dim]
  ? [...I, Div<L, 2>]
  : O

declare module '../../lib/network/index.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an open interface names its parameters
  interface Rules<S, O extends Shape> {
    readonly glu: {
      message: O extends readonly [...Shape, infer L extends Dim]
        ? Divides<2, L> extends true
          ? never
          : Odd<Show<O>>
        : never
      output: Halved<O>
    }
  }
}

export const gluDefinition = defineLayer<Glu>({
  tag: 'glu',
  documentation: 'Gated linear unit: the first half of the last axis times the sigmoid of the second half.',
  label: () => 'glu',
  rule: (_, shape) => {
    const last = shape[shape.length - 1]
    return typeof last === 'number' && last % 2 === 0
      ? Either.right([...shape.slice(0, -1), last / 2])
      : Either.left(odd(show(shape)))
  },
  params: nothing,
  state: nothing,
  apply: stateless((_, { x }) => {
    const half = (x.shape[x.shape.length - 1] ?? 0) / 2
    const zeros = x.shape.map(() => 0)
    const front = [...x.shape.slice(0, -1), half]
    const behind = [...zeros.slice(0, -1), half]
    return pipe(x, slice(zeros, front), multiply(pipe(x, slice(behind, x.shape), sigmoid)))
  }),
  codec: () => taggedRecord('glu', {})
})

export const glu: Layer<Glu> = layer(gluDefinition, { tag: 'glu' })
