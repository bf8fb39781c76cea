import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import {
  collapsed,
  dialectFor,
  exits,
  matmulKernel,
  straight,
  type Dialect,
  type Product,
  type Schedule
} from '../../../lib/engine/wasm/matmul/index.ts'
import { bufferOf } from '../../../lib/tensor/internal.ts'
import { slot } from '../../../lib/tensor/index.ts'
import { runKernel } from './harness.ts'
import { arbitrarySizes, caseOf, difference, expected, type Case, type Sizes } from './matmul-cases.ts'

const outputOf = ({ dtype, batch, rows, columns }: Product) =>
  slot([...batch.map(({ size }) => size), rows, columns], dtype)

const computed = (given: Case, dialect?: Dialect, schedule?: Schedule) => {
  const make = (compilation: Compilation): Kernel =>
    matmulKernel(compilation, given.product, {
      ...(dialect === undefined ? {} : { dialect }),
      ...(schedule === undefined ? {} : { schedule })
    })
  return bufferOf(runKernel(make, [given.a, given.b], [outputOf(given.product)])[0]!)
}

const same = (given: Case, dialect?: Dialect, schedule?: Schedule, wanted = expected(given)): void => {
  expect(difference(wanted, computed(given, dialect, schedule))).toBeUndefined()
}

const plain: Sizes = {
  dtype: 'f32',
  batch: [],
  rows: 4,
  depth: 4,
  columns: 8,
  transposeA: false,
  transposeB: false,
  padding: 0,
  shares: 'none'
}

/** Every schedule that fits a product whose operands have strides. */
const schedules = (product: Product): readonly Schedule[] => {
  const { a, b, rows, columns } = collapsed(product)
  return [false, true].flatMap((exchanged) =>
    [false, true].flatMap((packX) =>
      [false, true].flatMap((packY) => {
        const fits = exchanged ? a.rowStride === 1 : b !== 'panels' && b.columnStride === 1
        const enough = (exchanged ? columns : rows) >= 4
        return (packY || fits) && (!packX || enough) ? [{ exchanged, packX, packY }] : []
      })
    )
  )
}

/** However it is scheduled. */
const sameInEveryWay = (given: Case, dialect?: Dialect): void => {
  const wanted = expected(given)
  for (const schedule of schedules(given.product)) same(given, dialect, schedule, wanted)
}

describe('a matrix product', () => {
  test.prop(
    [arbitrarySizes(20), fc.integer(), fc.constantFrom(exits, straight, { kind: 'straight', unroll: 1 } as const)],
    {
      numRuns: 300
    }
  )('has the bits of the reference engine, whatever the strides', (sizes, seed, dialect) => {
    same(caseOf(sizes, seed), dialect)
  })

  test.prop([arbitrarySizes(12), fc.integer()], { numRuns: 200 })(
    'has them for infinities, NaN, −0 and subnormals',
    (sizes, seed) => {
      same(caseOf(sizes, seed, 12))
    }
  )

  test.prop([arbitrarySizes(40), fc.integer()], { numRuns: 100 })('has them however it is scheduled', (sizes, seed) => {
    const given = caseOf(sizes, seed)
    sameInEveryWay(given)
  })

  test.prop(
    [
      arbitrarySizes(14),
      fc.constantFrom(255, 256, 257, 511, 512, 513, 700, 1025),
      fc.constantFrom(exits, straight),
      fc.integer()
    ],
    { numRuns: 40 }
  )('sums deep products in blocks of 256', (sizes, depth, dialect, seed) => {
    const given = caseOf({ ...sizes, depth, batch: sizes.batch.slice(0, 1) }, seed)
    sameInEveryWay(given, dialect)
  })

  it.each([
    [1, 1, 1],
    [1, 300, 1],
    [300, 5, 1],
    [1, 5, 300],
    [301, 3, 2],
    [2, 3, 501],
    [3, 2, 503],
    [5, 2, 975],
    [265, 4, 13],
    [270, 260, 17],
    [523, 3, 9]
  ])('%i×%i·%i', (rows, depth, columns) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true]) {
        const given = caseOf({ ...plain, rows, depth, columns, transposeA, transposeB }, rows + columns)
        sameInEveryWay(given)
      }
  })

  it('of no k is zeros, and of no elements is nothing', () => {
    same(caseOf({ ...plain, depth: 0, rows: 5, columns: 11 }))
    same(caseOf({ ...plain, rows: 0 }))
    same(caseOf({ ...plain, columns: 0 }))
    same(caseOf({ ...plain, batch: [2, 0] }))
  })
})

describe('the dialect', () => {
  it('is that of the version of V8, in Node and in browsers', () => {
    expect(dialectFor({ process: { versions: { v8: '11.3.244.8-node.33' } } })).toBe(exits)
    expect(dialectFor({ process: { versions: { v8: '12.4.254.21-node.33' } } })).toBe(exits)
    expect(dialectFor({ process: { versions: { v8: '13.6.233.17-node.41' } } })).toBe(straight)
    expect(dialectFor({ navigator: { userAgent: 'Mozilla/5.0 Chrome/124.0.0.0 Safari/537.36' } })).toBe(exits)
    expect(dialectFor({ navigator: { userAgent: 'Mozilla/5.0 Chrome/131.0.0.0 Safari/537.36' } })).toBe(straight)
    expect(dialectFor({ navigator: { userAgent: 'Mozilla/5.0 Firefox/133.0' } })).toBe(straight)
    expect(dialectFor({})).toBe(straight)
  })
})
