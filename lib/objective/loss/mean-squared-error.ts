/**
 * Squared error.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { multiply, square, subtract } from '../../expr/index.ts'
import { record, type Codec } from '../../codec/index.ts'
import type { Shape } from '../../shape/index.ts'
import { defineLoss, type Batch, type Loss, type LossDefinition } from '../loss.ts'

declare module '../loss.ts' {
  interface LabelRules<O extends Shape> {
    readonly meanSquaredError: {
      readonly msg: never
      readonly label: O
      readonly dtype: 'float'
      readonly element: O
    }
    readonly halfSquaredError: {
      readonly msg: never
      readonly label: O
      readonly dtype: 'float'
      readonly element: O
    }
  }
}

const noOptions: Codec<object> = record<object>('options', {})

const squared = (predictions: Batch, labels: Batch): Batch => pipe(predictions, subtract(labels), square)

const definition: LossDefinition<'meanSquaredError', object> = {
  tag: 'meanSquaredError',
  codec: noOptions,
  defaults: {},
  rule: (output) => Either.right({ label: output, dtype: 'float' }),
  elements: (_, predictions, labels) => squared(predictions, labels)
}

const halfDefinition: LossDefinition<'halfSquaredError', object> = {
  ...definition,
  tag: 'halfSquaredError',
  elements: (_, predictions, labels) => pipe(squared(predictions, labels), multiply(0.5))
}

/**
 * The squared difference of predictions and labels.
 *
 *     ℓ(x, y) = (x − y)²
 *
 * Predictions and labels of one shape and float type; one loss for each element, reduced to their mean over the whole
 * batch, examples and outputs alike, as in PyTorch.
 *
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { evaluateLoss, meanSquaredError } from 'gradfold/objective'
 * import { item, tensor } from 'gradfold/tensor'
 * const loss = item(evaluate(evaluateLoss(meanSquaredError)(constant(tensor([[1, 2]])), constant(tensor([[1, 4]]))))) // 2
 * @category losses
 * @since 0.1.0
 */
export const meanSquaredError: Loss<'meanSquaredError'> = defineLoss(definition)

/**
 * Half the squared difference of predictions and labels, whose derivative is the difference itself.
 *
 *     ℓ(x, y) = ½ (x − y)²
 *
 * Predictions and labels of one shape and float type; one loss for each element, reduced to their mean.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { halfSquaredError, withReduction } from 'gradfold/objective'
 * const textbook = pipe(halfSquaredError, withReduction('sum')) // E = Σ ½ (target − output)²
 * @category losses
 * @since 0.1.0
 */
export const halfSquaredError: Loss<'halfSquaredError'> = defineLoss(halfDefinition)
