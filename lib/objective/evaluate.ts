/**
 * The loss of a batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { raise, type Dim, type Fit, type Shape } from '../shape/index.ts'
import { mean, sum, type AnyExpr, type Expr } from '../expr/index.ts'
import type { DType, FloatDType } from '../tensor/index.ts'
import { checkLabels, type LabelMessage, type LabelRuleOf } from './label.ts'
import type { AnyLoss, Batch, Loss, Reduction } from './loss.ts'

// types

/** All axes but the first, that of the batch. */
type Example<S extends Shape> = S extends readonly [Dim, ...infer O extends Shape] ? O : readonly Dim[]
type First<S extends Shape> = S extends readonly [infer B extends Dim, ...Shape] ? B : number

/**
 * The shape of a loss over predictions of shape S.
 *
 * @category types
 * @since 0.1.0
 */
export type LossShape<Tag extends string, R extends Reduction, S extends Shape> = R extends 'none'
  ? readonly [First<S>, ...LabelRuleOf<Tag, Example<S>>['element']]
  : []

// interpretation

/**
 * The loss of each element of a batch, of expressions whose types are not known; throws where the labels do not fit.
 *
 * @example
 * import { constant } from 'gradfold/expr'
 * import { evaluate } from 'gradfold/engine'
 * import { elementLosses, meanSquaredError } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * console.log(evaluate(elementLosses(meanSquaredError, constant(tensor([[3]])), constant(tensor([[1]]))))) // [[4]]
 * @category interpretation
 * @since 0.1.0
 */
export const elementLosses = (self: AnyLoss, predictions: AnyExpr, labels: AnyExpr): Batch => {
  const { shape } = predictions
  // a network of another element type than a float has no loss
  const dtype = predictions.dtype as FloatDType
  return pipe(
    checkLabels(self, { shape: shape.slice(1), dtype }, labels, shape[0]),
    Either.match(raise, (fitting) =>
      // definitions are written in the types of f32
      self.definition.elements(self.options, predictions as unknown as Batch, fitting)
    )
  )
}

/**
 * The reduced loss of a batch, of expressions whose types are not known; throws where the labels do not fit.
 *
 * @example
 * import { constant } from 'gradfold/expr'
 * import { evaluate } from 'gradfold/engine'
 * import { meanSquaredError, reducedLoss } from 'gradfold/objective'
 * import { tensor } from 'gradfold/tensor'
 * console.log(evaluate(reducedLoss(meanSquaredError, constant(tensor([[3]])), constant(tensor([[1]]))))) // 4
 * @category interpretation
 * @since 0.1.0
 */
export const reducedLoss = (self: AnyLoss, predictions: AnyExpr, labels: AnyExpr): Batch => {
  const elements = elementLosses(self, predictions, labels)
  switch (self.reduction) {
    case 'mean':
      return mean()(elements)
    case 'sum':
      return sum()(elements)
    case 'none':
      return elements
  }
}

/**
 * The loss of a batch, reduced as the loss says.
 *
 * @param self the loss.
 * @returns a function of
 *   - predictions `[batch, …]`, f32 or f64;
 *   - labels `[batch, …]`, of the shape and element type that the loss asks for.
 * @throws where the labels do not fit; the compiler says the same sentence where it knows the shapes.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { evaluateLoss, meanSquaredError } from 'gradfold/objective'
 * import { item, tensor } from 'gradfold/tensor'
 * const loss = item(evaluate(evaluateLoss(meanSquaredError)(constant(tensor([[3]])), constant(tensor([[1]]))))) // 4
 * @category interpretation
 * @since 0.1.0
 */
export const evaluateLoss =
  <Tag extends string, R extends Reduction>(self: Loss<Tag, R>) =>
  <S extends Shape, F extends FloatDType, Y extends Shape, T extends DType>(
    predictions: Expr<S, F>,
    labels: Fit<LabelMessage<Tag, Example<S>, Y, T, F, First<S>>, Expr<Y, T>>
  ): Expr<LossShape<Tag, R, S>, F> =>
    // the message is a type only: what arrives is an expression; and the rule's shape is that of the same operators
    reducedLoss(self, predictions, labels as unknown as Expr<Y, T>) as unknown as Expr<LossShape<Tag, R, S>, F>
