/**
 * One of two programs, by a flag.
 *
 * @since 0.1.0
 */
import { define, i32, run, when } from '../assembler/index.ts'
import type { ControlRule } from './inside.ts'

export const cond: ControlRule<'cond'> = ({ operands, outputs, parameters }, inside) => {
  const [whenTrue, whenFalse] = [inside(parameters.whenTrue), inside(parameters.whenFalse)]
  const count = operands.length + outputs.length
  const definition = define(
    'cond',
    Array.from({ length: count + 1 }, () => 'i32' as const),
    [],
    (params) => [
      when(
        i32.load8Unsigned(params[0]!),
        [run(whenTrue.definition, ...params.slice(1))],
        [run(whenFalse.definition, ...params.slice(1))]
      )
    ]
  )
  return {
    definition,
    scratch: Math.max(whenTrue.scratch, whenFalse.scratch),
    operations: Math.max(whenTrue.operations, whenFalse.operations)
  }
}
