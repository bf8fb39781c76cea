/**
 * Kernels of sliding windows against the reference engine.
 */
import { expect } from 'vitest'
import { reference } from '../../../lib/engine/index.ts'
import type { Compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import { applyOne, traceValues, type Parameters, type Windowed } from '../../../lib/expr/internal.ts'
import type { AnyTensor, Slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import { draw, type Taste } from '../reference/oracle/draw.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { runKernel } from './harness.ts'

/** A tensor of numbers from a seed. */
export const drawn = (slot: Slot, seed: number, taste: Taste): AnyTensor =>
  tensorOf(slot, draw(slot.dtype, slot.shape, seed, taste).data)

/** The bytes of a tensor with one NaN for all. */
const bitsOf = (self: AnyTensor): Uint8Array => {
  const buffer = bufferOf(fromBuffer(self.dtype, self.shape, bufferOf(self).map((n) => (n !== n ? NaN : n)) as never))
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** Runs a kernel, and compares its output with what the reference engine gives for the primitive. */
export const expectReference = <P extends Windowed>(
  name: P,
  parameters: Parameters[P],
  make: (shared: Compilation) => Kernel,
  operands: readonly AnyTensor[],
  outputs: readonly Slot[]
): void => {
  const program = traceValues(operands, (values) => [applyOne(name, values, parameters)])
  const expected = reference.compile(program).run(operands)
  const got = runKernel(make, operands, outputs)
  expect(got.map(bitsOf)).toEqual(expected.map(bitsOf))
}
