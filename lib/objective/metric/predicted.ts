/**
 * Classes in predictions and in labels.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { argMax, type AnyExpr, type Expr } from '../../expr/index.ts'
import { raise, sameShape, show, type Shape } from '../../shape/index.ts'
import { isFloat, showSlot } from '../../tensor/index.ts'

/** Class numbers. */
export type Classes = Expr<Shape, 'i32'>

/** The class with the greatest output, of each example; the first of several. */
const greatest = (outputs: AnyExpr): Classes =>
  // the caller has looked at the element type
  pipe(outputs as unknown as Expr<Shape>, argMax(-1))

/**
 * The classes that are predicted and those of the labels, which are class numbers (i32, without the last axis) or
 * probabilities (floats, of the predictions' shape).
 */
export const predictedAndTrue = (
  name: string,
  predictions: AnyExpr,
  labels: AnyExpr
): { readonly predicted: Classes; readonly truth: Classes } => {
  const positions = predictions.shape.slice(0, -1)
  if (predictions.shape.length < 2 || !isFloat(predictions.dtype))
    raise(`${name}: predictions have to be floats [batch, …, classes], got ${showSlot(predictions)}`)
  const predicted = greatest(predictions)
  // the element types have just been looked at
  if (labels.dtype === 'i32' && sameShape(labels.shape, positions)) return { predicted, truth: labels as Classes }
  if (isFloat(labels.dtype) && sameShape(labels.shape, predictions.shape)) return { predicted, truth: greatest(labels) }
  return raise(
    `${name}: predictions are ${show(predictions.shape)}, so labels have to be i32${show(positions)} or ` +
      `${showSlot(predictions)}, got ${showSlot(labels)}`
  )
}
