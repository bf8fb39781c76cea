/**
 * Rows of tensors: selections along the first axis, copied byte for byte.
 */
import { raise, size, type Shape } from '../shape/index.ts'
import { bytesPerElement, showSlot, type DType, type Leaf, type Tensor } from '../tensor/index.ts'
import { allocate, bufferOf, fromBuffer, type Buffers } from '../tensor/internal.ts'

/** The number of rows; throws one sentence where there is no first axis. */
export const rowsOf = (what: string, self: Leaf): number =>
  self.shape[0] ?? raise(`${what}: expected a first axis for the examples, got ${showSlot(self)}`)

/** The rows with the given numbers, in that order. */
export const selectRows = <X extends Shape, T extends DType>(
  self: Tensor<readonly [number, ...X], T>,
  rows: ArrayLike<number>
): Tensor<[number, ...X], T> => {
  const rest = self.shape.slice(1)
  const length = size(rest)
  const width = length * bytesPerElement(self.dtype)
  const target: Buffers[T] = allocate(self.dtype, rows.length * length)
  const source = bufferOf(self)
  const from = new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  const to = new Uint8Array(target.buffer)
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] ?? 0) * width
    to.set(from.subarray(start, start + width), i * width)
  }
  return fromBuffer(self.dtype, [rows.length, ...rest], target)
}
