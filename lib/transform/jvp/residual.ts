/**
 * Splitting a derivative in two: what the primals give, and the linear rest that uses it.
 *
 * @since 0.1.0
 */
import { captureOutside, type Program, type Value } from '../../expr/internal.ts'

/** The linear part of a derivative as a program of residuals and tangents. */
export interface LinearPart {
  /** values of the primal part that the linear part uses */
  readonly residuals: readonly Value[]
  /** inputs: residuals, then tangents; outputs: the defined tangents of the results */
  readonly program: Program
}

/** Cuts the graph of some tangents where it leaves the part that depends on the tangent inputs. */
export const linearPart = (tangentInputs: readonly Value[], results: readonly Value[]): LinearPart => {
  const { captured, program } = captureOutside(tangentInputs, results)
  return { residuals: captured, program }
}
