/**
 * The cases: full training steps in f32 (forward, loss, backward, update), with the public API only. README.md says what
 * each one is; the peers' programs make the same of theirs.
 *
 * Adam runs with a tiny rate on purpose: with 1e-3 a network memorises its one batch within some hundred steps, its gradients
 * become subnormal, and the arithmetic of engines that keep subnormal numbers slows down.
 */
import {
  conv2d,
  dense,
  flatten,
  geluTanh,
  input,
  maxPool2d,
  network,
  relu,
  residual,
  sigmoid,
  tanh
} from 'gradfold/network'
import { meanSquaredError, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam, gradientDescent, momentum } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { fromArray, tensor } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { prepared, type Case } from './case.ts'
import { classes, values } from './data.ts'
import { layerNorm } from './layers/layer-norm.ts'
import { lstm } from './layers/lstm.ts'
import { selfAttention } from './layers/self-attention.ts'

const root = key(1)
const tiny = adam({ learningRate: 1e-5 })

/** 2-8-1 with tanh and sigmoid, squared error, gradient descent: the exclusive or. */
export const exclusiveOr = (): Case => (engine) => {
  const training = Training.make({
    network: network(input(2), dense(8), tanh, dense(1), sigmoid),
    loss: meanSquaredError,
    optimizer: gradientDescent({ learningRate: 0.1 }),
    engine
  })
  const start = training.init(root)
  const batch = {
    inputs: tensor([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1]
    ]),
    labels: tensor([[0], [1], [1], [0]])
  }
  return prepared(batch, Training.fold(training, start), Training.scan(training, start))
}

/** 784-128-10 with relu, softmax cross entropy, Adam. */
export const oneHidden =
  (batchSize: number): Case =>
  (engine) => {
    const training = Training.make({
      network: network(input(784), dense(128), relu, dense(10)),
      loss: sparseSoftmaxCrossEntropy,
      optimizer: tiny,
      engine
    })
    const start = training.init(root)
    const batch = {
      inputs: fromArray(values(batchSize * 784, 1, 77), [batchSize, 784]),
      labels: fromArray(classes(batchSize, 10, 5), [batchSize], 'i32')
    }
    return prepared(batch, Training.fold(training, start), Training.scan(training, start))
  }

/** 784-n-n-10 with relu, softmax cross entropy, Adam. */
export const twoHidden =
  (sizes: { readonly batch: number; readonly hidden: number }): Case =>
  (engine) => {
    const training = Training.make({
      network: network(input(784), dense(sizes.hidden), relu, dense(sizes.hidden), relu, dense(10)),
      loss: sparseSoftmaxCrossEntropy,
      optimizer: tiny,
      engine
    })
    const start = training.init(root)
    const batch = {
      inputs: fromArray(values(sizes.batch * 784, 1, 77), [sizes.batch, 784]),
      labels: fromArray(classes(sizes.batch, 10, 5), [sizes.batch], 'i32')
    }
    return prepared(batch, Training.fold(training, start), Training.scan(training, start))
  }

/** Two convolutions with relu and max pooling, a dense layer, softmax cross entropy, momentum. */
export const convolutions =
  (batchSize: number): Case =>
  (engine) => {
    const training = Training.make({
      network: network(
        input(28, 28, 1),
        conv2d({ filters: 8, kernel: 5 }),
        relu,
        maxPool2d(2),
        conv2d({ filters: 16, kernel: 5 }),
        relu,
        maxPool2d(2),
        flatten,
        dense(10)
      ),
      loss: sparseSoftmaxCrossEntropy,
      optimizer: momentum({ learningRate: 0.01, momentum: 0.9 }),
      engine
    })
    const start = training.init(root)
    const batch = {
      inputs: fromArray(values(batchSize * 784, 1, 7), [batchSize, 28, 28, 1]),
      labels: fromArray(classes(batchSize, 10, 5), [batchSize], 'i32')
    }
    return prepared(batch, Training.fold(training, start), Training.scan(training, start))
  }

/** Long short-term memory, squared error on all outputs, gradient descent. */
export const recurrent =
  (sizes: { readonly batch: number; readonly time: number; readonly features: number; readonly units: number }): Case =>
  (engine) => {
    const { batch: n, time, features, units } = sizes
    const training = Training.make({
      network: network(input(time, features), lstm(units)),
      loss: meanSquaredError,
      optimizer: gradientDescent({ learningRate: 0.1 }),
      engine
    })
    const start = training.init(root)
    const batch = {
      inputs: fromArray(values(n * time * features, 1, 7), [n, time, features]),
      labels: fromArray(values(n * time * units, 0.5, 8), [n, time, units])
    }
    return prepared(batch, Training.fold(training, start), Training.scan(training, start))
  }

/** A pre-norm transformer block with the tanh form of gelu, squared error, gradient descent. */
export const transformer =
  (sizes: {
    readonly batch: number
    readonly time: number
    readonly width: number
    readonly heads: number
    readonly feedForward: number
  }): Case =>
  (engine) => {
    const { batch: n, time, width, heads, feedForward } = sizes
    const training = Training.make({
      network: network(
        input(time, width),
        residual(layerNorm, selfAttention(heads)),
        residual(layerNorm, dense(feedForward), geluTanh, dense(width))
      ),
      loss: meanSquaredError,
      optimizer: gradientDescent({ learningRate: 0.01 }),
      engine
    })
    const start = training.init(root)
    const batch = {
      inputs: fromArray(values(n * time * width, 1, 7), [n, time, width]),
      labels: fromArray(values(n * time * width, 1, 8), [n, time, width])
    }
    return prepared(batch, Training.fold(training, start), Training.scan(training, start))
  }

/** The training cases by their names. */
export const cases = {
  a: exclusiveOr(),
  b32: oneHidden(32),
  b128: oneHidden(128),
  c: twoHidden({ batch: 128, hidden: 512 }),
  d: convolutions(64),
  e: recurrent({ batch: 16, time: 32, features: 64, units: 128 }),
  f: transformer({ batch: 8, time: 64, width: 64, heads: 4, feedForward: 256 })
} satisfies Readonly<Record<string, Case>>

export type CaseName = keyof typeof cases

export const caseNames = Object.keys(cases) as readonly CaseName[]
