/**
 * An epilogue to test with: a product that is added to what is there.
 */
import { i32, set, v128 } from '../../../lib/engine/wasm/assembler/index.ts'
import { arithmetic } from '../../../lib/engine/wasm/matmul/arithmetic.ts'
import type { Epilogue, NumberType } from '../../../lib/engine/wasm/matmul/index.ts'

/** output = addend + product: one operand more, of the form of the output, to which each total is added at the end. */
export const accumulate = (dtype: NumberType): Epilogue => ({
  key: `accumulate ${dtype}`,
  reads: 1,
  writes: 0,
  apply: ({ local, write }, quads, { byte, bytes, reads }) => {
    const address = local('i32')
    write(set(address, i32.add(reads[0]!, byte)))
    return quads.map((quad, q) =>
      quad.map((vector, v) => arithmetic[dtype].add(v128.load(address, bytes[q]! + 16 * v), vector))
    )
  }
})
