/**
 * Digits with a very small network: 784 pixels, 10 hidden units, 10 classes.
 *
 *     npx tsx examples/digits.ts            10 epochs on the 60,000 images of MNIST
 *     npx tsx examples/digits.ts 1 6000     1 epoch on 6,000 of them
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, showErrors, size, take } from 'gradfold/data'
import { mnist, type Mnist } from 'gradfold/data/node'
import { dense, flatten, input, network, predict, relu, softmax, summary } from 'gradfold/network'
import { accuracy, meanLoss, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree, toArray, toFlatArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { whenRun, type Success } from './run.ts'

/**
 * The network that learns gives logits, and the loss takes the softmax and the logarithm in one: a softmax layer in
 * front of a logarithm loses the digits of small probabilities, and gives log 0 where one is too small to be held.
 */
const logits = network(input(28, 28, 1), flatten, dense(10), relu, dense(10))

/** The network that predicts: the same, and a softmax. It has no parameters, so both have the same ones. */
const digits = network(logits, softmax)

const training = Training.make({
  network: logits,
  loss: sparseSoftmaxCrossEntropy,
  optimizer: adam({ learningRate: 1e-3 }),
  metrics: { accuracy, loss: meanLoss(sparseSoftmaxCrossEntropy) }
})

export interface Plan {
  readonly epochs: number
  /** how many of the training images are used */
  readonly examples: number
}

export const train = (data: Mnist, { epochs, examples }: Plan) => {
  const root = key(42)
  return pipe(
    batches(pipe(data.train, take(examples)), { batchSize: 32, epochs, key: root }),
    Training.fold(training, training.init(root)),
    Either.mapLeft((failure) => failure.message),
    Either.map((final) => {
      const some = pipe(data.test, take(5))
      return {
        updates: final.step,
        ...pipe(batches(data.test, { batchSize: 500 }), Training.evaluate(training, final)),
        labels: toFlatArray(some.labels),
        probabilities: toArray(predict(digits)(final.params)(some.inputs)),
        hash: hashTree(final.params)
      }
    })
  )
}

export const show = ({ updates, accuracy, loss, labels, probabilities, hash }: Success<typeof train>): string =>
  [
    summary(digits),
    `${updates} updates; on the test images: accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}`,
    'the first five of them, and the probabilities of the digits 0 to 9:',
    ...labels.map((label, i) => `  ${label}:  ${(probabilities[i] ?? []).map((p) => p.toFixed(3)).join('  ')}`),
    `parameters sha256 ${hash}`
  ].join('\n')

await whenRun(import.meta.url, async () => {
  const [epochs, examples] = process.argv.slice(2).map(Number)
  const data = await mnist()()
  return pipe(
    data,
    Either.mapLeft(showErrors),
    Either.flatMap((found) => train(found, { epochs: epochs ?? 10, examples: examples ?? size(found.train) })),
    Either.map(show)
  )
})
