/**
 * Operators that move elements, against loops over indices.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { Sizes } from '../../lib/shape/index.ts'
import {
  at,
  broadcastable,
  build,
  expression,
  flat,
  nested,
  sentenceOf,
  shapes,
  wholeArray,
  type Flat
} from './helpers.ts'

const arrays = (rank: { readonly min?: number; readonly max?: number } = {}): fc.Arbitrary<Flat> =>
  shapes(rank).chain((shape) => wholeArray(shape))

const withAxis: fc.Arbitrary<readonly [Flat, number]> = arrays({ min: 1 }).chain((x) =>
  fc.tuple(fc.constant(x), fc.nat({ max: x.shape.length - 1 }))
)
/** An axis from the front, or the same from the end. */
const either = (axis: number, rank: number, back: boolean): number => (back ? axis - rank : axis)

describe('reshape', () => {
  it('keeps the elements in order, also back and forth', () => {
    fc.assert(
      fc.property(arrays(), fc.boolean(), (x, whole) => {
        const size = x.elements.length
        const target: Sizes = whole ? [size] : [1, -1, 1]
        const there = pipe(expression(x), E.reshape(...target))
        expect(flat(there)).toEqual({ shape: whole ? [size] : [1, size, 1], elements: x.elements })
        expect(flat(pipe(there, E.reshape(...x.shape)))).toEqual(x)
      })
    )
  })

  it('reads a name as the size of the axis where it stands, or infers the only one', () => {
    const x = E.zeros([2, 3, 8]) as E.AnyExpr as E.Expr<['batch', 'time', 8]>
    expect(pipe(x, E.reshape('batch', 'time', 4, 2)).shape).toEqual([2, 3, 4, 2])
    expect(pipe(x, E.reshape('batch', -1)).shape).toEqual([2, 24])
    const rows = E.zeros([6, 4]) as E.AnyExpr as E.Expr<['batch', 4]>
    expect(pipe(rows, E.reshape(2, 2, 'batch')).shape).toEqual([2, 2, 6])
    expect(pipe(rows, E.reshape('batch', 2, 2)).shape).toEqual([6, 2, 2])
    expect(sentenceOf(() => pipe(x as E.AnyExpr, E.reshape(-1, 2, 4, 'time')))).toBe(
      "reshape: the size of 'time' is not known, axis 3 of [2, 3, 8] is another; move it there, or use -1"
    )
  })
})

describe('transpose', () => {
  it('puts axis order[i] of the value in place i, and is undone by the inverse order', () => {
    const permuted = arrays().chain((x) =>
      fc.tuple(
        fc.constant(x),
        fc.shuffledSubarray(
          x.shape.map((_, axis) => axis),
          { minLength: x.shape.length }
        )
      )
    )
    fc.assert(
      fc.property(permuted, fc.boolean(), ([x, order], back) => {
        const axes = order.map((axis) => either(axis, x.shape.length, back))
        const expected = build(
          order.map((axis) => x.shape[axis] ?? 0),
          (index) =>
            at(
              x,
              x.shape.map((_, axis) => index[order.indexOf(axis)] ?? 0)
            )
        )
        const there = order.length === 0 ? expression(x) : pipe(expression(x), E.transpose(...axes))
        expect(flat(there)).toEqual(expected)
        const inverse = order.map((_, axis) => order.indexOf(axis))
        expect(flat(order.length === 0 ? there : pipe(there, E.transpose(...inverse)))).toEqual(x)
      })
    )
  })

  it('reverses the axes when it is given none', () => {
    expect(nested(pipe(expression({ shape: [2, 3], elements: [1, 2, 3, 4, 5, 6] }), E.transpose()))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6]
    ])
  })
})

describe('broadcastTo and broadcastLike', () => {
  it('repeat axes of size 1 and missing ones', () => {
    fc.assert(
      fc.property(
        broadcastable.chain(([a, , common]) => fc.tuple(wholeArray(a), fc.constant(common))),
        ([x, common]) => {
          const expected = build(common, (index) => at(x, index))
          expect(flat(pipe(expression(x), E.broadcastTo(...common)))).toEqual(expected)
          expect(flat(pipe(expression(x), E.broadcastLike(E.zeros(common))))).toEqual(expected)
        }
      )
    )
  })
})

