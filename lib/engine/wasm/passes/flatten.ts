/**
 * The first pass: functions with derivatives of their own become what they compute, and what nobody reads is gone.
 *
 * @since 0.1.0
 */
import {
  applyPrimitive,
  inline,
  inputValue,
  programOf,
  type Equation,
  type Program,
  type Value
} from '../../../expr/internal.ts'
import { raise } from '../../../shape/index.ts'

const imageOf = ({ primitive, parameters }: Equation, operands: readonly Value[]): readonly Value[] => {
  switch (primitive) {
    case 'customJvp':
    case 'customVjp':
      return inline(flatten(parameters.primal), operands)
    case 'customLinear':
      return raise(
        'engine: the forward-mode derivative of a customVjp function is not defined; use grad or vjp, or give the function a customJvp'
      )
    default:
      return applyPrimitive(primitive, operands, parameters)
  }
}

/** A program without custom functions at its top; the programs inside of loops are left as they are. */
export const flatten = (self: Program): Program => {
  const custom = self.equations.some(({ primitive }) => primitive.startsWith('custom'))
  if (!custom) return self
  const inputs = self.inputs.map(inputValue)
  const values: Value[] = [...inputs]
  for (const equation of self.equations)
    for (const output of imageOf(
      equation,
      equation.operands.map((variable) => values[variable]!)
    ))
      values.push(output)
  return programOf(
    inputs,
    self.outputs.map((variable) => values[variable]!)
  )
}
