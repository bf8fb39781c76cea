/**
 * Forward derivatives of the programs inside a primitive.
 *
 * @since 0.1.0
 */
import { inline, inputValue, type Program, type Value } from '../../expr/internal.ts'
import type { Tangent } from '../build.ts'
import type { Dual, JvpContext } from '../rule.ts'

/** A program's outputs and their tangents, at fresh inputs. */
export interface ProgramDual extends Dual {
  readonly inputs: readonly Value[]
  /** one for each input; a fresh input, or undefined for a zero */
  readonly tangentInputs: readonly Tangent[]
}

/** The derivative of a program, given which of its inputs can have a tangent. */
export const programDual = (
  program: Program,
  active: readonly boolean[],
  { differentiate, mode }: Pick<JvpContext<unknown>, 'differentiate' | 'mode'>
): ProgramDual => {
  const inputs = program.inputs.map(inputValue)
  const tangentInputs = inputs.map((input, i) => (active[i] === true ? inputValue(input) : undefined))
  return { inputs, tangentInputs, ...differentiate(inputs, tangentInputs, inline(program, inputs), mode) }
}
