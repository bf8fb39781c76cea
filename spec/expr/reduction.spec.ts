/**
 * Reductions against loops over indices; sums of whole numbers, so that their order does not matter.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { AnyExpr } from '../../lib/expr/index.ts'
import type { Sizes } from '../../lib/shape/index.ts'
import { at, build, expression, flat, indicesOf, sentenceOf, shapes, wholeArray, type Flat } from './helpers.ts'

type FoldBy = (axes?: number | Sizes, options?: { readonly keep?: boolean }) => (x: AnyExpr) => AnyExpr

const average = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length
const folds: readonly (readonly [string, FoldBy, (xs: readonly number[]) => number])[] = [
  ['sum', E.sum, (xs) => xs.reduce((a, b) => a + b, 0)],
  ['product', E.product, (xs) => xs.reduce((a, b) => a * b, 1)],
  ['max', E.max, (xs) => Math.max(...xs)],
  ['min', E.min, (xs) => Math.min(...xs)],
  ['mean', E.mean, average]
]

/** An array with some of its axes, counted from either end. */
const withAxes: fc.Arbitrary<readonly [Flat, Sizes]> = shapes({ min: 1 }).chain((shape) =>
  fc.tuple(
    wholeArray(shape),
    fc
      .subarray(shape.map((_, axis) => axis))
      .chain((axes) =>
        fc.tuple(...axes.map((axis) => fc.constantFrom(axis, axis - shape.length))).map((list) => list.toReversed())
      )
  )
)

const oracle = (x: Flat, axes: Sizes, f: (xs: readonly number[]) => number): Flat => {
  const gone = axes.map((axis) => (axis + x.shape.length) % x.shape.length)
  const inner = x.shape.map((n, axis) => (gone.includes(axis) ? n : 1))
  const kept = build(
    x.shape.map((n, axis) => (gone.includes(axis) ? 1 : n)),
    (index) =>
      f(
        indicesOf(inner).map((offset) =>
          at(
            x,
            index.map((i, axis) => i + (offset[axis] ?? 0))
          )
        )
      )
  )
  return kept
}
const dropped = ({ elements, shape }: Flat, axes: Sizes): Flat => ({
  elements,
  shape: shape.filter((_, axis) => !axes.includes(axis) && !axes.includes(axis - shape.length))
})

describe('reductions', () => {
  it.each(folds)('fold the axes they are given, from either end: %s', (_, fold, f) => {
    fc.assert(
      fc.property(withAxes, ([x, axes]) => {
        const expected = oracle(x, axes, f)
        expect(flat(pipe(expression(x), fold(axes, { keep: true })))).toEqual(expected)
        expect(flat(pipe(expression(x), fold(axes)))).toEqual(dropped(expected, axes))
      }),
      { numRuns: 60 }
    )
  })

  it.each(folds)('fold all axes when they are given none: %s', (_, fold, f) => {
    fc.assert(
      fc.property(
        shapes().chain((shape) => wholeArray(shape)),
        (x) => {
          expect(flat(pipe(expression(x), fold()))).toEqual({ shape: [], elements: [f(x.elements)] })
        }
      ),
      { numRuns: 30 }
    )
  })

  it('give the biased variance, in two passes, so that a great mean does no harm', () => {
    fc.assert(
      fc.property(withAxes, ([x, axes]) => {
        const shifted = { ...x, elements: x.elements.map((n) => n + 1e9) }
        const expected = oracle(x, axes, (xs) => average(xs.map((n) => (n - average(xs)) ** 2)))
        const actual = flat(pipe(expression(shifted), E.variance(axes, { keep: true })))
        expect(actual.shape).toEqual(expected.shape)
        actual.elements.forEach((n, i) => {
          expect(Math.abs(n - (expected.elements[i] ?? NaN))).toBeLessThan(1e-5)
        })
      }),
      { numRuns: 30 }
    )
  })

  it('say whether any or all hold', () => {
    fc.assert(
      fc.property(withAxes, ([x, axes]) => {
        const holds = { ...x, elements: x.elements.map((n) => Number(n > 0)) }
        const f = (quantifier: 'some' | 'every') => (xs: readonly number[]) => Number(xs[quantifier]((n) => n === 1))
        const value = expression(holds, 'bool')
        expect(flat(pipe(value, E.any(axes, { keep: true })))).toEqual(oracle(holds, axes, f('some')))
        expect(flat(pipe(value, E.all(axes, { keep: true })))).toEqual(oracle(holds, axes, f('every')))
      }),
      { numRuns: 40 }
    )
  })

  it('of no elements are the neutral ones, or are refused', () => {
    expect(flat(pipe(E.zeros([2, 0]), E.sum(1))).elements).toEqual([0, 0])
    expect(flat(pipe(E.zeros([2, 0]), E.product(1))).elements).toEqual([1, 1])
    expect(flat(pipe(E.zeros([2, 0]), E.mean(1))).elements).toEqual([NaN, NaN])
    expect(flat(pipe(E.zeros([2, 0], 'bool'), E.any(1))).elements).toEqual([0, 0])
    expect(flat(pipe(E.zeros([2, 0], 'bool'), E.all(1))).elements).toEqual([1, 1])
    expect(sentenceOf(() => pipe(E.zeros([2, 0]), E.max(1)))).toBe('max: the reduced axes of [2, 0] hold no element')
    expect(sentenceOf(() => pipe(E.zeros([2, 0]), E.argMin(1)))).toBe('argMin: axis 1 of [2, 0] holds no element')
  })
})

