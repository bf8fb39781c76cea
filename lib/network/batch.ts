/**
 * Batches of examples: their shapes, and reshaping each example without touching the batch.
 *
 * @since 0.1.0
 */
import { reshaped as toShape, typed } from '../expr/internal.ts'
import type { Expr } from '../expr/index.ts'
import type { Shape, Sizes } from '../shape/index.ts'

/** The shape of one example of a batch. */
export const exampleOf = (x: Expr<Shape>): Sizes => x.shape.slice(1)

/** How many examples a batch has. */
export const batchOf = (x: Expr<Shape>): number => x.shape[0] ?? 1

/** The same elements in another shape. */
export const reshaped = (x: Expr<Shape>, shape: Sizes): Expr<Shape> => typed(toShape(x, shape))
