/**
 * Copies that kernels need: elements in a row, matrices as panels.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import { packKernel } from '../matmul/layout.ts'
import { turnKernel } from '../matmul/turn.ts'
import { copyKernel } from '../movement/index.ts'
import { isTurned } from '../passes/panel-uses.ts'
import { isWhole } from '../passes/view.ts'
import { bytesOf } from '../quad.ts'
import { splitCopy } from '../threads/split-kernel.ts'
import { wholly, type Making, type Place } from './call.ts'

/** Copies a variable into a new buffer. */
export const copy = ({ compilation, graph, calls, copies }: Making, variable: number): number => {
  const { root, offset, strides } = graph.views[variable]!
  const { shape, dtype } = graph.slots[variable]!
  const buffer = graph.slots.length + copies.push({ shape, dtype }) - 1
  const view = { dtype, shape, offset, strides }
  const kernel = copyKernel(compilation, view)
  calls.push({
    name: 'copy',
    kernel,
    reads: [{ buffer: root, offset: 0 }],
    writes: [buffer],
    reusable: [],
    split: () => splitCopy(view, size(graph.slots[root]!.shape), (part) => copyKernel(compilation, part))
  })
  return buffer
}

/** The place of a variable's elements in a row; they are copied where they are not in one. */
export const inARow =
  (making: Making) =>
  (variable: number): Place => {
    const view = making.graph.views[variable]!
    const { shape, dtype } = making.graph.slots[variable]!
    return isWhole({ ...view, offset: 0 }, shape)
      ? { buffer: view.root, offset: view.offset * bytesOf(dtype) }
      : { buffer: copy(making, variable), offset: 0 }
  }

/** Matrices of fewer columns are not packed. */
const leastColumns = 8

/** The panels of a matrix, or of the transpose of one, that is panels in memory. */
const ofPanels = ({ compilation, graph, calls, copies, panels }: Making, variable: number): Place => {
  const { root } = graph.views[variable]!
  if (!isTurned(graph, variable)) return { buffer: root, offset: 0 }
  const buffer = panels.get(variable) ?? graph.slots.length + copies.push(graph.slots[root]!) - 1
  if (!panels.has(variable)) {
    const [rows, columns] = graph.slots[root]!.shape
    const kernel = turnKernel(compilation, { dtype: 'f32', rows: rows!, columns: columns! })
    const reads = wholly([root])
    calls.push({ name: 'turn', kernel, reads, writes: [buffer], reusable: [], split: () => undefined })
    panels.set(variable, buffer)
  }
  return { buffer, offset: 0 }
}

/**
 * The panels of a matrix that is panels in memory, or that never changes: then it is packed once, where the loop begins,
 * instead of in each product.
 */
export const inPanels =
  (making: Making) =>
  (variable: number): Place | undefined => {
    const { compilation, graph, calls, copies, panels } = making
    if (making.packed.has(graph.views[variable]!.root)) return ofPanels(making, variable)
    const { shape, dtype } = graph.slots[variable]!
    const [rows, columns, ...more] = shape
    if (!making.isFixed(graph.views[variable]!.root) || more.length > 0 || columns! < leastColumns || dtype === 'bool')
      return undefined
    const known = panels.get(variable)
    if (known !== undefined) return { buffer: known, offset: 0 }
    const from = inARow(making)(variable)
    const buffer = graph.slots.length + copies.push({ shape, dtype }) - 1
    const kernel = packKernel(compilation, { dtype, rows: rows!, columns: columns! })
    calls.push({ name: 'pack', kernel, reads: [from], writes: [buffer], reusable: [], split: () => undefined })
    panels.set(variable, buffer)
    return { buffer, offset: 0 }
  }
