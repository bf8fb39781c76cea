/**
 * The mean loss over batches of any sizes.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { scalar, sum } from '../../expr/index.ts'
import { size } from '../../shape/index.ts'
import { elementLosses } from '../evaluate.ts'
import type { AnyLoss } from '../loss.ts'
import { numberAt, type Metric } from '../metric.ts'

/**
 * A sum of losses and how many they are.
 *
 * @category model
 * @since 0.1.0
 */
export interface Total {
  readonly sum: number
  readonly count: number
}

const monoid: Monoid<Total> = {
  concat: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
  empty: { sum: 0, count: 0 }
}

/**
 * The mean of a loss over all batches, each example with the same weight whatever the size of its batch.
 *
 * The sum of a batch is computed in the network's float type, in the order of every sum; the sums are added in float64,
 * left to right over the batches. Float addition is not associative, so the last bits depend on that order: merging
 * is a monoid up to rounding, and exactly so for the counts. Regularisers and the reduction of the loss do not count.
 *
 * @param loss whose elements are averaged.
 * @example
 * import { meanLoss, meanSquaredError, measure } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * const metric = meanLoss(meanSquaredError)
 * const mean = metric.value(measure(metric)(tensor([[1], [2]]), tensor([[1], [4]]))) // 2
 * @category metrics
 * @since 0.1.0
 */
export const meanLoss = (loss: AnyLoss): Metric<Total> =>
  Object.freeze<Metric<Total>>({
    name: loss.tag,
    batch: (predictions, labels) => {
      const elements = elementLosses(loss, predictions, labels)
      return { sum: pipe(elements, sum()), count: scalar(size(elements.shape), 'i32') }
    },
    read: (tensors) => ({ sum: numberAt('sum')(tensors), count: numberAt('count')(tensors) }),
    monoid,
    value: ({ sum: total, count }) => total / count
  })
