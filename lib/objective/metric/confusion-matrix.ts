/**
 * The confusion matrix: which classes are taken for which.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { matmul, oneHot, reshape, scalar, transpose, type Expr } from '../../expr/index.ts'
import { raise, size } from '../../shape/index.ts'
import { toFlatArray } from '../../tensor/index.ts'
import { numberAt, tensorAt, type Metric } from '../metric.ts'
import { predictedAndTrue, type Classes } from './predicted.ts'

/**
 * How often each class is predicted for each true class: a row for each true class, a column for each predicted one.
 *
 * @category model
 * @since 0.1.0
 */
export type ConfusionMatrix = readonly (readonly number[])[]

const monoid = (classes: number): Monoid<ConfusionMatrix> => ({
  concat: (a, b) => a.map((row, i) => row.map((count, j) => count + (b[i]?.[j] ?? 0))),
  empty: Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
})

/** A row for each example, 1 under its class. */
const rows = (classes: number, numbers: Classes): Expr<[number, number], 'i32'> =>
  pipe(numbers, reshape(size(numbers.shape)), oneHot(classes, 'i32'))

/**
 * The confusion matrix of a number of classes: the entry in row i and column j counts the examples of class i that were
 * taken for class j. Right answers are on the diagonal.
 *
 * Predictions `[batch, …, classes]`; labels as for `accuracy`. Counts are whole numbers, so merging is exact.
 *
 * @param classes how many classes there are: the last axis of the predictions.
 * @throws where it is not a positive whole number, and where a label is not a class.
 * @example
 * import { confusionMatrix, measure } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * const matrix = measure(confusionMatrix(2))(tensor([[1, 0], [0, 1]]), tensor([0, 0], 'i32')) // [[1, 1], [0, 0]]
 * @category metrics
 * @since 0.1.0
 */
export const confusionMatrix = (classes: number): Metric<ConfusionMatrix, ConfusionMatrix> => {
  const name = `confusionMatrix(${classes})`
  if (!Number.isSafeInteger(classes) || classes < 1)
    raise(`confusionMatrix: expected a positive whole number of classes, got ${classes}`)
  return Object.freeze<Metric<ConfusionMatrix, ConfusionMatrix>>({
    name,
    batch: (predictions, labels) => {
      if (predictions.shape.at(-1) !== classes)
        raise(
          `${name}: the last axis of the predictions has to be the ${classes} classes, got ${predictions.shape.at(-1)}`
        )
      const { predicted, truth } = predictedAndTrue(name, predictions, labels)
      return {
        counts: pipe(rows(classes, truth), transpose(), matmul(rows(classes, predicted))),
        total: scalar(size(truth.shape), 'i32')
      }
    },
    read: (tensors) => {
      const counts = toFlatArray(tensorAt('counts')(tensors)).map(Number)
      const missing = numberAt('total')(tensors) - counts.reduce((sum, count) => sum + count, 0)
      if (missing > 0) raise(`${name}: ${missing} of the labels are not class numbers from 0 to ${classes - 1}`)
      return Array.from({ length: classes }, (_, i) => counts.slice(i * classes, (i + 1) * classes))
    },
    monoid: monoid(classes),
    value: (matrix) => matrix
  })
}
