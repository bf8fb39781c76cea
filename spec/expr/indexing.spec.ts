/**
 * Reading, adding and ordering at computed places, against loops over indices.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import { at, build, expression, flat, indicesOf, sentenceOf, shapes, wholeArray, type Flat } from './helpers.ts'

interface Case {
  readonly x: Flat
  readonly axis: number
  readonly indices: Flat
  readonly back: boolean
}

const cases = (indicesShape: (x: Flat, axis: number) => fc.Arbitrary<readonly number[]>): fc.Arbitrary<Case> =>
  shapes({ min: 1 }).chain((shape) =>
    fc.tuple(wholeArray(shape), fc.nat({ max: shape.length - 1 }), fc.boolean()).chain(([x, axis, back]) =>
      indicesShape(x, axis)
        .chain((places) => wholeArray(places, -1, 4))
        .map((indices) => ({ x, axis, indices, back }))
    )
  )

const clamped = (i: number, n: number): number => Math.max(0, Math.min(n - 1, i))
const given = ({ axis, x, back }: Case): number => (back ? axis - x.shape.length : axis)
const size = ({ axis, x }: Case): number => x.shape[axis] ?? 0

describe('take and scatterAdd', () => {
  const anywhere = cases(() => shapes({ max: 2 }))

  it('take reads [before, places, after], indices out of range at the ends', () => {
    fc.assert(
      fc.property(anywhere, (test) => {
        const { x, axis, indices } = test
        const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)]
        const expected = build(shape, (index) => {
          const place = index.slice(axis, axis + indices.shape.length)
          const rest = index.slice(axis + indices.shape.length)
          return at(x, [...index.slice(0, axis), clamped(at(indices, place), size(test)), ...rest])
        })
        expect(flat(pipe(expression(x), E.take(expression(indices, 'i32'), given(test))))).toEqual(expected)
      })
    )
  })

  it('scatterAdd adds where take reads', () => {
    fc.assert(
      fc.property(anywhere, (test) => {
        const { x, axis, indices } = test
        const updates = build([...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], (index) =>
          index.reduce((sum, i) => 3 * sum + i, 1)
        )
        const expected = build(x.shape, (index) =>
          indicesOf(indices.shape).reduce(
            (sum, place) =>
              clamped(at(indices, place), size(test)) === index[axis]
                ? sum + at(updates, [...index.slice(0, axis), ...place, ...index.slice(axis + 1)])
                : sum,
            at(x, index)
          )
        )
        const added = E.scatterAdd(expression(indices, 'i32'), expression(updates), given(test))
        expect(flat(pipe(expression(x), added))).toEqual(expected)
      })
    )
  })

  it('take unsigned indices too, and the first axis when none is named', () => {
    const x = expression({ shape: [3, 2], elements: [1, 2, 3, 4, 5, 6] })
    expect(flat(pipe(x, E.take(expression({ shape: [2], elements: [2, 9] }, 'u32')))).elements).toEqual([5, 6, 5, 6])
  })

  it('refuse an empty axis', () => {
    expect(sentenceOf(() => pipe(E.zeros([0, 2]), E.take(E.zeros([1], 'i32'))))).toBe(
      'take: axis 0 of [0, 2] holds no element'
    )
  })
})

describe('takeAlong', () => {
  it('reads an index of its own for each place', () => {
    const along = cases((x, axis) =>
      fc.integer({ min: 1, max: 4 }).map((m) => x.shape.map((n, i) => (i === axis ? m : n)))
    )
    fc.assert(
      fc.property(along, (test) => {
        const { x, axis, indices } = test
        const expected = build(indices.shape, (index) =>
          at(
            x,
            index.map((i, j) => (j === axis ? clamped(at(indices, index), size(test)) : i))
          )
        )
        expect(flat(pipe(expression(x), E.takeAlong(expression(indices, 'i32'), given(test))))).toEqual(expected)
      })
    )
  })
})

describe('oneHot', () => {
  it('is 1 at the place of the index, and nowhere for indices out of range', () => {
    fc.assert(
      fc.property(
        shapes({ max: 2 }).chain((shape) => wholeArray(shape, -1, 4)),
        fc.integer({ min: 1, max: 4 }),
        (indices, classes) => {
          const expected = build([...indices.shape, classes], (index) =>
            Number(at(indices, index.slice(0, -1)) === index.at(-1))
          )
          expect(flat(pipe(expression(indices, 'i32'), E.oneHot(classes, 'f64')))).toEqual(expected)
        }
      )
    )
    expect(pipe(E.zeros([2], 'i32'), E.oneHot(3)).dtype).toBe('f32')
    expect(pipe(E.zeros([2], 'i32'), E.oneHot(3, 'bool')).dtype).toBe('bool')
  })

  it('refuses a number of classes that is not whole', () => {
    expect(sentenceOf(() => E.oneHot(0))).toBe('oneHot: the number of classes has to be a positive whole number, got 0')
  })
})

describe('sort, argSort and sortBy', () => {
  const sortable = cases((x) => fc.constant(x.shape))
  const lines = (x: Flat, axis: number): readonly (readonly number[])[] =>
    indicesOf(x.shape.map((n, i) => (i === axis ? 1 : n))).map((index) =>
      Array.from({ length: x.shape[axis] ?? 0 }, (_, i) =>
        at(
          x,
          index.map((j, k) => (k === axis ? i : j))
        )
      )
    )
  const ordered = (line: readonly number[]): readonly number[] => line.toSorted((a, b) => a - b)

  it('sort orders every line of an axis', () => {
    fc.assert(
      fc.property(sortable, (test) => {
        const sorted = flat(pipe(expression(test.x), E.sort(given(test))))
        expect(lines(sorted, test.axis)).toEqual(lines(test.x, test.axis).map(ordered))
      })
    )
  })

  it('takeAlong at argSort sorts, stably', () => {
    fc.assert(
      fc.property(sortable, (test) => {
        const x = expression(test.x)
        const places = pipe(x, E.argSort(given(test)))
        expect(places.dtype).toBe('i32')
        expect(flat(pipe(x, E.takeAlong(places, given(test))))).toEqual(flat(pipe(x, E.sort(given(test)))))
        const stable = lines(test.x, test.axis).map((line) =>
          line.map((_, i) => i).toSorted((a, b) => (line[a] ?? 0) - (line[b] ?? 0) || a - b)
        )
        expect(lines(flat(places), test.axis)).toEqual(stable)
      })
    )
  })

  it('sortBy orders values by their keys', () => {
    fc.assert(
      fc.property(sortable, (test) => {
        const keys = expression(test.indices)
        const byKeys = flat(pipe(expression(test.x), E.sortBy(keys as E.Expr<readonly number[], 'f64'>, given(test))))
        const expected = lines(test.x, test.axis).map((line, i) => {
          const order = lines(test.indices, test.axis)[i] ?? []
          return line
            .map((_, j) => j)
            .toSorted((a, b) => (order[a] ?? 0) - (order[b] ?? 0) || a - b)
            .map((j) => line[j])
        })
        expect(lines(byKeys, test.axis)).toEqual(expected)
      })
    )
  })

  it('put −0 before +0, and NaN last', () => {
    const x = expression({ shape: [5], elements: [0, NaN, -0, Infinity, -Infinity] })
    expect(flat(pipe(x, E.sort())).elements).toEqual([-Infinity, -0, 0, Infinity, NaN])
  })
})
