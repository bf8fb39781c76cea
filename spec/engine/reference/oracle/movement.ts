/** Movement and creation, by index tuples. */
import * as fc from 'fast-check'
import type { DType } from '../../../../lib/tensor/index.ts'
import { fromBuffer, allocate } from '../../../../lib/tensor/internal.ts'
import { nth, type Checks } from './check.ts'
import { draw, seeds, shapes } from './draw.ts'
import { at, build, literal } from './literal.ts'

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
