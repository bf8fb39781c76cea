/**
 * Kernels on plain values, compared with the reference engine.
 */
import { expect } from 'vitest'
import type { KernelRule } from '../../../lib/engine/wasm/kernel.ts'
import type { Parameters, Primitive } from '../../../lib/expr/internal.ts'
import type { AnyTensor } from '../../../lib/tensor/index.ts'
import { allocate, bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import { compute, exact, type Literal } from '../reference/oracle/literal.ts'
import { runKernel } from './harness.ts'

export const tensorFrom = ({ dtype, shape, data }: Literal): AnyTensor => {
  const buffer = allocate(dtype, data.length)
  buffer.set(data)
  return fromBuffer(dtype, shape, buffer)
}

export const literalOf = (tensor: AnyTensor): Literal => ({
  dtype: tensor.dtype,
  shape: tensor.shape,
  data: Array.from(bufferOf(tensor))
})

/** Expects that a kernel computes a primitive to the bits of the reference engine. */
export const expectReference = <P extends Primitive>(
  primitive: P,
  operands: readonly Literal[],
  parameters: Parameters[P],
  rule: KernelRule<Parameters[P]>
): void => {
  const outputs = compute(primitive, operands, parameters)
  const results = runKernel(
    (compilation) => rule(compilation, { operands, outputs, parameters }),
    operands.map(tensorFrom),
    outputs
  )
  expect(results.map((tensor) => exact(literalOf(tensor)))).toEqual(outputs.map(exact))
}
