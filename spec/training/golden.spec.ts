/** Whole runs against PyTorch 1.13.1: spec/golden/torch/training.json. */
import { readFileSync } from 'node:fs'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { run } from 'gradfold/engine'
import { transpose, type Expr } from 'gradfold/expr'
import { conv2d, dense, flatten, input, maxPool2d, network, relu, tanh } from 'gradfold/network'
import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam, momentum } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { fromArray, leavesOf, toFlatArray, type AnyTensor, type Tensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { right } from './fixtures.ts'

interface Golden {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}
type Named = Readonly<Record<string, Golden>>
interface Case {
  readonly name: string
  readonly params: Named
  readonly inputs: Golden
  readonly labels: Golden
  readonly losses: readonly number[] | Golden
  readonly paramsAfter1: Named
  readonly finalParams: Named
}

const file: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../golden/torch/training.json', import.meta.url), 'utf8')
) as never
const caseOf = (name: string): Case => file.cases.find((entry) => entry.name === name)!
const lossesOf = ({ losses }: Case): readonly number[] => ('data' in losses ? losses.data : losses)

type Mutable<S extends readonly number[]> = { -readonly [K in keyof S]: S[K] }

const tensorOf = <const S extends readonly number[]>({ data }: Golden, shape: S): Tensor<Mutable<S>> =>
  fromArray(data, shape) as unknown as Tensor<Mutable<S>>

/** Axes exchanged: PyTorch's layouts against ours. */
const permuted = (self: Golden, ...axes: readonly number[]): Golden => {
  const moved = run((x: Expr<readonly number[]>) => pipe(x, transpose(...axes) as never) as Expr<readonly number[]>)(
    fromArray(self.data, self.shape)
  )
  return { shape: moved.shape, data: [...toFlatArray(moved)].map(Number) }
}

const part = (self: Golden, i: number): Golden => {
  const n = self.data.length / self.shape[0]!
  return { shape: self.shape.slice(1), data: self.data.slice(i * n, (i + 1) * n) }
}

/** Every element within the tolerance of the golden README: 1e-5 + 1e-4 |g| for parameters. */
const expectLeaves = (tree: unknown, expected: readonly Golden[]): void => {
  const leaves = leavesOf(tree) as readonly unknown[] as readonly AnyTensor[]
  expect(leaves.map((leaf) => leaf.shape)).toEqual(expected.map((leaf) => leaf.shape))
  leaves.forEach((leaf, i) => {
    ;[...toFlatArray(leaf)].forEach((x, j) => {
      const g = expected[i]!.data[j]!
      expect(Math.abs(Number(x) - g), `leaf ${i}, element ${j}`).toBeLessThanOrEqual(1e-5 + 1e-4 * Math.abs(g))
    })
  })
}

const expectLosses = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length)
  actual.forEach((loss, i) => {
    expect(Math.abs(loss - expected[i]!)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(expected[i]!))
  })
}

describe('a run against PyTorch', () => {
  it('of a tanh network by momentum has its losses and parameters', () => {
    const golden = caseOf('mlp')
    const training = Training.make({
      network: network(input(4), dense(8), tanh, dense(3)),
      loss: sparseSoftmaxCrossEntropy,
      optimizer: momentum({ learningRate: 0.1, momentum: 0.9 })
    })
    const ours = (params: Named): readonly Golden[] => [
      permuted(params['0.weight']!, 1, 0),
      params['0.bias']!,
      permuted(params['2.weight']!, 1, 0),
      params['2.bias']!
    ]
    const [w0, b0, w1, b1] = ours(golden.params)
    const start = {
      ...training.init(key(1)),
      params: {
        dense_0: { kernel: tensorOf(w0!, [4, 8]), bias: tensorOf(b0!, [8]) },
        dense_1: { kernel: tensorOf(w1!, [8, 3]), bias: tensorOf(b1!, [3]) }
      }
    }
    const batches = Array.from({ length: golden.inputs.shape[0]! }, (_, i) => ({
      inputs: tensorOf(part(golden.inputs, i), [6, 4]),
      labels: fromArray(part(golden.labels, i).data, [6], 'i32')
    }))
    const steps = right(pipe(batches, Training.scan(training, start)))
    expectLosses(
      steps.map(({ loss }) => loss),
      lossesOf(golden)
    )
    expectLeaves(steps[0]!.state.params, ours(golden.paramsAfter1))
    expectLeaves(steps.at(-1)!.state.params, ours(golden.finalParams))
  })

  it('of a convolutional network by Adam has its losses and parameters', () => {
    const golden = caseOf('cnn')
    const training = Training.make({
      network: network(input(8, 8, 1), conv2d({ filters: 4, kernel: 3 }), relu, maxPool2d(2), flatten, dense(3)),
      loss: sparseSoftmaxCrossEntropy,
      optimizer: adam({ learningRate: 0.01 })
    })
    // flattening there has the channels first: [channels, 3, 3]; here last: [3, 3, channels]
    const ours = (params: Named): readonly Golden[] => {
      const weight = params['4.weight']!
      const head = permuted({ shape: [3, 4, 3, 3], data: weight.data }, 2, 3, 1, 0)
      return [
        permuted(params['0.weight']!, 2, 3, 1, 0),
        params['0.bias']!,
        { shape: [36, 3], data: head.data },
        params['4.bias']!
      ]
    }
    const [w0, b0, w1, b1] = ours(golden.params)
    const start = {
      ...training.init(key(1)),
      params: {
        conv2d_0: { kernel: tensorOf(w0!, [3, 3, 1, 4]), bias: tensorOf(b0!, [4]) },
        dense_0: { kernel: tensorOf(w1!, [36, 3]), bias: tensorOf(b1!, [3]) }
      }
    }
    const batches = Array.from({ length: golden.inputs.shape[0]! }, (_, i) => ({
      // one channel: [batch, 1, 8, 8] and [batch, 8, 8, 1] are the same elements
      inputs: tensorOf(part(golden.inputs, i), [4, 8, 8, 1]),
      labels: fromArray(part(golden.labels, i).data, [4], 'i32')
    }))
    const steps = right(pipe(batches, Training.scan(training, start)))
    expectLosses(
      steps.map(({ loss }) => loss),
      lossesOf(golden)
    )
    expectLeaves(steps[0]!.state.params, ours(golden.paramsAfter1))
    expectLeaves(steps.at(-1)!.state.params, ours(golden.finalParams))
  })
})
