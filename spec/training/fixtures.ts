/** Small trainings for the tests: a network with dropout, an optimizer with state, data from a key. */
import { pipe } from 'fp-ts/lib/function.js'
import * as Either from 'fp-ts/lib/Either.js'
import { batches, fromArrays } from 'gradfold/data'
import { dense, dropout, input, network, tanh } from 'gradfold/network'
import { accuracy, meanLoss, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
import { adam, chain, clipByGlobalNorm } from 'gradfold/optimizer'
import { key } from 'gradfold/random'
import { hashTree } from 'gradfold/tensor'
import * as Training from 'gradfold/training'

/** 20 points in the plane, in three classes. */
export const points = fromArrays(
  Array.from({ length: 20 }, (_, i) => [((i * 7) % 11) / 11 - 0.5, ((i * 5) % 13) / 13 - 0.5]),
  Array.from({ length: 20 }, (_, i) => i % 3),
  { labels: 'i32' }
)

export const training = Training.make({
  network: network(input(2), dense(6), tanh, dropout(0.3), dense(3)),
  loss: sparseSoftmaxCrossEntropy,
  optimizer: chain(clipByGlobalNorm(1), adam({ learningRate: 0.02 })),
  metrics: { accuracy, loss: meanLoss(sparseSoftmaxCrossEntropy) }
})

export const start = (seed: number) => training.init(key(seed))

export const plan = (seed: number, options: { readonly epochs?: number; readonly drop?: boolean } = {}) =>
  ({ batchSize: 6, key: key(seed), epochs: 2, ...options }) as const

/** Everything in a state, as one text. */
export const identify = (state: ReturnType<typeof start>): string =>
  [
    state.step,
    JSON.stringify(state.cursor),
    hashTree(state.params),
    hashTree(state.netState),
    hashTree(state.optState),
    hashTree(state.rootKey)
  ].join(' ')

export const right = <E, A>(result: Either.Either<E, A>): A =>
  pipe(
    result,
    Either.getOrElseW((failure) => {
      throw new Error(`expected a right, got ${JSON.stringify(failure)}`)
    })
  )

export const run = (seed: number) => right(pipe(batches(points, plan(seed)), Training.fold(training, start(seed))))