describe('argMax and argMin', () => {
  const dtypes = ['f64', 'i32', 'u32'] as const
  it.each(dtypes)('are the places of the first greatest and the first least: %s', (dtype) => {
    fc.assert(
      fc.property(
        shapes({ min: 1 }).chain((shape) => fc.tuple(wholeArray(shape, 0, 3), fc.nat({ max: shape.length - 1 }))),
        ([x, axis]) => {
          const value = expression(x, dtype)
          const first = (f: (...xs: readonly number[]) => number) => (xs: readonly number[]) => xs.indexOf(f(...xs))
          expect(flat(pipe(value, E.argMax(axis)))).toEqual(dropped(oracle(x, [axis], first(Math.max)), [axis]))
          expect(flat(pipe(value, E.argMin(axis - x.shape.length)))).toEqual(
            dropped(oracle(x, [axis], first(Math.min)), [axis])
          )
        }
      ),
      { numRuns: 40 }
    )
  })

  it('find the extreme integers, whose opposites would wrap', () => {
    const least = expression({ shape: [3], elements: [0, -2147483648, 2147483647] }, 'i32')
    expect(flat(pipe(least, E.argMin(0))).elements).toEqual([1])
    const natural = expression({ shape: [3], elements: [4294967295, 1, 0] }, 'u32')
    expect(flat(pipe(natural, E.argMin(0))).elements).toEqual([2])
  })

  it('take NaN for the greatest and for the least', () => {
    const x = expression({ shape: [4], elements: [1, NaN, 9, NaN] })
    expect(flat(pipe(x, E.argMax(0))).elements).toEqual([1])
    expect(flat(pipe(x, E.argMin(0))).elements).toEqual([1])
  })
})

describe('logSumExp', () => {
  it('is the logarithm of the sum of exponentials', () => {
    const x = expression({ shape: [2, 3], elements: [0, 1, 2, -1, -1, 0.5] })
    const expected = [Math.log(1 + Math.E + Math.exp(2)), Math.log(2 * Math.exp(-1) + Math.exp(0.5))]
    flat(pipe(x, E.logSumExp(-1))).elements.forEach((y, i) => {
      expect(y).toBeCloseTo(expected[i] ?? NaN, 13)
    })
  })

  it('neither overflows nor underflows', () => {
    const of = (...elements: readonly number[]) =>
      flat(pipe(expression({ shape: [elements.length], elements }), E.logSumExp())).elements[0]
    expect(of(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 10)
    expect(of(-1000, -1000)).toBeCloseTo(-1000 + Math.LN2, 10)
    expect(of(-Infinity, -Infinity)).toBe(-Infinity)
    expect(of(-Infinity, 3)).toBe(3)
    expect(of(Infinity, 3)).toBe(Infinity)
    expect(of(NaN, 3)).toBe(NaN)
  })
})
