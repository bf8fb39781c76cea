/**
 * Fitting a curve: a small network learns y = sin 2x + x / 2 from 101 points of it.
 *
 *     npx tsx examples/curve.ts
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, batchesPerEpoch, dataset, size } from 'gradfold/data'
import { evaluate } from 'gradfold/engine'
import { add, iota, multiply, reshape, sin, subtract, type Expr } from 'gradfold/expr'
import { dense, input, network, tanh } from 'gradfold/network'
import { meanSquaredError } from 'gradfold/objective'
import { adam, cosine } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree, toFlatArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { whenRun, type Success } from './run.ts'

const curve = (x: Expr<[number, 1]>): Expr<[number, 1]> => pipe(x, multiply(2), sin, add(pipe(x, multiply(0.5))))

/** Points from −3 to 3, evenly apart, as examples of one feature. */
const points = (count: number): Expr<[number, 1]> =>
  pipe(iota(count, { dtype: 'f32' }), multiply(6 / (count - 1)), subtract(3), reshape(count, 1))

const sample = (count: number) => {
  const { x, y } = evaluate({ x: points(count), y: curve(points(count)) })
  return dataset(x, y)
}

const net = network(input(1), dense(16), tanh, dense(16), tanh, dense(1))

export const main = (epochs = 400) => {
  const data = sample(101)
  // points between those that it learns from
  const others = sample(14)
  const plan = { batchSize: 16, epochs, key: key(7) }
  const steps = epochs * batchesPerEpoch(size(data), plan)
  const training = Training.make({
    network: net,
    loss: meanSquaredError,
    // large steps at first, none at the end
    optimizer: adam({ learningRate: cosine({ initial: 0.02, steps }) })
  })
  return pipe(
    batches(data, plan),
    Training.fold(training, training.init(key(7))),
    Either.mapLeft((failure) => failure.message),
    Either.map((state) => ({
      x: toFlatArray(others.inputs),
      y: toFlatArray(others.labels),
      fitted: toFlatArray(Training.predict(training, state)(others.inputs)),
      updates: state.step,
      hash: hashTree(state.params)
    }))
  )
}

export const show = ({ x, y, fitted, updates, hash }: Success<typeof main>): string =>
  [
    '       x     f(x)  network',
    ...x.map((at, i) => [at, y[i] ?? NaN, fitted[i] ?? NaN].map((n) => n.toFixed(4).padStart(8)).join(' ')),
    `${updates} updates, parameters sha256 ${hash}`
  ].join('\n')

await whenRun(import.meta.url, () => pipe(main(), Either.map(show)))
