/**
 * The loss of a batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { raise, type Dim, type Shape } from '../shape/index.ts'
import type { Expr } from '../expr/index.ts'
import type { DType, FloatDType } from '../tensor/index.ts'
import { checkLabels, type LabelMessage, type LabelRuleOf } from './label.ts'
import { reducedLoss, type Loss, type Reduction } from './loss.ts'

// types

/** All axes but the first, that of the batch. */
type Example<S extends Shape> = S extends readonly [Dim, ...infer O extends Shape] ? O : readonly Dim[]
type First<S extends Shape> = S extends readonly [infer B extends Dim, ...Shape] ? B : number

/** The shape of a loss over predictions of shape S. */
export type LossShape<Tag extends string, R extends Reduction, S extends Shape> = R extends 'none'
  ? readonly [First<S>, ...LabelRuleOf<Tag, Example<S>>['element']]
  : []

/** The sentence, or the type where there is none. */
type Unless<M, X> = [M] extends [never] ? X : M

// interpretation

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
    labels: Unless<LabelMessage<Tag, Example<S>, Y, T, F, First<S>>, Expr<Y, T>>
  ): Expr<LossShape<Tag, R, S>, F> => {
    const fitting = pipe(
      checkLabels(
        self,
        { shape: predictions.shape.slice(1), dtype: predictions.dtype },
        // the message is a type only: what arrives is an expression
        labels as unknown as Expr<Y, T>
      ),
      Either.getOrElse<string, Expr<Y, T>>(raise)
    )
    // the rule's shape, computed by the same operators
    return reducedLoss(self, predictions, fitting) as unknown as Expr<LossShape<Tag, R, S>, F>
  }
