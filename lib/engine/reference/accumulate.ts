/**
 * The inner loop of every contraction: a run of rows, each scaled, added to one row of accumulators.
 *
 * @since 0.1.0
 */
import type { DType } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'

/**
 * `acc[to + j] += Σ a[from + i · step] · b[row + i · stride + j]` for j < n, the sum over i < count ascending: each
 * product is rounded, then added to what is there, and rounded again.
 */
export type Accumulate = (
  acc: Buffer,
  to: number,
  n: number,
  a: Buffer,
  from: number,
  step: number,
  count: number,
  b: Buffer,
  row: number,
  stride: number
) => void

const { fround } = Math

/** Four columns of f32, their accumulators in local variables. */
const fourColumns = (
  acc: Buffer,
  to: number,
  a: Buffer,
  from: number,
  step: number,
  count: number,
  b: Buffer,
  row: number,
  stride: number
): void => {
  let s0 = acc[to]!
  let s1 = acc[to + 1]!
  let s2 = acc[to + 2]!
  let s3 = acc[to + 3]!
  for (let i = 0, p = from, q = row; i < count; i += 1, p += step, q += stride) {
    const x = a[p]!
    s0 = fround(s0 + fround(x * b[q]!))
    s1 = fround(s1 + fround(x * b[q + 1]!))
    s2 = fround(s2 + fround(x * b[q + 2]!))
    s3 = fround(s3 + fround(x * b[q + 3]!))
  }
  acc[to] = s0
  acc[to + 1] = s1
  acc[to + 2] = s2
  acc[to + 3] = s3
}

const oneColumn = (
  acc: Buffer,
  to: number,
  a: Buffer,
  from: number,
  step: number,
  count: number,
  b: Buffer,
  row: number,
  stride: number
): void => {
  let sum = acc[to]!
  for (let i = 0, p = from, q = row; i < count; i += 1, p += step, q += stride)
    sum = fround(sum + fround(a[p]! * b[q]!))
  acc[to] = sum
}

const accumulateF32: Accumulate = (acc, to, n, a, from, step, count, b, row, stride) => {
  let j = 0
  for (; j + 4 <= n; j += 4) fourColumns(acc, to + j, a, from, step, count, b, row + j, stride)
  for (; j < n; j += 1) oneColumn(acc, to + j, a, from, step, count, b, row + j, stride)
}

/** Row after row; storing into the accumulators rounds or wraps the sum. */
const accumulateBy =
  (product: (a: number, b: number) => number): Accumulate =>
  (acc, to, n, a, from, step, count, b, row, stride) => {
    for (let i = 0, p = from, q = row; i < count; i += 1, p += step, q += stride)
      for (let j = 0; j < n; j += 1) acc[to + j] = acc[to + j]! + product(a[p]!, b[q + j]!)
  }

const accumulateF64 = accumulateBy((a, b) => a * b)
const accumulateInteger = accumulateBy(Math.imul)

export const accumulateFor = (dtype: DType): Accumulate =>
  dtype === 'f32' ? accumulateF32 : dtype === 'f64' ? accumulateF64 : accumulateInteger

/** Adds n totals to a row of results, and starts new ones. */
export const closeBlock = (out: Buffer, to: number, acc: Buffer, n: number): void => {
  for (let j = 0; j < n; j += 1) {
    out[to + j] = out[to + j]! + acc[j]!
    acc[j] = 0
  }
}
