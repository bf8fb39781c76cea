/**
 * Epilogues, products that are added to something, and operands and outputs in panels.
 */
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { f32x4, i32, set, v128 } from '../../../lib/engine/wasm/assembler/index.ts'
import { compilation, type Compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import {
  collapsed,
  matmulKernel,
  packKernel,
  panelLayout,
  type Epilogue,
  type NumberType,
  type Product
} from '../../../lib/engine/wasm/matmul/index.ts'
import { gatherQuad, storePart, type Count } from '../../../lib/engine/wasm/elements/index.ts'
import { kept } from '../../../lib/engine/wasm/quad.ts'
import { allocate, bufferOf, fromBuffer, type Buffer } from '../../../lib/tensor/internal.ts'
import { slot, type AnyTensor } from '../../../lib/tensor/index.ts'
import { runKernel } from './harness.ts'
import { accumulate } from './accumulate.ts'
import { arbitrarySizes, caseOf, difference, expected, fill, type Sizes } from './matmul-cases.ts'

const total = ({ batch }: Product): number => batch.reduce((product, { size }) => product * size, 1)

const tensorOf = (dtype: NumberType, length: number, seed: number): AnyTensor =>
  fromBuffer(dtype, [length], fill(allocate(dtype, length), seed, 0))

/** Deep, shallow and empty ones. */
const arbitraryDepth = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(256, 300, 600))

const adds = (x: Buffer, y: Buffer): Buffer => {
  const out = x.slice()
  for (let i = 0; i < out.length; i += 1) out[i] = out[i]! + y[i]!
  return out
}

/** Every way of scheduling that the strides allow. */
const ways = (product: Product) => {
  const { a, b, rows, columns } = product
  return [false, true].flatMap((exchanged) => {
    const contiguous = exchanged ? a.rowStride === 1 : b !== 'panels' && b.columnStride === 1
    const packX = (exchanged ? columns : rows) >= 4
    return [{ exchanged, packX, packY: true }, ...(contiguous ? [{ exchanged, packX: false, packY: false }] : [])]
  })
}

describe('accumulate', () => {
  test.prop([arbitrarySizes(20), arbitraryDepth, fc.integer()], { numRuns: 50 })(
    'adds the whole product to what is given, at the end',
    (sizes, depth, seed) => {
      const { product, a, b } = caseOf({ ...sizes, depth }, seed)
      const { dtype, rows, columns } = product
      const length = total(product) * rows * columns
      const addend = tensorOf(dtype, length, seed + 1)
      const wanted = adds(bufferOf(addend), expected({ product, a, b }))
      for (const schedule of ways(product)) {
        const [got] = runKernel(
          (module) => matmulKernel(module, product, { epilogue: accumulate(dtype), schedule }),
          [a, b, addend],
          [slot([length], dtype)]
        )
        expect(difference(wanted, bufferOf(got!))).toBeUndefined()
      }
    }
  )
})

/**
 * Of f32: the product plus a bias of the column, a column of the row and a number of the place in the batch; it also
 * writes the product itself to an output of its own.
 */
const everywhere = (axes: number): Epilogue => ({
  key: `test ${axes}`,
  reads: 3,
  writes: 1,
  apply: (writer, quads, { batch, row, column, columns, counts, byte, bytes, reads, writes }) => {
    const { local, write } = writer
    const [bias, own, plain, out] = [local('i32'), local('i32'), local('i32'), local('i32')]
    expect(batch.length).toBe(axes)
    // three places for each axis are enough for the cases here
    const place = batch.reduce((sum, index) => i32.add(i32.multiply(sum, 3), index), i32.constant(0))
    write(set(bias, i32.add(reads[0]!, i32.multiply(column, 8))))
    write(set(own, i32.add(reads[1]!, i32.multiply(row, 4))))
    write(set(plain, i32.add(reads[2]!, i32.multiply(place, 4))))
    write(set(out, i32.add(writes[0]!, byte)))
    return quads.map((quad, q) => {
      storePart(writer, 'f32', out, bytes[q]!, quad, counts[q]! as Count)
      // the bias is every other element of its buffer
      const [first] = gatherQuad(writer, 'f32', bias, 8 * columns[q]!, 8)
      const sum = kept(writer, [f32x4.add(f32x4.add(quad[0]!, first!), v128.load32Splat(own))])
      return [f32x4.add(sum[0]!, v128.load32Splat(plain))]
    })
  }
})

