/**
 * Long short-term memory, as a user of the public API writes it: one expression for a step, `scan` for the sequence.
 *
 *     [i, f, g, o] = x · kernel + h · recurrent + bias
 *     c ← σ(f) c + σ(i) tanh(g)        h ← σ(o) tanh(c)
 *
 * @see Hochreiter & Schmidhuber 1997, Long short-term memory; gates in the order of PyTorch
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, taggedRecord } from 'gradfold/codec'
import { add, matmul, multiply, scan, sigmoid, slice, tanh, transpose, zeros, type Expr } from 'gradfold/expr'
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
import * as Random from 'gradfold/random'
import { show, type Dim, type First, type Last, type Mul, type Shape, type Show } from 'gradfold/shape'
import type { TypedSlot } from 'gradfold/tensor'

// model

export interface Lstm<U extends number> extends Spec {
  readonly tag: 'lstm'
  readonly units: U
}

// sentences

type NoSequence<U extends number, O extends string> = `lstm(${U}): expected a sequence [time, n], got ${O}`
const noSequence = <U extends number, O extends string>(units: U, shape: O): NoSequence<U, O> =>
  `lstm(${units}): expected a sequence [time, n], got ${shape}`

// rule

declare module 'gradfold/network' {
  interface Rules<S, O extends Shape> {
    readonly lstm: S extends Lstm<infer U>
      ? {
          message: First<O extends readonly [Dim, Dim] ? never : NoSequence<U, Show<O>>, NumericLast<O, `lstm(${U})`>>
          output: O extends readonly [infer T extends Dim, Dim] ? [T, U] : Shape
          params: {
            readonly kernel: TypedSlot<[Last<O>, Mul<4, U>]>
            readonly recurrent: TypedSlot<[U, Mul<4, U>]>
            readonly bias: TypedSlot<[Mul<4, U>]>
          }
        }
      : never
  }
}

// interpretation

export interface LstmParams {
  readonly kernel: Expr<Shape>
  readonly recurrent: Expr<Shape>
  readonly bias: Expr<Shape>
}

export interface LstmState {
  readonly h: Expr<Shape>
  readonly c: Expr<Shape>
}

/** One of the four parts of the columns of a matrix. */
const quarter = (x: Expr<Shape>, part: number): Expr<Shape> => {
  const [rows = 0, columns = 0] = x.shape
  const width = columns / 4
  return pipe(x, slice([0, part * width], [rows, (part + 1) * width]))
}

/** The state after one element, of whose gates the share of the input is given: [batch, 4 units]. */
const step = ({ h, c }: LstmState, ofInput: Expr<Shape>, recurrent: Expr<Shape>): LstmState => {
  const gates = pipe(h, matmul(recurrent), add(ofInput))
  const input = sigmoid(quarter(gates, 0))
  const forget = sigmoid(quarter(gates, 1))
  const candidate = tanh(quarter(gates, 2))
  const output = sigmoid(quarter(gates, 3))
  const memory = pipe(forget, multiply(c), add(pipe(input, multiply(candidate))))
  return { h: pipe(output, multiply(tanh(memory))), c: memory }
}

/** The last state and all outputs [batch, time, units] of sequences [batch, time, n], from a state of zeros. */
export const recurrence = (
  { kernel, recurrent, bias }: LstmParams,
  x: Expr<Shape>
): readonly [LstmState, Expr<Shape>] => {
  const [batch = 0] = x.shape
  const [units = 0] = recurrent.shape
  const zero: Expr<Shape> = zeros([batch, units], x.dtype)
  // what the inputs contribute to the gates is one product for the whole sequence
  const ofInputs: Expr<Shape> = pipe(x, transpose(1, 0, 2), matmul(kernel), add(bias))
  const [last, outputs] = scan(
    (state: LstmState, ofInput: Expr<Shape>) => {
      const after = step(state, ofInput, recurrent)
      return [after, after.h] as const
    },
    { h: zero, c: zero },
    ofInputs
  )
  return [last, pipe(outputs, transpose(1, 0, 2))]
}

const lstmDefinition = defineLayer<Lstm<number>>({
  tag: 'lstm',
  documentation: `Long short-term memory: all outputs, from a state of zeros.

Parameters: kernel [in, 4 units]; recurrent [units, 4 units]; bias [4 units]. State: none.`,
  label: ({ units }) => `lstm(${units})`,
  rule: ({ units }, shape) =>
    shape.length === 2
      ? pipe(
          numericLast(shape, `lstm(${units})`),
          Either.map(() => [...shape.slice(0, 1), units])
        )
      : Either.left(noSequence(units, show(shape))),
  params: ({ units }, shape) => ({
    kernel: weight([lastOf(shape), 4 * units], Random.glorotUniform()),
    recurrent: weight([units, 4 * units], Random.glorotUniform()),
    bias: weight([4 * units], Random.zeros())
  }),
  state: nothing,
  apply: stateless((_, { params, x }) => recurrence(params, x)[1]),
  codec: () => taggedRecord('lstm', { units: count })
})

// constructors

/** A layer of long short-term memory: [time, n] becomes [time, units]. */
export const lstm = <const U extends number>(units: U): Layer<Lstm<U>> => layer(lstmDefinition, { tag: 'lstm', units })
