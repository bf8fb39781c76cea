/**
 * Reading at computed places.
 *
 * @since 0.1.0
 */
import { define } from '../assembler/index.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { copyRun } from '../movement/run.ts'
import { bytesOf } from '../quad.ts'
import { countOf, lengthsOf, walk } from './places.ts'

export const gather: KernelRules<'gather'> = {
  gather: (compilation, task) => {
    const { operands, parameters } = task
    const [x, indices] = [operands[0]!, operands[1]!]
    const lengths = lengthsOf(x, indices, parameters.axis, parameters.batch)
    const definition = compilation.shared(keyOf('gather', task), () =>
      define('gather', ['i32', 'i32', 'i32'], [], ([row, index, place], local) =>
        countOf(lengths) === 0
          ? []
          : walk(local, x, indices, lengths, { row, index, place }, (chosen) =>
              copyRun(local, place, chosen, lengths.after * bytesOf(x.dtype))
            )
      )
    )
    return { definition, scratch: 0, operations: countOf(lengths) }
  }
}
