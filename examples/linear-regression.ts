/**
 * Linear regression by batch, mini-batch and stochastic descent: the same training, folded over batches of other sizes.
 *
 *     npx tsx examples/linear-regression.ts
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { batches, dataset } from 'gradfold/data'
import { evaluate } from 'gradfold/engine'
import { add, matmul } from 'gradfold/expr'
import { dense, input, network } from 'gradfold/network'
import { meanLoss, meanSquaredError } from 'gradfold/objective'
import { gradientDescent } from 'gradfold/optimizer'
import { foldIn, key, normal } from 'gradfold/random'
import { hashTree, item, toFlatArray } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { whenRun, type Success } from './run.ts'

const root = key(42)

/** Random inputs, and what a linear law with a little noise makes of them. */
export const problem = (examples: number) => {
  const inputs = normal({ shape: [examples, 10] })(foldIn(root, 'inputs'))
  const weights = normal({ shape: [10, 1] })(foldIn(root, 'weights'))
  const bias = normal({ shape: [] })(foldIn(root, 'bias'))
  const noise = normal({ shape: [examples, 1], stddev: 0.1 })(foldIn(root, 'noise'))
  return evaluate({ inputs, labels: pipe(inputs, matmul(weights), add(bias), add(noise)), weights, bias })
}

/** 50 epochs with batches of a size: of all examples, of some, or of one. */
export const descend = (examples: number, batchSize: number, learningRate: number) => {
  const { inputs, labels, weights, bias } = problem(examples)
  const data = dataset(inputs, labels)
  const training = Training.make({
    network: network(input(10), dense(1)),
    loss: meanSquaredError,
    optimizer: gradientDescent({ learningRate }),
    metrics: { loss: meanLoss(meanSquaredError) }
  })
  const truth = [...toFlatArray(weights), item(bias)]
  return pipe(
    batches(data, { batchSize, epochs: 50, key: root }),
    Training.fold(training, training.init(root)),
    Either.mapLeft((failure) => failure.message),
    Either.map((state) => {
      const { kernel, bias } = state.params.dense_0
      const learnt = [...toFlatArray(kernel), ...toFlatArray(bias)]
      return {
        examples,
        batchSize,
        updates: state.step,
        learnt,
        /** how far the worst of the eleven parameters is from the truth */
        distance: Math.max(...learnt.map((x, i) => Math.abs(x - (truth[i] ?? NaN)))),
        ...pipe(batches(data, { batchSize: examples }), Training.evaluate(training, state)),
        hash: hashTree(state.params)
      }
    })
  )
}

/** A single example is a noisy guide: stochastic descent takes smaller steps. */
export const main = () =>
  Either.sequenceArray([
    descend(1000, 1000, 0.1),
    descend(1000, 1, 0.005),
    descend(1000, 100, 0.1),
    descend(100, 100, 0.1),
    descend(100, 1, 0.005),
    descend(100, 20, 0.05)
  ])

/** What descent by batches of a size is called. */
const nameOf = (examples: number, batchSize: number): string =>
  batchSize === examples ? 'batch' : batchSize === 1 ? 'stochastic' : 'mini-batch'

export const show = (runs: Success<typeof main>): string =>
  [
    'descent     examples  batch  updates  worst parameter off by  mean squared error',
    ...runs.map(({ examples, batchSize, updates, distance, loss }) =>
      [
        nameOf(examples, batchSize).padEnd(10),
        String(examples).padStart(8),
        String(batchSize).padStart(5),
        String(updates).padStart(7),
        distance.toFixed(6).padStart(22),
        loss.toFixed(6).padStart(18)
      ].join('  ')
    )
  ].join('\n')

await whenRun(import.meta.url, () => pipe(main(), Either.map(show)))
