/**
 * Cross-entropy of a softmax with labels that are class numbers.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  and,
  greaterEqual,
  less,
  logSoftmax,
  mean,
  multiply,
  negate,
  oneHot,
  select,
  sum
} from '../../expr/index.ts'
import type { Init, Shape } from '../../shape/index.ts'
import { defineLoss, type Batch, type Loss, type LossDefinition } from '../loss.ts'
import { classAxis, smoothing, type NoClasses, type Smoothing } from './classes.ts'

declare module '../loss.ts' {
  interface LabelRules<O extends Shape> {
    readonly sparseSoftmaxCrossEntropy: {
      readonly msg: NoClasses<'sparseSoftmaxCrossEntropy', O>
      readonly label: Init<O>
      readonly dtype: 'i32'
      readonly element: Init<O>
    }
  }
}

const definition: LossDefinition<'sparseSoftmaxCrossEntropy', Smoothing, 'i32'> = {
  tag: 'sparseSoftmaxCrossEntropy',
  codec: smoothing,
  defaults: { labelSmoothing: 0 },
  rule: (output) =>
    pipe(
      classAxis('sparseSoftmaxCrossEntropy', output),
      Either.map((label) => ({ label, dtype: 'i32' }))
    ),
  elements: ({ labelSmoothing }, logits, numbers) => {
    const classes = logits.shape.at(-1) ?? 1
    const logProbabilities: Batch = pipe(logits, logSoftmax(-1))
    const surprise: Batch = pipe(numbers, oneHot(classes, 'bool'), select(logProbabilities, 0), sum(-1), negate)
    const smoothed: Batch =
      labelSmoothing === 0
        ? surprise
        : pipe(surprise, multiply(1 - labelSmoothing), add(pipe(logProbabilities, mean(-1), multiply(-labelSmoothing))))
    const isClass = pipe(numbers, greaterEqual(0), and(pipe(numbers, less(classes))))
    return pipe(isClass, select(smoothed, NaN))
  }
}

/**
 * Cross-entropy of softmax(z), z the network's outputs over the last axis, with labels y that are class numbers.
 *
 *     ℓ(z, y) = −logSoftmax(z)ᵧ,   with label smoothing s: −(1 − s) logSoftmax(z)ᵧ − s · mean(logSoftmax(z))
 *
 * The network gives z itself, without a softmax layer.
 *
 * Predictions `[batch, …, classes]`; labels `[batch, …]`, i32, from 0 to classes − 1; one loss for each label, reduced
 * to their mean. A label that is not a class gives NaN, so that training stops instead of learning nonsense.
 *
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { evaluateLoss, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * import { item, tensor } from 'gradfold/tensor'
 * const logits = constant(tensor([[0, 0], [0, 0]]))
 * const labels = constant(tensor([0, 1], 'i32'))
 * const loss = item(evaluate(evaluateLoss(sparseSoftmaxCrossEntropy)(logits, labels))) // ≈ 0.693147
 * @see `softmaxCrossEntropy` for labels that are probabilities
 * @category losses
 * @since 0.1.0
 */
export const sparseSoftmaxCrossEntropy: Loss<'sparseSoftmaxCrossEntropy'> = defineLoss(definition)