/** Every element is seen once, finished, with its place. */
const checkEverywhere = (sizes: Sizes, seed: number): void => {
  const { product, a, b } = caseOf(sizes, seed)
  const { rows, columns } = product
  const bias = tensorOf('f32', 2 * columns, seed + 1)
  const own = tensorOf('f32', rows, seed + 2)
  const each = tensorOf('f32', 9, seed + 3)
  const plain = expected({ product, a, b })
  const wanted = plain.slice()
  const { fround } = Math
  for (let i = 0; i < wanted.length; i += 1) {
    const [matrix, row, column] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns]
    const [outer, inner] = [sizes.batch.length < 2 ? 0 : Math.floor(matrix / sizes.batch[1]!), sizes.batch.at(-1) ?? 1]
    const place = 3 * outer + (matrix % inner)
    const sum = fround(plain[i]! + bufferOf(bias)[2 * column]!)
    wanted[i] = fround(fround(sum + bufferOf(own)[row]!) + bufferOf(each)[place]!)
  }
  const output = slot([wanted.length], 'f32')
  for (const schedule of ways(product)) {
    const [got, copy] = runKernel(
      (module) => matmulKernel(module, product, { epilogue: everywhere(product.batch.length), schedule }),
      [a, b, bias, own, each],
      [output, output]
    )
    expect(difference(plain, bufferOf(copy!))).toBeUndefined()
    expect(difference(wanted, bufferOf(got!))).toBeUndefined()
  }
}

describe('an epilogue', () => {
  test.prop([arbitrarySizes(20), arbitraryDepth, fc.integer()], { numRuns: 60 })(
    'sees each element once, finished, with its place',
    (sizes, depth, seed) => {
      checkEverywhere({ ...sizes, dtype: 'f32', depth }, seed)
    }
  )

  it.each([
    [266, 3, 11],
    [5, 2, 501],
    [270, 260, 9],
    [9, 257, 502]
  ])('does so in %i×%i·%i, which is covered in several turns', (rows, depth, columns) => {
    for (const transposeA of [false, true])
      checkEverywhere(
        {
          dtype: 'f32',
          batch: [2],
          rows,
          depth,
          columns,
          transposeA,
          transposeB: !transposeA,
          padding: 1,
          shares: 'none'
        },
        rows
      )
  })

  test.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer()], { numRuns: 20 })(
    'gets two vectors for four elements of f64',
    (rows, columns, seed) => {
      const given = caseOf(
        {
          dtype: 'f64',
          batch: [],
          rows,
          columns,
          depth: 5,
          transposeA: true,
          transposeB: false,
          padding: 0,
          shares: 'none'
        },
        seed
      )
      const seen: number[] = []
      const epilogue: Epilogue = {
        key: 'vectors',
        reads: 0,
        writes: 0,
        apply: (_writer, quads) => {
          seen.push(...quads.map((quad) => quad.length))
          return quads
        }
      }
      for (const schedule of ways(given.product)) {
        const make = (module: Compilation) => matmulKernel(module, given.product, { epilogue, schedule })
        const [got] = runKernel(make, [given.a, given.b], [slot([rows, columns], 'f64')])
        expect(difference(expected(given), bufferOf(got!))).toBeUndefined()
      }
      expect(new Set(seen)).toEqual(new Set([2]))
    }
  )
})

const dtypes = fc.constantFrom<NumberType>('f32', 'f64', 'i32', 'u32')
const length = fc.integer({ min: 1, max: 30 })

/** A matrix in panels, by the layout. */
const inPanels = (dtype: NumberType, rows: number, columns: number, plain: Buffer): Buffer => {
  const { offset } = panelLayout(dtype, rows, columns)
  const out = allocate(dtype, rows * columns)
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) out[offset(i, j)] = plain[i * columns + j]!
  return out
}

