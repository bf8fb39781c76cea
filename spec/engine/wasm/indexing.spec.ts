import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilation } from '../../../lib/engine/wasm/compilation.ts'
import { indexing } from '../../../lib/engine/wasm/indexing/index.ts'
import { toArray, type DType } from '../../../lib/tensor/index.ts'
import { fromBuffer } from '../../../lib/tensor/internal.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { draw, type Taste } from '../reference/oracle/draw.ts'
import { indexingChecks } from '../reference/oracle/indexing.ts'
import { literal, type Literal } from '../reference/oracle/literal.ts'
import { reductionChecks } from '../reference/oracle/reduction.ts'
import { runKernel } from './harness.ts'
import { expectReference, tensorFrom } from './literals.ts'

const all = ['f32', 'f64', 'i32', 'u32', 'bool'] as const
const numbers = ['f32', 'f64', 'i32', 'u32'] as const
const tastes: readonly Taste[] = ['edges', 'few', 'moderate']

describe('gather', () => {
  it('reads what the reference engine reads', () => {
    fc.assert(
      fc.property(indexingChecks.gather.cases, ({ operands, parameters }) => {
        expectReference('gather', operands, parameters, indexing.gather)
      }),
      { numRuns: 300 }
    )
  })

  it.each(all)('reads rows of %s of any length, at any integers', (dtype) => {
    for (const after of [3, 4, 16, 37, 130, 1100])
      for (const indexType of ['i32', 'u32'] as const) {
        const operands = [draw(dtype, [2, 5, after], after), draw(indexType, [2, 9], after)]
        expectReference('gather', operands, { axis: 1, batch: 1 }, indexing.gather)
      }
  })
})

describe('scatterAdd', () => {
  it('adds as the reference engine does, in its order', () => {
    fc.assert(
      fc.property(indexingChecks.scatterAdd.cases, ({ operands, parameters }) => {
        expectReference('scatterAdd', operands, parameters, indexing.scatterAdd)
      }),
      { numRuns: 300 }
    )
  })

  it.each(numbers)('adds rows of %s of any length, at any integers', (dtype) => {
    for (const after of [1, 2, 3, 4, 5, 6, 7, 8, 37, 130])
      for (const indexType of ['i32', 'u32'] as const) {
        const target = draw(dtype, [2, 3, after], after)
        const operands = [target, draw(indexType, [2, 9], after), draw(dtype, [2, 9, after], after + 1)]
        expectReference('scatterAdd', operands, { axis: 1, batch: 1 }, indexing.scatterAdd)
      }
  })
})

describe('argMax', () => {
  it('chooses as the reference engine does', () => {
    fc.assert(
      fc.property(reductionChecks.argMax.cases, ({ operands, parameters }) => {
        expectReference('argMax', operands, parameters, indexing.argMax)
      }),
      { numRuns: 300 }
    )
  })

  it.each(numbers)('chooses the first of %s along every axis, for every number of results', (dtype) => {
    for (const taste of tastes)
      for (let n = 1; n <= 9; n += 1)
        for (const axis of [0, 1, 2])
          expectReference('argMax', [draw(dtype, [n, 11, n + 1], n, taste)], { axis }, indexing.argMax)
  })
})

describe('sort', () => {
  it('orders as the reference engine does', () => {
    fc.assert(
      fc.property(indexingChecks.sort.cases, ({ operands, parameters }) => {
        expectReference('sort', operands, parameters, indexing.sort)
      }),
      { numRuns: 300 }
    )
  })

  /** The halves of the f64 that is like an f32: 1, an infinity, or a NaN. */
  const wideOf = (word: number): readonly number[] => {
    const fraction = word & 0x7fffff
    return word === 0x3f800000
      ? [0, 0x3ff00000]
      : [fraction, ((word & 0x80000000) | 0x7ff00000 | (fraction >>> 3)) >>> 0]
  }

  /** Numbers with their places, which show whether equal ones kept their order. */
  const withPlaces = (keys: Literal): readonly Literal[] => [
    keys,
    literal(
      'u32',
      keys.shape,
      keys.data.map((_, i) => i)
    )
  ]

  const lengths = [1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 31, 33, 63, 64, 65, 100, 127, 129, 1000]
  it.each(numbers)('of %s is stable for lines of every length', (dtype: DType) => {
    for (const taste of tastes)
      for (const length of lengths) {
        expectReference('sort', withPlaces(draw(dtype, [length], length, taste)), { axis: 0 }, indexing.sort)
        expectReference('sort', withPlaces(draw(dtype, [length, 3], length, taste)), { axis: 0 }, indexing.sort)
      }
  })

  it('of lines that are sorted already, or backwards', () => {
    const forth = literal(
      'i32',
      [300],
      Array.from({ length: 300 }, (_, i) => Math.floor(i / 3))
    )
    const back = { ...forth, data: forth.data.toReversed() }
    for (const keys of [forth, back]) expectReference('sort', withPlaces(keys), { axis: 0 }, indexing.sort)
  })

  it('keeps NaN of all bits last and in their order', () => {
    const words = [0xffc00000, 0x3f800000, 0x7fc00000, 0xff800000, 0xffffffff, 0x7f800001, 0x7f800000, 0xffc12345]
    const [low, places] = [new Uint32Array(words), words.map((_, i) => i)]
    const wide = new Uint32Array(words.flatMap(wideOf))
    for (const keys of [
      fromBuffer('f32', [8], new Float32Array(low.buffer)),
      fromBuffer('f64', [8], new Float64Array(wide.buffer))
    ]) {
      const operands = [keys, tensorOf({ dtype: 'i32', shape: [8] }, places)]
      const [, order] = runKernel(
        (compilation) => indexing.sort(compilation, { operands, outputs: operands, parameters: { axis: 0 } }),
        operands,
        operands
      )
      // −∞, 1, ∞ are at 3, 1, 6
      expect(toArray(order!)).toEqual([3, 1, 6, 0, 2, 4, 5, 7])
    }
  })

  it.each(numbers)('of %s stays within its scratch memory', (dtype) => {
    for (const length of [5, 8, 9, 20, 1000]) {
      const operands = [tensorFrom(draw(dtype, [length], 1))]
      const task = { operands, outputs: operands, parameters: { axis: 0 } }
      const { scratch, definition, operations } = indexing.sort(compilation(), task)
      // scratch memory comes last, like an output, beyond which nothing may be written
      const outputs = [...operands, { dtype: 'bool', shape: [scratch] } as const]
      runKernel(() => ({ definition, operations, scratch: 0 }), operands, outputs)
    }
  })
})
