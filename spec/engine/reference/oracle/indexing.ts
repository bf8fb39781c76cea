/** Gather, scatter-add, sorting and Threefry, by index tuples and BigInt. */
import * as fc from 'fast-check'
import type { Sizes } from '../../../../lib/shape/index.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import { nth, type Checks } from './check.ts'
import { draw, seeds, shapes, someLengths } from './draw.ts'
import { at, count, indices, literal, placeOf, type Literal } from './literal.ts'
import { adding } from './reduction.ts'

const all: readonly DType[] = ['f32', 'f64', 'i32', 'u32', 'bool']
const dtypes = fc.constantFrom(...all)

interface Read {
  readonly axis: number
  readonly batch: number
}

/** For each place that is read, in order, the index tuple in x. */
const readings = (x: Sizes, list: Literal, { axis, batch }: Read): readonly (readonly number[])[] => {
  const places = list.shape.slice(batch)
  const shape = [...x.slice(0, axis), ...places, ...x.slice(axis + 1)]
  return indices(shape).map((index) => {
    const place = index.slice(axis, axis + places.length)
    const wanted = at(list, [...index.slice(0, batch), ...place])
    const clamped = Math.min(Math.max(wanted, 0), (x[axis] ?? 1) - 1)
    return [...index.slice(0, axis), clamped, ...index.slice(axis + places.length)]
  })
}

const readCases = (dtypes_: readonly DType[]) =>
  fc
    .record({
      dtype: fc.constantFrom(...dtypes_),
      indexType: fc.constantFrom<DType>('i32', 'u32'),
      shared: fc.array(someLengths, { maxLength: 2 }),
      before: fc.array(fc.constantFrom(1, 2, 3), { maxLength: 1 }),
      n: someLengths,
      after: fc.array(fc.constantFrom(1, 2, 5), { maxLength: 1 }),
      places: fc.array(fc.constantFrom(0, 1, 2, 5, 9), { maxLength: 2 }),
      seed: seeds
    })
    .map(({ dtype, indexType, shared, before, n, after, places, seed }) => {
      const x = draw(dtype, [...shared, ...before, n, ...after], seed, 'moderate')
      const list = draw(indexType, [...shared, ...places], seed + 1, seed % 2 === 0 ? 'few' : 'edges')
      const updates = draw(dtype, [...shared, ...before, ...places, ...after], seed + 2, 'moderate')
      return { x, list, updates, parameters: { axis: shared.length + before.length, batch: shared.length } }
    })

export const indexingChecks: Checks<'gather' | 'scatterAdd' | 'sort' | 'threefry2x32'> = {
  gather: {
    cases: readCases(all).map(({ x, list, parameters }) => ({ operands: [x, list], parameters })),
    expected: (operands, parameters) => {
      const [x, list] = [nth(operands, 0), nth(operands, 1)]
      const { axis, batch } = parameters
      const shape = [...x.shape.slice(0, axis), ...list.shape.slice(batch), ...x.shape.slice(axis + 1)]
      return [
        literal(
          x.dtype,
          shape,
          readings(x.shape, list, parameters).map((index) => at(x, index))
        )
      ]
    }
  },
  scatterAdd: {
    cases: readCases(['f32', 'f64', 'i32', 'u32']).map(({ x, list, updates, parameters }) => ({
      operands: [x, list, updates],
      parameters
    })),
    expected: (operands, parameters) => {
      const [target, list, updates] = [nth(operands, 0), nth(operands, 1), nth(operands, 2)]
      const add = adding(target.dtype)
      const sums = [...target.data]
      readings(target.shape, list, parameters).forEach((index, i) => {
        const place = placeOf(target.shape, index)
        sums[place] = add(sums[place] ?? 0, updates.data[i] ?? 0)
      })
      return [literal(target.dtype, target.shape, sums)]
    }
  },
  sort: {
    cases: fc
      .record({
        dtype: fc.constantFrom<DType>('f32', 'f64', 'i32', 'u32'),
        shape: shapes({ min: 1 }),
        axis: fc.nat(),
        others: fc.array(dtypes, { maxLength: 2 }),
        seed: seeds
      })
      .map(({ dtype, shape, axis, others, seed }) => ({
        operands: [
          draw(dtype, shape, seed, seed % 2 === 0 ? 'few' : 'edges'),
          ...others.map((other, i) => draw(other, shape, seed + 1 + i))
        ],
        parameters: { axis: axis % shape.length }
      })),
    expected: (operands, { axis }) => {
      const keys = nth(operands, 0)
      // the place of each element is how many come before it
      const rank = (index: readonly number[]): number => {
        const key = at(keys, index)
        const own = index[axis] ?? 0
        return Array.from({ length: keys.shape[axis] ?? 0 }, (_, i) => at(keys, index.with(axis, i))).filter(
          (other, i) => precedes(other, key) || (!precedes(key, other) && i < own)
        ).length
      }
      const targets = indices(keys.shape).map((index) => placeOf(keys.shape, index.with(axis, rank(index))))
      return operands.map((x) => {
        const data = Array.from({ length: count(x.shape) }, () => 0)
        targets.forEach((to, from) => {
          data[to] = x.data[from] ?? 0
        })
        return literal(x.dtype, x.shape, data)
      })
    }
  },
  threefry2x32: {
    cases: fc.record({ shape: shapes(), seed: seeds }).map(({ shape, seed }) => ({
      operands: [0, 1, 2, 3].map((i) => draw('u32', shape, seed + i)),
      parameters: {}
    })),
    expected: (operands) => {
      const blocks = nth(operands, 0).data.map((_, i) => {
        const [k0 = 0n, k1 = 0n, x0 = 0n, x1 = 0n] = operands.map((x) => BigInt(x.data[i] ?? 0))
        return threefry(k0, k1, x0, x1)
      })
      return [0, 1].map((word) =>
        literal(
          'u32',
          nth(operands, 0).shape,
          blocks.map((block) => Number(block[word] ?? 0n))
        )
      )
    }
  }
}

const precedes = (a: number, b: number): boolean => {
  if (Number.isNaN(a)) return false
  if (Number.isNaN(b)) return true
  return a < b || (Object.is(a, -0) && Object.is(b, 0))
}

const word = (x: bigint): bigint => BigInt.asUintN(32, x)

/** Twenty rounds, the key schedule injected before the first and after every fourth. */
const threefry = (k0: bigint, k1: bigint, c0: bigint, c1: bigint): readonly bigint[] => {
  const schedule = [k0, k1, k0 ^ k1 ^ 0x1bd11bdan]
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n]
  const start = [word(c0 + k0), word(c1 + k1)]
  return Array.from({ length: 20 }, (_, round) => round).reduce(([x0 = 0n, x1 = 0n], round) => {
    const by = rotations[round % 8] ?? 0n
    const sum = word(x0 + x1)
    const mixed = word((x1 << by) | (x1 >> (32n - by))) ^ sum
    if (round % 4 !== 3) return [sum, mixed]
    const group = (round + 1) / 4
    return [word(sum + (schedule[group % 3] ?? 0n)), word(mixed + (schedule[(group + 1) % 3] ?? 0n) + BigInt(group))]
  }, start)
}
