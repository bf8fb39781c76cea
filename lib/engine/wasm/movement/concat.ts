/**
 * Joining along an axis: each result row is one run from each operand.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import { define, type Instruction, type Local, type ValueType } from '../assembler/index.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { bytesOf } from '../quad.ts'
import { advance, nest } from './nest.ts'
import { copyRun } from './run.ts'

export const concat: KernelRules<'concat'> = {
  concat: (compilation, task) => {
    const { operands, outputs, parameters } = task
    const { dtype, shape } = outputs[0]!
    const { axis } = parameters
    const rows = size(shape.slice(0, axis))
    const runs = operands.map((operand) => size(operand.shape.slice(axis)) * bytesOf(dtype))
    const total = runs.reduce((sum, bytes) => sum + bytes, 0)
    const pointers = [...runs.map((): ValueType => 'i32'), 'i32'] as const
    const definition = compilation.shared(keyOf('concat', task), () =>
      define('concat', pointers, [], (variables, local) => {
        if (rows * total === 0) return []
        // all parameters are of type i32
        const all = variables as readonly Local<'i32'>[]
        const to = all[runs.length]!
        const body = runs.flatMap((bytes, i): readonly Instruction[] =>
          bytes === 0 ? [] : [...copyRun(local, to, all[i]!, bytes), ...advance(to, bytes)]
        )
        return nest(local, [{ length: rows, steps: [...runs, total] }], all, body, [...runs.map(() => 0), total])
      })
    )
    return { definition, scratch: 0, operations: size(shape) }
  }
}
