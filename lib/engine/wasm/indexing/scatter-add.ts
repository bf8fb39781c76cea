/**
 * Adding at computed places, in ascending order of the places.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import { isFloat, type DType } from '../../../tensor/index.ts'
import {
  countUp,
  define,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  memory,
  set,
  v128,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { bytesOf } from '../quad.ts'
import { countOf, lengthsOf, walk } from './places.ts'

type Pointer = Local<'i32'>

const addVector = (dtype: DType, to: Pointer, from: Pointer): Instruction<'none'> => {
  const { add } = dtype === 'f64' ? f64x2 : isFloat(dtype) ? f32x4 : i32x4
  return v128.store(to, add(v128.load(to), v128.load(from)))
}

const addElement = (dtype: DType, to: Pointer, from: Pointer, at: number): Instruction<'none'> => {
  switch (dtype) {
    case 'f32':
      return f32.store(to, f32.add(f32.load(to, at), f32.load(from, at)), at)
    case 'f64':
      return f64.store(to, f64.add(f64.load(to, at), f64.load(from, at)), at)
    default:
      return i32.store(to, i32.add(i32.load(to, at), i32.load(from, at)), at)
  }
}

/** Adds a run to another: vectors first, then the elements that are left. Pointers of its own move. */
const addRun = (
  local: NewLocal,
  dtype: DType,
  to: Pointer,
  from: Pointer,
  elements: number
): readonly Instruction[] => {
  const width = bytesOf(dtype)
  const lanes = 16 / width
  const whole = elements - (elements % lanes)
  const [there, here] = whole > 0 ? [local('i32'), local('i32')] : [to, from]
  const rest = Array.from({ length: elements - whole }, (_, i) => addElement(dtype, there, here, i * width))
  if (whole === 0) return rest
  return [
    set(there, to),
    set(here, from),
    countUp(local('i32'), 0, whole, lanes, [
      addVector(dtype, there, here),
      set(there, i32.add(there, 16)),
      set(here, i32.add(here, 16))
    ]),
    ...rest
  ]
}

export const scatterAdd: KernelRules<'scatterAdd'> = {
  scatterAdd: (compilation, task) => {
    const { operands, parameters } = task
    const [target, indices] = [operands[0]!, operands[1]!]
    const lengths = lengthsOf(target, indices, parameters.axis, parameters.batch)
    const { dtype } = target
    const bytes = size(target.shape) * bytesOf(dtype)
    const definition = compilation.shared(keyOf('scatterAdd', task), () =>
      define('scatterAdd', ['i32', 'i32', 'i32', 'i32'], [], ([from, index, place, row], local) => [
        ...(bytes === 0 ? [] : [memory.copy(row, from, bytes)]),
        ...(countOf(lengths) === 0
          ? []
          : walk(local, target, indices, lengths, { row, index, place }, (chosen) =>
              addRun(local, dtype, chosen, place, lengths.after)
            ))
      ])
    )
    return { definition, scratch: 0, operations: countOf(lengths) + size(target.shape) }
  }
}
