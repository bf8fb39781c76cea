/**
 * XOR: the smallest problem that one layer cannot solve and two can.
 *
 *     npx tsx examples/xor.ts
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, fromArrays } from 'gradfold/data'
import { evaluate } from 'gradfold/engine'
import { constant, sigmoid } from 'gradfold/expr'
import { dense, input, network, tanh } from 'gradfold/network'
import { binaryAccuracy, binaryCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree, toFlatArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { whenRun, type Success } from './run.ts'

// prettier-ignore
const xor = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])

/** The network gives a logit: the loss and the accuracy take it as it is, a sigmoid makes it a probability. */
const training = Training.make({
  network: network(input(2), dense(4), tanh, dense(1)),
  loss: binaryCrossEntropy,
  optimizer: adam({ learningRate: 0.05 }),
  metrics: { accuracy: binaryAccuracy }
})

export const main = (seed = 1) =>
  pipe(
    batches(xor, { batchSize: 4, epochs: Infinity }),
    Training.foldWhile(training, training.init(key(seed)), [Training.lossBelow(0.01), Training.maxSteps(2000)]),
    Either.mapLeft((failure) => failure.message),
    Either.map(({ state, rule }) => {
      const logits = Training.predict(training, state)(xor.inputs)
      return {
        steps: state.step,
        stoppedBy: rule?.tag,
        probabilities: toFlatArray(evaluate(pipe(constant(logits), sigmoid))),
        ...pipe(batches(xor, { batchSize: 4 }), Training.evaluate(training, state)),
        hash: hashTree(state.params)
      }
    })
  )

export const show = ({ steps, stoppedBy, probabilities, accuracy, hash }: Success<typeof main>): string =>
  [
    `${steps} steps, stopped by ${stoppedBy ?? 'the end of the data'}`,
    ...['0 xor 0', '0 xor 1', '1 xor 0', '1 xor 1'].map(
      (name, i) => `${name}  ${(probabilities[i] ?? NaN).toFixed(4)}`
    ),
    `accuracy ${100 * accuracy} %`,
    `parameters sha256 ${hash}`
  ].join('\n')

await whenRun(import.meta.url, () => pipe(main(), Either.map(show)))
