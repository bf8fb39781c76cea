/**
 * Copies of views into rows: what broadcast, transpose, reverse and slice are where their result has to stand in memory.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import { countUp, define, i32, set, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { gatherQuad, storePart, storeQuad, type Count } from '../elements/index.ts'
import type { Kernel } from '../kernel.ts'
import { bytesOf, type Writer } from '../quad.ts'
import { nest } from './nest.ts'
import { copyElement, copyRun, fillRun, splat, type Width } from './run.ts'
import { transposition } from './transposition.ts'
import { copyAxes, levelOf, type CopyAxis, type View } from './view.ts'

type Pointer = Local<'i32'>

/** The kernel of two pointers, a buffer and a row, that copies a view of the one into the other. */
export const copyKernel = (compilation: Compilation, view: View): Kernel => {
  const width = bytesOf(view.dtype)
  const axes = copyAxes(view)
  const count = size(view.shape)
  const key = `copy ${width} ${view.offset} ${axes.map(({ length, from }) => `${length}:${from}`).join(' ')} ${count === 0}`
  const definition = compilation.shared(key, () =>
    define('copy', ['i32', 'i32'], [], ([from, to], local) =>
      count === 0
        ? []
        : [
            ...(view.offset === 0 ? [] : [set(from, i32.add(from, view.offset * width))]),
            ...copying(compilation, local, width, axes, to, from)
          ]
    )
  )
  return { definition, scratch: 0, operations: count }
}

/** The code that copies along some axes. */
const copying = (
  compilation: Compilation,
  local: NewLocal,
  width: Width,
  axes: readonly CopyAxis[],
  to: Pointer,
  from: Pointer
): readonly Instruction[] => {
  const inner = axes.at(-1)
  if (inner === undefined) return [copyElement(width, to, from)]
  const pointers = [to, from]
  const outer = axes.slice(0, -1).map(levelOf)
  if (inner.from === width) return nest(local, outer, pointers, copyRun(local, to, from, inner.length * width))
  if (inner.from === 0) {
    const element = local('v128')
    const fill = fillRun(local, to, element, inner.length * width)
    return nest(local, outer, pointers, [set(element, splat(width, from)), ...fill])
  }
  const row = axes.findIndex((axis) => axis.from === width)
  if (row >= 0) {
    const around = axes.filter((axis) => axis !== axes[row] && axis !== inner).map(levelOf)
    return nest(local, around, pointers, transposition(local, width, axes[row]!, inner, to, from))
  }
  return nest(local, outer, pointers, spread(compilation, local, width, inner, to, from))
}

/** Copies elements that are any number of bytes apart. */
const spread = (
  compilation: Compilation,
  local: NewLocal,
  width: Width,
  { length, from: step }: CopyAxis,
  to: Pointer,
  from: Pointer
): readonly Instruction[] => {
  const [here, there, at] = [local('i32'), local('i32'), local('i32')]
  const begin = [set(here, from), set(there, to)]
  if (width === 1)
    return [
      ...begin,
      countUp(at, 0, length, 1, [
        copyElement(1, there, here),
        set(there, i32.add(there, 1)),
        set(here, i32.add(here, step))
      ])
    ]
  // the type does not matter, only its width
  const dtype = width === 4 ? 'i32' : 'f64'
  const quad = (count: Count): readonly Instruction[] => {
    const code: Instruction<'none'>[] = []
    const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
    const elements = gatherQuad(writer, dtype, here, 0, step, count)
    if (count === 4) storeQuad(writer, dtype, there, 0, elements)
    else storePart(writer, dtype, there, 0, elements, count)
    return code
  }
  const whole = length - (length % 4)
  const onward = [set(there, i32.add(there, 4 * width)), set(here, i32.add(here, 4 * step))]
  return [
    ...begin,
    ...(whole > 0 ? [countUp(at, 0, whole, 4, [...quad(4), ...onward])] : []),
    ...(length > whole ? quad((length - whole) as Count) : [])
  ]
}
