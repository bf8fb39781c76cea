/** Reductions and the matrix product, their orders of summation written out. */
import * as fc from 'fast-check'
import type { Sizes } from '../../../../lib/shape/index.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import { nth, type Check, type Checks } from './check.ts'
import { draw, seeds, shapes, someLengths } from './draw.ts'
import { at, build, indices, literal, rounding, type Literal } from './literal.ts'

type Operation = (a: number, b: number) => number

/** An operation of a type: rounded for floats, exact and wrapped for integers. */
const typedOperation = (dtype: DType, float: Operation, integer: (a: bigint, b: bigint) => bigint): Operation => {
  if (dtype === 'i32') return (a, b) => Number(BigInt.asIntN(32, integer(BigInt(a), BigInt(b))))
  if (dtype === 'u32') return (a, b) => Number(BigInt.asUintN(32, integer(BigInt(a), BigInt(b))))
  const round = rounding(dtype)
  return (a, b) => round(float(a, b))
}

export const adding = (dtype: DType): Operation =>
  typedOperation(
    dtype,
    (a, b) => a + b,
    (a, b) => a + b
  )
export const multiplying = (dtype: DType): Operation =>
  typedOperation(
    dtype,
    (a, b) => a * b,
    (a, b) => a * b
  )

/** Eight lanes, element i to lane i mod 8, then lane j with lane j + 4, + 2, + 1. */
export const byLanes = (elements: readonly number[], start: number, operation: Operation): number => {
  const lanes = Array.from({ length: 8 }, (_, lane) =>
    elements.filter((_, i) => i % 8 === lane).reduce(operation, start)
  )
  const four = [0, 1, 2, 3].map((j) => operation(lanes[j] ?? 0, lanes[j + 4] ?? 0))
  const two = [0, 1].map((j) => operation(four[j] ?? 0, four[j + 2] ?? 0))
  return operation(two[0] ?? 0, two[1] ?? 0)
}

/** The elements that go into each result, in row-major order of the reduced axes. */
const folded = (x: Literal, axes: Sizes): readonly (readonly number[])[] => {
  const isFolded = x.shape.map((_, axis) => axes.includes(axis))
  const kept = x.shape.filter((_, axis) => isFolded[axis] !== true)
  const gone = x.shape.filter((_, axis) => isFolded[axis] === true)
  return indices(kept).map((outer) =>
    indices(gone).map((inner) => {
      const [o, i] = [[...outer], [...inner]]
      return at(
        x,
        x.shape.map((_, axis) => (isFolded[axis] === true ? i.shift() : o.shift()) ?? 0)
      )
    })
  )
}

const reduction = (
  dtypes: readonly DType[],
  empty: boolean,
  fold: (dtype: DType) => (elements: readonly number[]) => number
): Check<{ readonly axes: Sizes }> => ({
  cases: fc
    .record({
      dtype: fc.constantFrom(...dtypes),
      shape: shapes({ empty, rank: 5 }),
      mask: fc.integer({ min: 0, max: 31 }),
      seed: seeds
    })
    .map(({ dtype, shape, mask, seed }) => ({
      operands: [draw(dtype, shape, seed, mask % 2 === 0 ? 'edges' : 'moderate')],
      parameters: { axes: shape.map((_, axis) => axis).filter((axis) => (mask >> axis) % 2 === 1) }
    })),
  expected: (operands, { axes }) => {
    const x = nth(operands, 0)
    const shape = x.shape.filter((_, axis) => !axes.includes(axis))
    return [literal(x.dtype, shape, folded(x, axes).map(fold(x.dtype)))]
  }
})

/** NaN if there is one, else the greatest, +0 before −0. */
const greatest = (elements: readonly number[]): number =>
  elements.some(Number.isNaN) ? NaN : elements.reduce((a, b) => (b > a || (b === a && Object.is(a, -0)) ? b : a))

const numbers: readonly DType[] = ['f32', 'f64', 'i32', 'u32']

export const reductionChecks: Checks<'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin' | 'argMax' | 'matmul'> =
  {
    reduceSum: reduction(numbers, true, (dtype) => (elements) => byLanes(elements, 0, adding(dtype))),
    reduceProduct: reduction(numbers, true, (dtype) => (elements) => byLanes(elements, 1, multiplying(dtype))),
    reduceMax: reduction([...numbers, 'bool'], false, () => greatest),
    reduceMin: reduction([...numbers, 'bool'], false, () => (elements) => {
      const least = -greatest(elements.map((x) => -x))
      return least
    }),
    argMax: {
      cases: fc
        .record({
          dtype: fc.constantFrom(...numbers),
          shape: shapes({ empty: false, min: 1 }),
          axis: fc.nat(),
          seed: seeds,
          isFew: fc.boolean()
        })
        .map(({ dtype, shape, axis, seed, isFew }) => ({
          operands: [draw(dtype, shape, seed, isFew ? 'few' : 'edges')],
          parameters: { axis: axis % shape.length }
        })),
      expected: (operands, { axis }) => {
        const x = nth(operands, 0)
        const shape = x.shape.filter((_, other) => other !== axis)
        const first = (elements: readonly number[]): number => {
          const nan = elements.findIndex(Number.isNaN)
          return nan === -1 ? elements.findIndex((a) => elements.every((b) => b <= a)) : nan
        }
        return [literal('i32', shape, folded(x, [axis]).map(first))]
      }
    },
    matmul: {
      cases: fc
        .record({
          dtype: fc.constantFrom(...numbers),
          batch: fc.constantFrom<readonly number[]>([], [], [1], [3], [2, 2], [0]),
          n: someLengths,
          k: fc.oneof(
            { weight: 4, arbitrary: someLengths },
            { weight: 1, arbitrary: fc.constantFrom(0, 255, 256, 257, 512, 600) }
          ),
          m: someLengths,
          seed: seeds,
          hasEdges: fc.boolean()
        })
        .map(({ dtype, batch, n, k, m, seed, hasEdges }) => ({
          operands: [
            draw(dtype, [...batch, n, k], seed, hasEdges && k < 100 ? 'edges' : 'moderate'),
            draw(dtype, [...batch, k, m], seed + 1, 'moderate')
          ],
          parameters: {}
        })),
      expected: (operands) => {
        const [a, b] = [nth(operands, 0), nth(operands, 1)]
        const k = a.shape.at(-1) ?? 0
        const [add, multiply] = [adding(a.dtype), multiplying(a.dtype)]
        return [
          build(a.dtype, [...a.shape.slice(0, -1), b.shape.at(-1) ?? 0], (index) => {
            const [batch, row, column] = [index.slice(0, -2), index.at(-2) ?? 0, index.at(-1) ?? 0]
            const products = Array.from({ length: k }, (_, i) =>
              multiply(at(a, [...batch, row, i]), at(b, [...batch, i, column]))
            )
            return inBlocks(products, add)
          })
        ]
      }
    }
  }

/** Blocks of 256: each summed from 0, its total added to the sum of those before it. */
export const inBlocks = (terms: readonly (number | undefined)[], add: Operation): number => {
  const blocks = Array.from({ length: Math.ceil(terms.length / 256) }, (_, i) => terms.slice(i * 256, (i + 1) * 256))
  // a term that is left out keeps its index
  const total = (block: readonly (number | undefined)[]): number =>
    block.reduce<number>((sum, term) => (term === undefined ? sum : add(sum, term)), 0)
  return blocks.map(total).reduce(add, 0)
}
