/**
 * Whether two engines gave the same bits; a NaN is a NaN.
 */
import { expect } from 'vitest'
import { print } from '../../../lib/expr/index.ts'
import type { Program } from '../../../lib/expr/internal.ts'
import { reference, type Engine } from '../../../lib/engine/index.ts'
import { wasm } from '../../../lib/engine/wasm/engine.ts'
import { canonicalCopy } from '../../../lib/tensor/bytes.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { showSlot, type AnyTensor } from '../../../lib/tensor/index.ts'

const hex = (tensor: AnyTensor): readonly string[] => {
  const buffer = canonicalCopy(bufferOf(tensor))
  const width = buffer.BYTES_PER_ELEMENT
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  return Array.from(buffer, (_, i) =>
    Array.from(bytes.subarray(i * width, (i + 1) * width), (byte) => byte.toString(16).padStart(2, '0'))
      .reverse()
      .join('')
  )
}

/** The first difference in words, or undefined. */
export const difference = (expected: readonly AnyTensor[], got: readonly AnyTensor[]): string | undefined => {
  for (const [output, tensor] of expected.entries()) {
    const other = got[output]
    if (other === undefined || showSlot(tensor) !== showSlot(other))
      return `output ${output}: expected ${showSlot(tensor)}, got ${other === undefined ? 'nothing' : showSlot(other)}`
    const [wanted, found] = [hex(tensor), hex(other)]
    const place = wanted.findIndex((word, i) => word !== found[i])
    if (place >= 0)
      return (
        `output ${output} ${showSlot(tensor)}, element ${place}: expected ${wanted[place]} ` +
        `(${bufferOf(tensor)[place]}), got ${found[place]} (${bufferOf(other)[place]})`
      )
  }
  return undefined
}

/** Expects that an engine gives the reference engine's bits. */
export const expectSame = (program: Program, inputs: readonly AnyTensor[], engine: Engine = wasm()): void => {
  const expected = reference.compile(program).run(inputs)
  const got = engine.compile(program).run(inputs)
  const words = difference(expected, got)
  if (words !== undefined) expect.fail(`${words}\n${print(program)}`)
}
