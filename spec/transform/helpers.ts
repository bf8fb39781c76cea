/** Running functions of values on tensors, for the tests of transformations. */
import { applyOne, inputValue, programOf, type Value } from '../../lib/expr/internal.ts'
import { reference } from '../../lib/engine/index.ts'
import { bufferOf } from '../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../lib/tensor/index.ts'

export type Values = readonly Value[]

export const runValues = (tensors: readonly AnyTensor[], f: (values: Values) => Values): readonly AnyTensor[] => {
  const inputs = tensors.map(inputValue)
  return reference.compile(programOf(inputs, f(inputs))).run(tensors)
}

export const numbersOf = (tensors: readonly AnyTensor[]): readonly number[] =>
  tensors.flatMap((x) => Array.from(bufferOf(x)))

/** The bytes of tensors, for exact comparison. */
export const bytesOf = (tensors: readonly AnyTensor[]): readonly string[] =>
  tensors.map((x) => {
    const buffer = bufferOf(x)
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    return `${x.dtype}[${x.shape.join()}]${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
  })

export const lift = (value: AnyTensor): Value => applyOne('constant', [], { value })
