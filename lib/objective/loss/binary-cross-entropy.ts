/**
 * Cross-entropy of sigmoids with labels between 0 and 1.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { multiply, softplus, subtract } from '../../expr/index.ts'
import { record } from '../../codec/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLoss, type Loss, type LossDefinition } from '../loss.ts'

declare module '../loss.ts' {
  interface LabelRules<O extends Shape> {
    readonly binaryCrossEntropy: {
      readonly msg: never
      readonly label: O
      readonly dtype: 'float'
      readonly element: O
    }
  }
}

const definition: LossDefinition<'binaryCrossEntropy', object> = {
  tag: 'binaryCrossEntropy',
  codec: record<object>('options', {}),
  defaults: {},
  rule: (output) => Either.right({ label: output, dtype: 'float' }),
  elements: (_, logits, labels) => pipe(logits, softplus, subtract(pipe(logits, multiply(labels))))
}

/**
 * Binary cross-entropy of sigmoid(z), z the network's outputs, with labels t between 0 and 1: yes-or-no questions, one
 * for each output.
 *
 *     ℓ(z, t) = −t · log σ(z) − (1 − t) · log(1 − σ(z)) = softplus(z) − z t
 *
 * computed in the second form, which neither overflows nor takes the logarithm of 0. The network gives z itself, without
 * a sigmoid layer.
 *
 * Predictions and labels of one shape and float type; one loss for each element, reduced to their mean.
 *
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { binaryCrossEntropy, evaluateLoss } from 'gradfold/objective'
 * import { item, tensor } from 'gradfold/tensor'
 * const loss = item(evaluate(evaluateLoss(binaryCrossEntropy)(constant(tensor([[0]])), constant(tensor([[1]]))))) // ≈ 0.693147
 * @category losses
 * @since 0.1.0
 */
export const binaryCrossEntropy: Loss<'binaryCrossEntropy'> = defineLoss(definition)