describe('expandDims, squeeze and reverse', () => {
  it('expandDims and squeeze are inverse to each other', () => {
    fc.assert(
      fc.property(arrays(), fc.nat({ max: 3 }), fc.boolean(), (x, place, back) => {
        const axis = Math.min(place, x.shape.length)
        const given = either(axis, x.shape.length + 1, back)
        const wider = pipe(expression(x), E.expandDims(given))
        expect(flat(wider)).toEqual({
          shape: [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)],
          elements: x.elements
        })
        expect(flat(pipe(wider, E.squeeze(given)))).toEqual(x)
      })
    )
  })

  it('squeeze without an axis drops all of size 1', () => {
    fc.assert(
      fc.property(arrays({ max: 4 }), (x) => {
        expect(flat(pipe(expression(x), E.squeeze()))).toEqual({
          shape: x.shape.filter((n) => n !== 1),
          elements: x.elements
        })
      })
    )
  })

  it('reverse turns the axes it is given round, or all', () => {
    fc.assert(
      fc.property(
        arrays().chain((x) =>
          fc.tuple(
            fc.constant(x),
            fc.subarray(
              x.shape.map((_, axis) => axis),
              { minLength: Math.min(1, x.shape.length) }
            )
          )
        ),
        ([x, axes]) => {
          const turned = (gone: Sizes): Flat =>
            build(x.shape, (index) =>
              at(
                x,
                index.map((i, axis) => (gone.includes(axis) ? (x.shape[axis] ?? 0) - 1 - i : i))
              )
            )
          if (axes.length > 0) expect(flat(pipe(expression(x), E.reverse(...axes)))).toEqual(turned(axes))
          expect(flat(pipe(expression(x), E.reverse()))).toEqual(turned(x.shape.map((_, axis) => axis)))
        }
      )
    )
  })
})

describe('slice and pad', () => {
  it('slice is Array.prototype.slice with a stride, on every axis', () => {
    const sliced = arrays().chain((x) =>
      fc.tuple(
        fc.constant(x),
        fc.tuple(
          ...x.shape.map((n) =>
            fc
              .tuple(fc.nat({ max: n }), fc.nat({ max: n }), fc.integer({ min: 1, max: 3 }), fc.boolean())
              .map(([a, b, stride, back]) => {
                const [start, stop] = [Math.min(a, b), Math.max(a, b)]
                return {
                  start,
                  stop,
                  stride,
                  given: [
                    back && start > 0 && start < n ? start - n : start,
                    stop === n ? null : back && stop > 0 ? stop - n : stop
                  ] as const
                }
              })
          )
        )
      )
    )
    fc.assert(
      fc.property(sliced, ([x, parts]) => {
        const kept = parts.map(({ start, stop, stride }, axis) =>
          Array.from({ length: x.shape[axis] ?? 0 }, (_, i) => i)
            .slice(start, stop)
            .filter((_, i) => i % stride === 0)
        )
        const expected = build(
          kept.map((list) => list.length),
          (index) =>
            at(
              x,
              index.map((i, axis) => kept[axis]?.[i] ?? NaN)
            )
        )
        const [starts, stops] = [parts.map(({ given }) => given[0]), parts.map(({ given }) => given[1])]
        expect(
          flat(
            pipe(
              expression(x),
              E.slice(
                starts,
                stops,
                parts.map(({ stride }) => stride)
              )
            )
          )
        ).toEqual(expected)
      })
    )
  })

  it('slice undoes pad', () => {
    fc.assert(
      fc.property(
        arrays().chain((x) =>
          fc.tuple(
            fc.constant(x),
            fc.tuple(...x.shape.map(() => fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 2 }))))
          )
        ),
        ([x, amounts]) => {
          const widths = amounts.map(([low, high]) => [low, high] as const)
          const between = amounts.map(([, , inner]) => inner)
          const padded = pipe(expression(x), E.pad(widths, { value: 9, between }))
          const shape = x.shape.map((n, axis) => {
            const [low = 0, high = 0, inner = 0] = amounts[axis] ?? []
            return low + n + (n - 1) * inner + high
          })
          const expected = build(shape, (index) => {
            const places = index.map((i, axis) => (i - (amounts[axis]?.[0] ?? 0)) / ((between[axis] ?? 0) + 1))
            const inside = places.every(
              (place, axis) => Number.isInteger(place) && place >= 0 && place < (x.shape[axis] ?? 0)
            )
            return inside ? at(x, places) : 9
          })
          expect(flat(padded)).toEqual(expected)
          const starts = widths.map(([low]) => low)
          const stops = widths.map(([, high], axis) => (shape[axis] ?? 0) - high)
          const back = pipe(
            padded,
            E.slice(
              starts,
              stops,
              between.map((inner) => inner + 1)
            )
          )
          expect(flat(back)).toEqual(x)
        }
      )
    )
  })

  it('pad refuses amounts that are not whole', () => {
    expect(sentenceOf(() => pipe(E.ones([2]), E.pad([[-1, 0]])))).toBe(
      'pad: expected whole amounts from 0, got [-1, 0, 0]'
    )
    expect(sentenceOf(() => pipe(E.ones([2]), E.pad([[0, 0]], { between: [1, 2] })))).toBe(
      'pad: expected one number between for each axis of [2], got 2'
    )
  })
})

