/**
 * The index of the first greatest element along an axis; NaN counts as greatest. Four results at a time: their elements
 * are neighbours, or in four rows.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../../shape/index.ts'
import { isFloat, type DType } from '../../../tensor/index.ts'
import {
  countUp,
  define,
  i32,
  i32x4,
  set,
  v128,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { gatherQuad, storePart, type Count } from '../elements/index.ts'
import { floatsOf, narrowMasks, type Vector } from '../elements/vectors.ts'
import { keyOf, type KernelRules } from '../kernel.ts'
import { advance, nest } from '../movement/nest.ts'
import { bytesOf, kept, type Writer } from '../quad.ts'

/** The walk: results in rows of neighbours, and the bytes from result to result, from row to row, along the axis. */
interface Walk {
  readonly rows: number
  readonly width: number
  readonly length: number
  readonly step: number
  readonly row: number
  readonly along: number
}

const walkOf = (dtype: DType, shape: Sizes, axis: number): Walk => {
  const length = shape[axis]!
  const [outer, inner] = [size(shape.slice(0, axis)), size(shape.slice(axis + 1))]
  const along = inner * bytesOf(dtype)
  return inner === 1
    ? { rows: 1, width: outer, length, step: length * along, row: 0, along }
    : { rows: outer, width: inner, length, step: bytesOf(dtype), row: length * along, along }
}

/** Masks of the lanes where a is chosen over an earlier b: a greater number, or the first NaN. */
const exceeds = (dtype: DType, a: Vector, b: Vector): Vector => {
  if (dtype === 'u32') return i32x4.greaterUnsigned(a, b)
  if (!isFloat(dtype)) return i32x4.greaterSigned(a, b)
  const { lessEqual, equal } = floatsOf(dtype)
  // not a ≤ b, which holds for a NaN too; and b is a number
  return v128.andNot(equal(b, b), lessEqual(a, b))
}

/** The code of a quad of results, the first `count` of which there are: from `from`, to `to`. */
const greatest = (
  writer: Writer,
  dtype: DType,
  { length, step, along }: Walk,
  to: Local<'i32'>,
  from: Local<'i32'>,
  count: Count
): void => {
  const { compilation, local, write } = writer
  const [here, i, chosen] = [local('i32'), local('i32'), local('v128')]
  write(set(here, from))
  const best = gatherQuad(writer, dtype, here, 0, step, count).map((vector) => {
    const variable = local('v128')
    write(set(variable, vector))
    return variable
  })
  write(set(chosen, v128.constantI32(0)))
  if (length > 1) {
    const body: Instruction<'none'>[] = [set(here, i32.add(here, along))]
    const inside: Writer = { compilation, local, write: (instruction) => void body.push(instruction) }
    const quad = gatherQuad(inside, dtype, here, 0, step, count)
    const masks = kept(
      inside,
      quad.map((vector, part) => exceeds(dtype, vector, best[part]!))
    )
    best.forEach((variable, part) => {
      inside.write(set(variable, v128.bitselect(quad[part]!, variable, masks[part]!)))
    })
    const mask = dtype === 'f64' ? narrowMasks(masks[0]!, masks[1]!) : masks[0]!
    inside.write(set(chosen, v128.bitselect(i32x4.splat(i), chosen, mask)))
    write(countUp(i, 1, length, 1, body))
  }
  storePart(writer, 'i32', to, 0, [chosen], count)
}

/** The code of all quads of a row of results; moves both pointers to its end. */
const rowOf = (
  compilation: Compilation,
  local: NewLocal,
  dtype: DType,
  walk: Walk,
  to: Local<'i32'>,
  from: Local<'i32'>
): readonly Instruction[] => {
  const quad = (count: Count): readonly Instruction[] => {
    const code: Instruction<'none'>[] = []
    const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
    greatest(writer, dtype, walk, to, from, count)
    return [...code, ...advance(to, 4 * count), ...advance(from, walk.step * count)]
  }
  const whole = walk.width - (walk.width % 4)
  return [
    ...(whole > 0 ? [countUp(local('i32'), 0, whole, 4, quad(4))] : []),
    ...(walk.width > whole ? quad((walk.width - whole) as Count) : [])
  ]
}

export const argMax: KernelRules<'argMax'> = {
  argMax: (compilation, task) => {
    const { dtype, shape } = task.operands[0]!
    const walk = walkOf(dtype, shape, task.parameters.axis)
    const { rows, width, row, step } = walk
    const definition = compilation.shared(keyOf('argMax', task), () =>
      define('argMax', ['i32', 'i32'], [], ([from, to], local) =>
        rows * width === 0
          ? []
          : nest(
              local,
              [{ length: rows, steps: [4 * width, row] }],
              [to, from],
              rowOf(compilation, local, dtype, walk, to, from),
              [4 * width, step * width]
            )
      )
    )
    return { definition, scratch: 0, operations: size(shape) }
  }
}
