/**
 * The matrix product, in blocks of 256 ascending k.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import { allocate } from '../../tensor/internal.ts'
import { numerics } from '../numerics.ts'
import { accumulateFor, closeBlock } from './accumulate.ts'
import { compute2, operandOf, type Rules } from './kernel.ts'

const block = numerics.contractionBlock

export const contraction: Rules<'matmul'> = {
  matmul: (context) => {
    const { shape, dtype } = operandOf(context, 0)
    const [n, k, m] = [shape.at(-2)!, shape.at(-1)!, operandOf(context, 1).shape.at(-1)!]
    const rows = size(shape.slice(0, -1))
    const accumulate = accumulateFor(dtype)
    const acc = allocate(dtype, m)
    return compute2((out, a, b) => {
      out.fill(0)
      for (let row = 0; row < rows; row += 1) {
        const matrix = Math.floor(row / n) * k
        for (let begin = 0; begin < k; begin += block) {
          accumulate(acc, 0, m, a, row * k + begin, 1, Math.min(block, k - begin), b, (matrix + begin) * m, m)
          closeBlock(out, row * m, acc, m)
        }
      }
    })
  }
}
