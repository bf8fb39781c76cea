/**
 * A count out of a total: what accuracies measure.
 *
 * @since 0.1.0
 */
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { numberAt, type MeasuredTensors } from '../metric.ts'

/**
 * So many correct ones of so many: whole numbers, so that merging is exact.
 *
 * @category model
 * @since 0.1.0
 */
export interface Ratio {
  readonly correct: number
  readonly total: number
}

export const ratioMonoid: Monoid<Ratio> = {
  concat: (a, b) => ({ correct: a.correct + b.correct, total: a.total + b.total }),
  empty: { correct: 0, total: 0 }
}

export const readRatio = (tensors: MeasuredTensors): Ratio => ({
  correct: numberAt('correct')(tensors),
  total: numberAt('total')(tensors)
})

/** The part that is correct; NaN of nothing. */
export const ratioValue = ({ correct, total }: Ratio): number => correct / total