describe('panels', () => {
  it('are 8 columns of 32 bits, 4 of 64, and what is left', () => {
    const layout = panelLayout('f32', 3, 10)
    expect([layout.width, layout.full, layout.tail]).toEqual([8, 1, 2])
    expect([layout.offset(0, 0), layout.offset(1, 0), layout.offset(2, 7)]).toEqual([0, 8, 23])
    expect([layout.offset(0, 8), layout.offset(1, 8), layout.offset(2, 9)]).toEqual([24, 26, 29])
    expect(panelLayout('f64', 3, 10).width).toBe(4)
  })

  test.prop([dtypes, length, length, fc.integer()])('are packed', (dtype, rows, columns, seed) => {
    const plain = tensorOf(dtype, rows * columns, seed)
    const packed = inPanels(dtype, rows, columns, bufferOf(plain))
    const output = [slot([rows * columns], dtype)]
    const [there] = runKernel((module) => packKernel(module, { dtype, rows, columns }), [plain], output)
    expect(difference(packed, bufferOf(there!))).toBeUndefined()
  })

  test.prop([arbitrarySizes(36), arbitraryDepth, fc.integer(), fc.boolean()], { numRuns: 60 })(
    'are multiplied and written as they are, with an epilogue or without',
    (some, depth, seed, adding) => {
      const sizes: Sizes = { ...some, depth, batch: [], transposeB: false, padding: 0 }
      const { product, a, b } = caseOf(sizes, seed)
      const { dtype, rows, columns } = product
      const plain = expected({ product, a, b })
      const addend = fill(allocate(dtype, rows * columns), seed + 1, 0)
      const wanted = adding ? adds(addend, plain) : plain
      const packedB = fromBuffer(dtype, [depth * columns], inPanels(dtype, depth, columns, bufferOf(b)) as never)
      for (const output of ['rows', 'panels'] as const)
        for (const form of ['rows', 'panels'] as const) {
          const written = (matrix: Buffer): Buffer =>
            output === 'panels' ? inPanels(dtype, rows, columns, matrix) : matrix
          const more = fromBuffer(dtype, [rows * columns], written(addend) as never)
          const make = (module: Compilation): Kernel =>
            matmulKernel(
              module,
              { ...product, b: form === 'panels' ? form : product.b, output },
              adding ? { epilogue: accumulate(dtype) } : {}
            )
          const [got] = runKernel(
            make,
            [a, form === 'panels' ? packedB : b, ...(adding ? [more] : [])],
            [slot([rows * columns], dtype)]
          )
          expect(difference(written(wanted), bufferOf(got!))).toBeUndefined()
        }
    }
  )
})

describe('kernels', () => {
  it('are shared by equal products', () => {
    const module = compilation()
    const { product } = caseOf({
      dtype: 'f32',
      batch: [],
      rows: 8,
      columns: 8,
      depth: 300,
      transposeA: false,
      transposeB: false,
      padding: 0,
      shares: 'none'
    })
    const one = matmulKernel(module, product)
    expect(matmulKernel(module, { ...product })).toEqual(one)
    expect(matmulKernel(module, { ...product }).definition).toBe(one.definition)
    expect(matmulKernel(module, product, { epilogue: accumulate('f32') }).definition).not.toBe(one.definition)
    expect(one.operations).toBe(2 * 8 * 8 * 300)
  })

  it('take the axes of a batch that share b as rows', () => {
    const { product } = caseOf({
      dtype: 'f32',
      batch: [3, 5],
      rows: 4,
      columns: 8,
      depth: 6,
      transposeA: false,
      transposeB: false,
      padding: 0,
      shares: 'b'
    })
    expect(collapsed(product)).toMatchObject({ batch: [], rows: 60 })
    expect(collapsed({ ...product, a: { rowStride: 1, columnStride: 4 } })).toMatchObject({
      batch: [{ size: 15 }],
      rows: 4
    })
  })
})
