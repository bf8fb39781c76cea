/**
 * Sorting along an axis: each line's keys become records, which are sorted; then all operands are read in their order.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'
import {
  call,
  countUp,
  define,
  i32,
  set,
  type Instruction,
  type Local,
  type NewLocal,
  type ValueType
} from '../assembler/index.ts'
import { aligned, type Compilation } from '../compilation.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { nest } from '../movement/nest.ts'
import { copyElement } from '../movement/run.ts'
import { bytesOf } from '../quad.ts'
import { sortRecords } from './merge-sort.ts'
import { indexIn, makeRecord, recordBytesOf } from './records.ts'

type Pointer = Local<'i32'>

/** An operand and its output, at the beginning of a line. */
interface Column {
  readonly dtype: DType
  readonly from: Pointer
  readonly to: Pointer
}

/** Elements of a line, and how many elements apart they are. */
interface Line {
  readonly length: number
  readonly stride: number
}

/** The code that sorts one line by the first column. */
const sortLine = (
  compilation: Compilation,
  local: NewLocal,
  columns: readonly Column[],
  { length, stride }: Line,
  scratch: Pointer
): readonly Instruction[] => {
  const keys = columns[0]!
  const bytes = recordBytesOf(keys.dtype)
  const total = length * bytes
  const [i, record, sorted, here, there] = [local('i32'), local('i32'), local('i32'), local('i32'), local('i32')]
  const other = i32.add(scratch, aligned(total))
  return [
    set(record, scratch),
    set(here, keys.from),
    countUp(i, 0, length, 1, [
      ...makeRecord(compilation, keys.dtype, record, here, i),
      set(record, i32.add(record, bytes)),
      set(here, i32.add(here, stride * bytesOf(keys.dtype)))
    ]),
    set(sorted, call('i32', sortRecords(compilation, bytes), scratch, other, total)),
    ...columns.flatMap(({ dtype, from, to }) => {
      const step = stride * bytesOf(dtype)
      return [
        set(record, sorted),
        set(there, to),
        countUp(i, 0, length, 1, [
          set(here, i32.add(from, i32.multiply(indexIn(bytes, record), step))),
          copyElement(bytesOf(dtype), there, here),
          set(record, i32.add(record, bytes)),
          set(there, i32.add(there, step))
        ])
      ]
    })
  ]
}

export const sort: KernelRules<'sort'> = {
  sort: (compilation, task) => {
    const { operands, parameters } = task
    const { axis } = parameters
    const { dtype, shape } = operands[0]!
    const line = { length: shape[axis]!, stride: size(shape.slice(axis + 1)) }
    const count = size(shape)
    const outer = size(shape.slice(0, axis))
    const pointers = [...operands, ...operands, undefined].map((): ValueType => 'i32')
    const definition = compilation.shared(keyOf('sort', task), () =>
      define('sort', pointers, [], (variables, local) => {
        if (count === 0) return []
        // all parameters are of type i32
        const all = variables as readonly Pointer[]
        const moving = all.slice(0, -1)
        const columns = operands.map((operand, i) => ({
          dtype: operand.dtype,
          from: all[i]!,
          to: all[operands.length + i]!
        }))
        const widths = [...operands, ...operands].map((operand) => bytesOf(operand.dtype))
        return nest(
          local,
          [
            { length: outer, steps: widths.map((width) => width * line.length * line.stride) },
            { length: line.stride, steps: widths }
          ],
          moving,
          sortLine(compilation, local, columns, line, all.at(-1)!)
        )
      })
    )
    const levels = 32 - Math.clz32(line.length)
    return {
      definition,
      scratch: Math.max(64, 2 * aligned(line.length * recordBytesOf(dtype))),
      operations: count * (levels + operands.length)
    }
  }
}
