/**
 * Matrix products of strided operands: random cases, their operands in memory, and what the reference engine says.
 */
import * as fc from 'fast-check'
import { contraction } from '../../../lib/engine/reference/matmul.ts'
import type { NumberType, Product } from '../../../lib/engine/wasm/matmul/index.ts'
import { canonicalCopy } from '../../../lib/tensor/bytes.ts'
import { allocate, bufferOf, fromBuffer, type Buffer } from '../../../lib/tensor/internal.ts'
import { slot, type AnyTensor } from '../../../lib/tensor/index.ts'

export interface Case {
  readonly product: Product
  readonly a: AnyTensor
  readonly b: AnyTensor
}

export interface Sizes {
  readonly dtype: NumberType
  readonly batch: readonly number[]
  readonly rows: number
  readonly depth: number
  readonly columns: number
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** elements between the end of a line of a matrix and the next */
  readonly padding: number
  /** which operand has one matrix for the whole batch */
  readonly shares: 'a' | 'b' | 'none'
}

const special = [0, -0, Infinity, -Infinity, NaN, 1e-45, -1e-40, 1.1754943508222875e-38, 3e38, 1, -1, 5e-324]

/** Numbers that lose bits when they are added in another order; with `often`, one in so many is special. */
export const fill = <B extends Buffer>(buffer: B, seed: number, often: number): B => {
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  for (let i = 0; i < buffer.length; i += 1)
    buffer[i] =
      buffer instanceof Float32Array || buffer instanceof Float64Array
        ? often > 0 && next() * often < 1
          ? special[Math.floor(next() * special.length)]!
          : (next() - 0.5) * 2 ** Math.floor(next() * 9)
        : Math.floor(next() * 4294967296)
  return buffer
}

const total = (batch: readonly number[]): number => batch.reduce((product, n) => product * n, 1)

/** The case of given sizes. */
export const caseOf = (sizes: Sizes, seed = 1, often = 0): Case => {
  const { dtype, batch, rows, depth, columns, transposeA, transposeB, padding, shares } = sizes
  const lineA = (transposeA ? rows : depth) + padding
  const lineB = (transposeB ? depth : columns) + padding
  const matrixA = lineA * (transposeA ? depth : rows)
  const matrixB = lineB * (transposeB ? columns : depth)
  const countA = shares === 'a' ? 1 : total(batch)
  const countB = shares === 'b' ? 1 : total(batch)
  const make = (length: number, from: number): AnyTensor =>
    fromBuffer(dtype, [length], fill(allocate(dtype, length), from, often))
  return {
    product: {
      dtype,
      batch: batch.map((size, axis) => {
        const inner = total(batch.slice(axis + 1))
        return {
          size,
          aStride: shares === 'a' ? 0 : inner * matrixA,
          bStride: shares === 'b' ? 0 : inner * matrixB
        }
      }),
      rows,
      columns,
      depth,
      a: transposeA ? { rowStride: 1, columnStride: lineA } : { rowStride: lineA, columnStride: 1 },
      b: transposeB ? { rowStride: 1, columnStride: lineB } : { rowStride: lineB, columnStride: 1 },
      output: 'rows'
    },
    a: make(countA * matrixA, 2 * seed + 1),
    b: make(countB * matrixB, 7 * seed + 3)
  }
}

/** Every place of a batch. */
const places = (sizes: readonly number[]): readonly (readonly number[])[] =>
  sizes.reduce<readonly (readonly number[])[]>(
    (before, size) => before.flatMap((place) => Array.from({ length: size }, (_, i) => [...place, i])),
    [[]]
  )

/** The product, contiguous, by the reference engine. */
export const expected = ({ product, a, b }: Case): Buffer => {
  const { dtype, batch, rows, columns, depth } = product
  const from = [bufferOf(a), bufferOf(b)] as const
  const strides = product.b as Exclude<Product['b'], 'panels'>
  const where = places(batch.map(({ size }) => size))
  const [left, right] = [allocate(dtype, where.length * rows * depth), allocate(dtype, where.length * depth * columns)]
  where.forEach((place, matrix) => {
    const startA = place.reduce((sum, i, axis) => sum + i * batch[axis]!.aStride, 0)
    const startB = place.reduce((sum, i, axis) => sum + i * batch[axis]!.bStride, 0)
    for (let i = 0; i < rows; i += 1)
      for (let k = 0; k < depth; k += 1)
        left[(matrix * rows + i) * depth + k] = from[0][startA + i * product.a.rowStride + k * product.a.columnStride]!
    for (let k = 0; k < depth; k += 1)
      for (let j = 0; j < columns; j += 1)
        right[(matrix * depth + k) * columns + j] = from[1][startB + k * strides.rowStride + j * strides.columnStride]!
  })
  const out = allocate(dtype, where.length * rows * columns)
  const kernel = contraction.matmul(
    {
      operands: [slot([where.length, rows, depth], dtype), slot([where.length, depth, columns], dtype)],
      outputs: [slot([where.length, rows, columns], dtype)],
      compile: () => () => []
    },
    {}
  )
  if (kernel.kind === 'compute') kernel.run([left, right], [out])
  return out
}

/** The first element whose bits differ, NaN being NaN, in words; or undefined. */
export const difference = (wanted: Buffer, found: Buffer): string | undefined => {
  const [a, b] = [canonicalCopy(wanted), canonicalCopy(found)].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)
  )
  const place = a!.findIndex((byte, i) => byte !== b![i])
  if (place < 0) return a!.length === b!.length ? undefined : `${a!.length} bytes, not ${b!.length}`
  const element = Math.floor(place / wanted.BYTES_PER_ELEMENT)
  return `element ${element}: expected ${wanted[element]}, got ${found[element]}`
}

export const arbitrarySizes = (most: number): fc.Arbitrary<Sizes> => {
  const length = fc.integer({ min: 1, max: most })
  return fc.record({
    dtype: fc.constantFrom<NumberType>('f32', 'f32', 'f32', 'f64', 'i32', 'u32'),
    batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    rows: length,
    depth: length,
    columns: length,
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    padding: fc.integer({ min: 0, max: 3 }),
    shares: fc.constantFrom('a', 'b', 'none')
  })
}
