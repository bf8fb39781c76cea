/**
 * Cross-entropy of a softmax with labels that are probabilities.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { add, logSoftmax, multiply, negate, sum } from '../../expr/index.ts'
import type { Init, Shape } from '../../shape/index.ts'
import { defineLoss, type Loss, type LossDefinition } from '../loss.ts'
import { classAxis, smoothing, type NoClasses, type Smoothing } from './classes.ts'

declare module '../loss.ts' {
  interface LabelRules<O extends Shape> {
    readonly softmaxCrossEntropy: {
      readonly msg: NoClasses<'softmaxCrossEntropy', O>
      readonly label: O
      readonly dtype: 'float'
      readonly element: Init<O>
    }
  }
}

const definition: LossDefinition<'softmaxCrossEntropy', Smoothing> = {
  tag: 'softmaxCrossEntropy',
  codec: smoothing,
  defaults: { labelSmoothing: 0 },
  rule: (output) =>
    pipe(
      classAxis('softmaxCrossEntropy', output),
      Either.map(() => ({ label: output, dtype: 'float' }))
    ),
  elements: ({ labelSmoothing }, logits, probabilities) => {
    const classes = logits.shape.at(-1) ?? 1
    const smoothed =
      labelSmoothing === 0
        ? probabilities
        : pipe(probabilities, multiply(1 - labelSmoothing), add(labelSmoothing / classes))
    return pipe(logits, logSoftmax(-1), multiply(smoothed), sum(-1), negate)
  }
}

/**
 * Cross-entropy of softmax(z), z the network's outputs over the last axis, with labels p that are probabilities:
 * one-hot rows or soft targets.
 *
 *     ℓ(z, p) = −Σᵢ pᵢ · logSoftmax(z)ᵢ,   p ← (1 − s) p + s / classes with label smoothing s
 *
 * The network gives z itself, without a softmax layer. Rows of p are taken as they are: they need not add up to 1.
 *
 * Predictions `[batch, …, classes]`; labels the same shape and float type; one loss for each `[batch, …]`, reduced to
 * their mean. In every reduction the gradient by z is `softmax(z) − p` for rows that add up to 1.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { softmaxCrossEntropy, withLabelSmoothing } from 'gradfold/objective'
 * const loss = pipe(softmaxCrossEntropy, withLabelSmoothing(0.1))
 * @see `sparseSoftmaxCrossEntropy` for labels that are class numbers
 * @category losses
 * @since 0.1.0
 */
export const softmaxCrossEntropy: Loss<'softmaxCrossEntropy'> = defineLoss(definition)
