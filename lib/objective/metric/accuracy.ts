/**
 * Accuracy: the part of the predictions that is right.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { convert, equal, greater, scalar, sum, type AnyExpr, type Expr } from '../../expr/index.ts'
import { raise, sameShape, size, type Shape } from '../../shape/index.ts'
import { isFloat, showSlot } from '../../tensor/index.ts'
import type { Measured, Metric } from '../metric.ts'
import { predictedAndTrue } from './predicted.ts'
import { ratioMonoid, ratioValue, readRatio, type Ratio } from './ratio.ts'

const counted = (right: Expr<Shape, 'bool'>): Measured => ({
  correct: pipe(right, convert('i32'), sum()),
  total: scalar(size(right.shape), 'i32')
})

/**
 * Accuracy over classes: how often the greatest output is that of the true class.
 *
 * Predictions `[batch, …, classes]`; labels either class numbers, i32 `[batch, …]`, or probabilities of the predictions'
 * shape, whose greatest one counts. Of several greatest ones the first. Counts are whole numbers, so merging is exact.
 *
 * @example
 * import { accuracy, measure } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * const half = accuracy.value(measure(accuracy)(tensor([[1, 0], [0, 1]]), tensor([0, 0], 'i32'))) // 0.5
 * @category metrics
 * @since 0.1.0
 */
export const accuracy: Metric<Ratio> = Object.freeze({
  name: 'accuracy',
  batch: (predictions: AnyExpr, labels: AnyExpr) => {
    const { predicted, truth } = predictedAndTrue('accuracy', predictions, labels)
    return counted(pipe(predicted, equal(truth)))
  },
  read: readRatio,
  monoid: ratioMonoid,
  value: ratioValue
})

/** Whether floats are over a threshold. */
const over =
  (threshold: number) =>
  (self: AnyExpr): Expr<Shape, 'bool'> =>
    // the element type has been looked at
    pipe(self as unknown as Expr<Shape>, greater(threshold))

/**
 * Accuracy of yes-or-no answers: a positive output is a yes, and so is a label over ½. The companion of
 * `binaryCrossEntropy`, whose outputs are logits too.
 *
 * Predictions and labels of one shape, floats.
 *
 * @example
 * import { binaryAccuracy, measure } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * const counts = measure(binaryAccuracy)(tensor([[2], [-1]]), tensor([[1], [1]])) // { correct: 1, total: 2 }
 * @category metrics
 * @since 0.1.0
 */
export const binaryAccuracy: Metric<Ratio> = Object.freeze({
  name: 'binaryAccuracy',
  batch: (predictions: AnyExpr, labels: AnyExpr) =>
    isFloat(predictions.dtype) && isFloat(labels.dtype) && sameShape(predictions.shape, labels.shape)
      ? counted(pipe(over(0)(predictions), equal(over(0.5)(labels))))
      : raise(
          `binaryAccuracy: predictions are ${showSlot(predictions)}, so labels have to be floats of ` +
            `that shape, got ${showSlot(labels)}`
        ),
  read: readRatio,
  monoid: ratioMonoid,
  value: ratioValue
})
