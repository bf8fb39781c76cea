/**
 * The matrix product, in blocks of 256 ascending k.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import { allocate, type Buffer } from '../../tensor/internal.ts'
import { numerics } from '../numerics.ts'
import { compute2, operandOf, type Loop2, type Rules } from './kernel.ts'

const block = numerics.contractionBlock

/** The lengths of `[batch, n, k] · [batch, k, m]`. */
interface Lengths {
  readonly batch: number
  readonly n: number
  readonly k: number
  readonly m: number
}

/** A row of the left operand, from its `begin`-th to before its `end`-th element, times the matrix rows that begin at `p`. */
type BlockOfRow = (
  out: Buffer,
  to: number,
  a: Buffer,
  begin: number,
  end: number,
  b: Buffer,
  p: number,
  m: number
) => void

/** The definition: for each row of the result, one block of k after the other, each added to the row when it is done. */
const byBlocks =
  ({ batch, n, k, m }: Lengths, add: BlockOfRow): Loop2 =>
  (out, a, b) => {
    out.fill(0)
    for (let row = 0; row < batch * n; row += 1) {
      const matrix = Math.floor(row / n) * k
      for (let begin = 0; begin < k; begin += block) {
        const end = Math.min(begin + block, k)
        add(out, row * m, a, row * k + begin, row * k + end, b, (matrix + begin) * m, m)
      }
    }
  }

/** A row of accumulators; the product of integers wraps, that of doubles rounds. */
const byRow =
  (acc: Buffer, product: (a: number, b: number) => number): BlockOfRow =>
  (out, to, a, begin, end, b, first, m) => {
    acc.fill(0)
    for (let i = begin, p = first; i < end; i += 1, p += m)
      for (let j = 0; j < m; j += 1) acc[j] = acc[j]! + product(a[i]!, b[p + j]!)
    for (let j = 0; j < m; j += 1) out[to + j] = out[to + j]! + acc[j]!
  }

const { fround } = Math

/** Four columns for f32, their accumulators in local variables. */
const fourColumns: BlockOfRow = (out, to, a, begin, end, b, first, m) => {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let i = begin, p = first; i < end; i += 1, p += m) {
    const x = a[i]!
    s0 = fround(s0 + fround(x * b[p]!))
    s1 = fround(s1 + fround(x * b[p + 1]!))
    s2 = fround(s2 + fround(x * b[p + 2]!))
    s3 = fround(s3 + fround(x * b[p + 3]!))
  }
  out[to] = out[to]! + s0
  out[to + 1] = out[to + 1]! + s1
  out[to + 2] = out[to + 2]! + s2
  out[to + 3] = out[to + 3]! + s3
}

const oneColumn: BlockOfRow = (out, to, a, begin, end, b, first, m) => {
  let sum = 0
  for (let i = begin, p = first; i < end; i += 1, p += m) sum = fround(sum + fround(a[i]! * b[p]!))
  out[to] = out[to]! + sum
}

const byColumnsF32: BlockOfRow = (out, to, a, begin, end, b, first, m) => {
  let j = 0
  for (; j + 4 <= m; j += 4) fourColumns(out, to + j, a, begin, end, b, first + j, m)
  for (; j < m; j += 1) oneColumn(out, to + j, a, begin, end, b, first + j, m)
}

export const contraction: Rules<'matmul'> = {
  matmul: (context) => {
    const { shape, dtype } = operandOf(context, 0)
    const m = operandOf(context, 1).shape.at(-1)!
    const lengths: Lengths = { batch: size(shape.slice(0, -2)), n: shape.at(-2)!, k: shape.at(-1)!, m }
    const product = dtype === 'f64' ? (a: number, b: number) => a * b : Math.imul
    return compute2(byBlocks(lengths, dtype === 'f32' ? byColumnsF32 : byRow(allocate(dtype, m), product)))
  }
}
