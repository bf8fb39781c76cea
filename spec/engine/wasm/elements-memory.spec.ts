import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { define, type Instruction } from '../../../lib/engine/wasm/assembler/index.ts'
import { gatherQuad, splatQuad, storePart, storeQuad, type Count } from '../../../lib/engine/wasm/elements/index.ts'
import { bytesOf, type Quad, type Writer } from '../../../lib/engine/wasm/quad.ts'
import { dtypes, type DType } from '../../../lib/tensor/index.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { runKernel } from './harness.ts'

type Read = (writer: Writer, dtype: DType, address: Instruction<'i32'>) => Quad

const valueAt = (dtype: DType, place: number): number => (dtype === 'bool' ? Number((place * place) % 7 < 3) : place)

/** What a read finds in 64 elements, of which `count` elements are stored. */
const found = (dtype: DType, count: Count, read: Read): readonly number[] => {
  const x = tensorOf(
    { dtype, shape: [64] },
    Array.from({ length: 64 }, (_, i) => valueAt(dtype, i))
  )
  const results = runKernel(
    (compilation) => ({
      definition: define('read', ['i32', 'i32'], [], ([from, to], local) => {
        const code: Instruction<'none'>[] = []
        const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
        const quad = read(writer, dtype, from)
        if (count === 4) storeQuad(writer, dtype, to, 0, quad)
        else storePart(writer, dtype, to, 0, quad, count)
        return code
      }),
      scratch: 0,
      operations: 1
    }),
    [x],
    [{ dtype, shape: [count] }]
  )
  return Array.from(bufferOf(results[0]!))
}

const counts = [1, 2, 3, 4] as const

describe('quads', () => {
  it('are gathered at any step, forwards and backwards, from any offset', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dtypes),
        fc.constantFrom(...counts),
        fc.integer({ min: -9, max: 9 }),
        fc.nat(9),
        (dtype, count, step, slack) => {
          const width = bytesOf(dtype)
          const first = (step < 0 ? -3 * step : 0) + slack
          expect(
            found(dtype, count, (writer, _, address) =>
              gatherQuad(writer, dtype, address, first * width, step * width, count)
            )
          ).toEqual(Array.from({ length: count }, (_, i) => valueAt(dtype, first + i * step)))
        }
      ),
      { numRuns: 400 }
    )
  })

  it.each(dtypes)('of %s repeat one element', (dtype) => {
    for (const count of counts)
      for (const place of [0, 1, 5])
        expect(
          found(dtype, count, (writer, _, address) => splatQuad(writer, dtype, address, place * bytesOf(dtype)))
        ).toEqual(Array.from({ length: count }, () => valueAt(dtype, place)))
  })
})