describe('concat, concatAll and stack', () => {
  it('put values side by side, and slices take them apart', () => {
    fc.assert(
      fc.property(
        withAxis.chain(([x, axis]) =>
          fc.tuple(
            fc.constant(x),
            wholeArray(x.shape.map((n, i) => (i === axis ? n + 1 : n))),
            fc.constant(axis),
            fc.boolean()
          )
        ),
        ([x, y, axis, back]) => {
          const n = x.shape[axis] ?? 0
          const given = either(axis, x.shape.length, back)
          const joined = pipe(expression(x), E.concat(expression(y), given))
          const expected = build(
            x.shape.map((m, i) => (i === axis ? 2 * n + 1 : m)),
            (index) =>
              (index[axis] ?? 0) < n
                ? at(x, index)
                : at(
                    y,
                    index.map((i, j) => (j === axis ? i - n : i))
                  )
          )
          expect(flat(joined)).toEqual(expected)
          expect(flat(E.concatAll([expression(x), expression(y)], given))).toEqual(expected)
          const starts = x.shape.map((_, i) => (i === axis ? n : 0))
          expect(
            flat(
              pipe(
                joined,
                E.slice(
                  starts,
                  x.shape.map(() => null)
                )
              )
            )
          ).toEqual(y)
        }
      )
    )
  })

  it('stack puts values along a new axis, where take finds them', () => {
    fc.assert(
      fc.property(
        shapes().chain((shape) =>
          fc.tuple(wholeArray(shape), wholeArray(shape), fc.nat({ max: shape.length }), fc.boolean())
        ),
        ([x, y, axis, back]) => {
          const given = either(axis, x.shape.length + 1, back)
          const both = E.stack([expression(x), expression(y)], given)
          expect(both.shape).toEqual([...x.shape.slice(0, axis), 2, ...x.shape.slice(axis)])
          const second = expression({ shape: [], elements: [1] }, 'i32')
          expect(flat(pipe(both, E.take(second, given)))).toEqual(y)
        }
      )
    )
  })

  it('refuse an empty list', () => {
    expect(sentenceOf(() => E.stack([]))).toBe('stack: expected at least one value, got none')
    expect(sentenceOf(() => E.concatAll([] as readonly E.AnyExpr[], 0))).toBe(
      'concat: expected at least one shape, got none'
    )
  })
})

describe('creation', () => {
  it('fills shapes and counts along an axis', () => {
    fc.assert(
      fc.property(shapes({ min: 1 }), fc.nat({ max: 2 }), (shape, place) => {
        const axis = Math.min(place, shape.length - 1)
        expect(flat(E.full(7, shape))).toEqual(build(shape, () => 7))
        expect(flat(E.zerosLike(E.full(7, shape, 'i32')))).toEqual(build(shape, () => 0))
        expect(flat(E.onesLike(E.full(7, shape)))).toEqual(build(shape, () => 1))
        expect(flat(E.iota(shape, { axis: axis - shape.length }))).toEqual(build(shape, (index) => index[axis] ?? NaN))
      })
    )
    expect(E.iota(4).dtype).toBe('i32')
    expect(flat(E.iota(3, { dtype: 'f32' })).elements).toEqual([0, 1, 2])
  })

  it('refuses sizes that are not whole', () => {
    expect(sentenceOf(() => E.zeros([2.5]))).toBe('zeros: expected whole sizes from 0, got [2.5]')
    expect(sentenceOf(() => E.full(1.5, [2], 'i32'))).toBe(
      'full: a number for i32 has to be whole and from -2147483648 to 2147483647, got 1.5'
    )
    expect(sentenceOf(() => E.iota([2], { axis: 1 }))).toBe('iota: [2] has no axis 1')
  })
})

describe('convert and bitcast', () => {
  it('convert by value, and by bits there and back', () => {
    const x = expression({ shape: [4], elements: [1.5, -1.5, 0, NaN] }, 'f32')
    expect(flat(pipe(x, E.convert('i32'))).elements).toEqual([1, -1, 0, 0])
    expect(flat(pipe(x, E.convert('bool'))).elements).toEqual([1, 1, 0, 1])
    expect(flat(pipe(expression({ shape: [2], elements: [1, 0] }, 'bool'), E.convert('f32'))).elements).toEqual([1, 0])
    expect(flat(pipe(E.scalar(1), E.bitcast('u32'))).elements).toEqual([0x3f800000])
    expect(flat(pipe(x, E.bitcast('i32'), E.bitcast('f32'))).elements).toEqual([1.5, -1.5, 0, NaN])
  })
})
