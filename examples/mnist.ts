/**
 * The main job: a 784-128-10 network learns to read digits from the 60,000 images of MNIST.
 *
 *     npm start
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, batchesPerEpoch, showErrors, size } from 'gradfold/data'
import { mnist, type Mnist } from 'gradfold/data/node'
import { dense, flatten, input, network, relu, summary } from 'gradfold/network'
import { accuracy, meanLoss, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { expected } from './mnist.expected.ts'
import { progressLine } from './progress.ts'
import { whenRun } from './run.ts'

const digits = network(input(28, 28, 1), flatten, dense(128), relu, dense(10))

const training = Training.make({
  network: digits,
  loss: sparseSoftmaxCrossEntropy,
  optimizer: adam({ learningRate: 1e-3 }),
  metrics: { accuracy, loss: meanLoss(sparseSoftmaxCrossEntropy) }
})

export interface Result {
  readonly accuracy: number
  readonly loss: number
  /** SHA-256 of the final parameters */
  readonly hash: string
}

/** One epoch with batches of 32 from key 42, then the 10,000 test images; `write` gets the lines. */
export const train = (data: Mnist, write: (line: string) => void): Either.Either<string, Result> => {
  const root = key(42)
  const plan = { batchSize: 32, key: root }
  const steps = batchesPerEpoch(size(data.train), plan)
  const begin = performance.now()
  const smooth = { loss: Number.NaN, accuracy: 0 }
  const observer = {
    observe: (event: Training.StepEvent<Training.Measurements<typeof training.metrics>>) => {
      const seen = accuracy.value(event.metrics.accuracy)
      const weight = Number.isNaN(smooth.loss) ? 1 : 0.05
      smooth.loss = weight === 1 ? event.loss : smooth.loss + weight * (event.loss - smooth.loss)
      smooth.accuracy += weight * (seen - smooth.accuracy)
      if (event.step % 125 === 0 || event.step === steps)
        write(
          progressLine({
            ...smooth,
            step: event.step,
            steps,
            examples: event.step * plan.batchSize,
            seconds: (performance.now() - begin) / 1000
          })
        )
    }
  }
  return pipe(
    batches(data.train, plan),
    Training.fold(training, training.init(root), { observers: [observer] }),
    Either.mapLeft((failure) => failure.message),
    Either.map((final) => ({
      ...pipe(batches(data.test, { batchSize: 500 }), Training.evaluate(training, final)),
      hash: hashTree(final.params)
    }))
  )
}

/** The result as it is printed, and whether it is the promised one. */
export const show = ({ accuracy: seen, loss, hash }: Result): string =>
  [
    `test accuracy ${(100 * seen).toFixed(2)} %, loss ${loss.toFixed(4)}`,
    `parameters    sha256 ${hash}`,
    hash === expected.hash
      ? 'the same bits as on every machine'
      : `expected      sha256 ${expected.hash}: other bits than promised, which is a bug; please report it`
  ].join('\n')

const write = (line: string): void => {
  console.log(line)
}

await whenRun(import.meta.url, async () => {
  write(summary(digits))
  return pipe(
    await mnist()(),
    Either.mapLeft(showErrors),
    Either.flatMap((data) => train(data, write)),
    Either.map(show)
  )
})
