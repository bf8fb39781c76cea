/**
 * Matrices that are panels in memory: how tensors get there and back.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import type { AnyTensor, Slot } from '../../tensor/index.ts'
import { allocate, bufferOf, fromBuffer } from '../../tensor/internal.ts'
import { panelWidth } from './matmul/panels.ts'
import type { Memory } from './platform.ts'

/** Every element, panel by panel in the order of memory: one plain loop, which engines soon make fast. */
const move = (from: Float32Array, to: Float32Array, columns: number, intoPanels: boolean): void => {
  const rows = from.length / columns
  const width = panelWidth('f32')
  let packed = 0
  for (let first = 0; first < columns; first += width) {
    const end = Math.min(columns, first + width)
    for (let row = 0; row < rows; row += 1)
      for (let place = row * columns + first; place < row * columns + end; place += 1) {
        to[intoPanels ? packed : place] = from[intoPanels ? place : packed]!
        packed += 1
      }
  }
}

const columnsOf = ({ shape }: Slot): number => shape.at(-1)!

/** Writes a matrix of f32 to memory as panels. */
export const copyIntoPanels = (memory: Memory, tensor: AnyTensor, address: number): void => {
  // only matrices of f32 are panels
  const elements = bufferOf(tensor) as Float32Array
  move(elements, new Float32Array(memory.buffer, address, elements.length), columnsOf(tensor), true)
}

/** A matrix of f32 that is panels in memory, as a tensor. */
export const copyOutOfPanels = (memory: Memory, slot: Slot, address: number): AnyTensor => {
  const elements = allocate('f32', size(slot.shape))
  move(new Float32Array(memory.buffer, address, elements.length), elements, columnsOf(slot), false)
  return fromBuffer('f32', slot.shape, elements)
}
