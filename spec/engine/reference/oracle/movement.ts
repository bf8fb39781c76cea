/** Movement, creation, indexing and sorting, by index tuples. */
import * as fc from 'fast-check'
import type { Sizes } from '../../../../lib/shape/index.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import { fromBuffer, allocate } from '../../../../lib/tensor/internal.ts'
import { nth, type Checks } from './check.ts'
import { draw, seeds, shapes, someLengths } from './draw.ts'
import { adding } from './reduction.ts'
import { at, build, count, indices, literal, placeOf, type Literal } from './literal.ts'

const all: readonly DType[] = ['f32', 'f64', 'i32', 'u32', 'bool']
const dtypes = fc.constantFrom(...all)

type Movement = 'broadcast' | 'reshape' | 'transpose' | 'reverse' | 'slice' | 'pad' | 'concat'

export const movementChecks: Checks<Movement> = {
  broadcast: {
    cases: fc
      .record({
        dtype: dtypes,
        shape: shapes({ rank: 4 }),
        kept: fc.integer({ min: 0, max: 15 }),
        ones: fc.integer({ min: 0, max: 15 }),
        seed: seeds
      })
      .map(({ dtype, shape, kept, ones, seed }) => {
        const axes = shape.map((_, axis) => axis).filter((axis) => (kept >> axis) % 2 === 1)
        const from = axes.map((axis) => ((ones >> axis) % 2 === 1 ? 1 : (shape[axis] ?? 1)))
        return { operands: [draw(dtype, from, seed)], parameters: { shape, axes } }
      }),
    expected: (operands, { shape, axes }) => {
      const x = nth(operands, 0)
      return [
        build(x.dtype, shape, (index) =>
          at(
            x,
            axes.map((axis, i) => (x.shape[i] === 1 ? 0 : (index[axis] ?? 0)))
          )
        )
      ]
    }
  },
  reshape: {
    cases: fc.record({ dtype: dtypes, shape: shapes(), seed: seeds }).map(({ dtype, shape, seed }) => ({
      operands: [draw(dtype, shape, seed)],
      parameters: { shape: [...shape].reverse() }
    })),
    expected: (operands, { shape }) => [{ ...nth(operands, 0), shape }]
  },
  transpose: {
    cases: fc.record({ dtype: dtypes, shape: shapes({ rank: 5 }), seed: seeds }).chain(({ dtype, shape, seed }) =>
      fc
        .shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: shape.length, maxLength: shape.length }
        )
        .map((permutation) => ({ operands: [draw(dtype, shape, seed)], parameters: { permutation } }))
    ),
    expected: (operands, { permutation }) => {
      const x = nth(operands, 0)
      const shape = permutation.map((axis) => x.shape[axis] ?? 0)
      return [
        build(x.dtype, shape, (index) =>
          at(
            x,
            x.shape.map((_, axis) => index[permutation.indexOf(axis)] ?? 0)
          )
        )
      ]
    }
  },
  reverse: {
    cases: fc
      .record({ dtype: dtypes, shape: shapes(), mask: fc.integer({ min: 0, max: 15 }), seed: seeds })
      .map(({ dtype, shape, mask, seed }) => ({
        operands: [draw(dtype, shape, seed)],
        parameters: { axes: shape.map((_, axis) => axis).filter((axis) => (mask >> axis) % 2 === 1) }
      })),
    expected: (operands, { axes }) => {
      const x = nth(operands, 0)
      const turned = (index: readonly number[]) =>
        index.map((i, axis) => (axes.includes(axis) ? (x.shape[axis] ?? 0) - 1 - i : i))
      return [build(x.dtype, x.shape, (index) => at(x, turned(index)))]
    }
  },
  slice: {
    cases: fc.record({ dtype: dtypes, shape: shapes(), seed: seeds }).chain(({ dtype, shape, seed }) =>
      fc
        .tuple(
          ...shape.map((n) =>
            fc.record({
              a: fc.integer({ min: 0, max: n }),
              b: fc.integer({ min: 0, max: n }),
              step: fc.integer({ min: 1, max: 3 })
            })
          )
        )
        .map((parts) => ({
          operands: [draw(dtype, shape, seed)],
          parameters: {
            start: parts.map(({ a, b }) => Math.min(a, b)),
            stop: parts.map(({ a, b }) => Math.max(a, b)),
            stride: parts.map(({ step }) => step)
          }
        }))
    ),
    expected: (operands, { start, stop, stride }) => {
      const x = nth(operands, 0)
      const chosen = x.shape.map((n, axis) =>
        Array.from({ length: n }, (_, i) => i).filter(
          (i) =>
            i >= (start[axis] ?? 0) && i < (stop[axis] ?? 0) && (i - (start[axis] ?? 0)) % (stride[axis] ?? 1) === 0
        )
      )
      return [
        build(
          x.dtype,
          chosen.map((list) => list.length),
          (index) =>
            at(
              x,
              index.map((i, axis) => chosen[axis]?.[i] ?? 0)
            )
        )
      ]
    }
  },
  pad: {
    cases: fc.record({ dtype: dtypes, shape: shapes({ rank: 3 }), seed: seeds }).chain(({ dtype, shape, seed }) =>
      fc.tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)))).map((parts) => ({
        operands: [draw(dtype, shape, seed), draw(dtype, [], seed + 1)],
        parameters: {
          low: parts.map(([low]) => low),
          high: parts.map(([, high]) => high),
          interior: parts.map(([, , interior]) => interior)
        }
      }))
    ),
    expected: (operands, { low, high, interior }) => {
      const [x, value] = [nth(operands, 0), nth(operands, 1)]
      // one axis: which element of x is at each place, if any
      const axes = x.shape.map((n, axis) => {
        const spread = Array.from({ length: n }, (_, i) => [
          i,
          ...Array.from({ length: i === n - 1 ? 0 : (interior[axis] ?? 0) }, () => -1)
        ]).flat()
        const around = (length: number) => Array.from({ length }, () => -1)
        return [...around(low[axis] ?? 0), ...spread, ...around(high[axis] ?? 0)]
      })
      return [
        build(
          x.dtype,
          axes.map((axis) => axis.length),
          (index) => {
            const from = index.map((i, axis) => axes[axis]?.[i] ?? -1)
            return from.includes(-1) ? at(value, []) : at(x, from)
          }
        )
      ]
    }
  },
  concat: {
    cases: fc
      .record({
        dtype: dtypes,
        shape: shapes({ min: 1, rank: 3 }),
        axis: fc.nat(),
        parts: fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
        seed: seeds
      })
      .map(({ dtype, shape, axis, parts, seed }) => ({
        operands: parts.map((length, i) => draw(dtype, shape.with(axis % shape.length, length), seed + i)),
        parameters: { axis: axis % shape.length }
      })),
    expected: (operands, { axis }) => {
      const first = nth(operands, 0)
      const origin = operands.flatMap((x, operand) =>
        Array.from({ length: x.shape[axis] ?? 0 }, (_, i) => [operand, i] as const)
      )
      return [
        build(first.dtype, first.shape.with(axis, origin.length), (index) => {
          const [operand, i] = origin[index[axis] ?? 0] ?? [0, 0]
          return at(nth(operands, operand), index.with(axis, i))
        })
      ]
    }
  }
}

export const creationChecks: Checks<'constant' | 'iota'> = {
  constant: {
    cases: fc.record({ dtype: dtypes, shape: shapes(), seed: seeds }).map(({ dtype, shape, seed }) => {
      const { data } = draw(dtype, shape, seed)
      const buffer = allocate(dtype, data.length)
      buffer.set(data)
      return { operands: [], parameters: { value: fromBuffer(dtype, shape, buffer), data } }
    }),
    expected: (_, { value, ...rest }) => [
      literal(value.dtype, value.shape, (rest as { readonly data: readonly number[] }).data)
    ]
  },
  iota: {
    cases: fc
      .record({ dtype: fc.constantFrom<DType>('f32', 'f64', 'i32', 'u32'), shape: shapes({ min: 1 }), axis: fc.nat() })
      .map(({ dtype, shape, axis }) => ({ operands: [], parameters: { dtype, shape, axis: axis % shape.length } })),
    expected: (_, { dtype, shape, axis }) => [build(dtype, shape, (index) => index[axis] ?? 0)]
  }
}

// indexing

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
