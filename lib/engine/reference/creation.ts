/**
 * Values from nothing: both are known when the program is compiled.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import { allocate, bufferOf } from '../../tensor/internal.ts'
import type { Rules } from './kernel.ts'
import { rowMajor } from './strides.ts'

export const creation: Rules<'constant' | 'iota'> = {
  constant: (_, { value }) => ({ kind: 'constant', buffer: bufferOf(value) }),
  iota: (_, { shape, axis, dtype }) => {
    const buffer = allocate(dtype, size(shape))
    const step = rowMajor(shape)[axis]!
    const length = shape[axis]!
    for (let i = 0; i < buffer.length; i += 1) buffer[i] = Math.floor(i / step) % length
    return { kind: 'constant', buffer }
  }
}
