/**
 * Operators element by element: broadcasting, the order of operands, numbers as operands.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { AnyExpr } from '../../lib/expr/index.ts'
import {
  anyArray,
  at,
  broadcastable,
  build,
  expression,
  flat,
  sentenceOf,
  shapes,
  wholeArray,
  type Flat
} from './helpers.ts'

type Two = (x: number, y: number) => number

/** The operator, and what it does to two numbers, exactly, in f64. */
const arithmetic: readonly (readonly [string, (y: AnyExpr | number) => (x: AnyExpr) => AnyExpr, Two])[] = [
  ['add', E.add, (x, y) => x + y],
  ['subtract', E.subtract, (x, y) => x - y],
  ['multiply', E.multiply, (x, y) => x * y],
  ['divide', E.divide, (x, y) => x / y],
  ['remainder', E.remainder, (x, y) => x % y],
  ['maximum', E.maximum, Math.max],
  ['minimum', E.minimum, Math.min]
]
const comparisons: readonly (readonly [string, (y: AnyExpr | number) => (x: AnyExpr) => AnyExpr, Two])[] = [
  ['equal', E.equal, (x, y) => Number(x === y)],
  ['notEqual', E.notEqual, (x, y) => Number(x !== y)],
  ['less', E.less, (x, y) => Number(x < y)],
  ['lessEqual', E.lessEqual, (x, y) => Number(x <= y)],
  ['greater', E.greater, (x, y) => Number(x > y)],
  ['greaterEqual', E.greaterEqual, (x, y) => Number(x >= y)]
]
const bits: readonly (readonly [string, (y: AnyExpr | number) => (x: AnyExpr) => AnyExpr, Two])[] = [
  ['and', E.and, (x, y) => x & y],
  ['or', E.or, (x, y) => x | y],
  ['xor', E.xor, (x, y) => x ^ y]
]

const pairOf = (array: (shape: readonly number[]) => fc.Arbitrary<Flat>) =>
  broadcastable.chain(([a, b, common]) => fc.tuple(array(a), array(b), fc.constant(common)))

describe('operators on two values', () => {
  it.each([...arithmetic, ...comparisons])('broadcast, the value piped in on the left: %s', (_, operator, oracle) => {
    fc.assert(
      fc.property(pairOf(anyArray), ([x, y, common]) => {
        const expected = build(common, (index) => oracle(at(x, index), at(y, index)))
        expect(flat(pipe(expression(x), operator(expression(y))))).toEqual(expected)
      }),
      { numRuns: 60 }
    )
  })

  it.each(bits)('work on bits: %s', (_, operator, oracle) => {
    fc.assert(
      fc.property(
        pairOf((shape) => anyArray(shape, 'i32')),
        ([x, y, common]) => {
          const expected = build(common, (index) => oracle(at(x, index), at(y, index)))
          expect(flat(pipe(expression(x, 'i32'), operator(expression(y, 'i32'))))).toEqual(expected)
        }
      ),
      { numRuns: 40 }
    )
  })

  it.each([...arithmetic, ...comparisons])('take a number for a value of that number: %s', (_, operator) => {
    fc.assert(
      fc.property(shapes().chain(anyArray), fc.double(), (x, y) => {
        const whole = expression(build(x.shape, () => y))
        expect(flat(pipe(expression(x), operator(y)))).toEqual(flat(pipe(expression(x), operator(whole))))
      }),
      { numRuns: 30 }
    )
  })

  it('give a number the element type of the value', () => {
    expect(pipe(E.ones([2], 'i32'), E.add(3)).dtype).toBe('i32')
    expect(pipe(E.ones([2], 'f64'), E.divide(3)).dtype).toBe('f64')
    expect(flat(pipe(E.zeros([]), E.add(0.1))).elements).toEqual([Math.fround(0.1)])
    expect(flat(pipe(E.zeros([], 'u32'), E.or(0xffffffff))).elements).toEqual([0xffffffff])
  })

  it('refuse a number that the element type cannot hold', () => {
    expect(sentenceOf(() => pipe(E.ones([2], 'i32'), E.add(0.5)))).toBe(
      'add: a number for i32 has to be whole and from -2147483648 to 2147483647, got 0.5'
    )
    expect(sentenceOf(() => pipe(E.ones([2], 'u32'), E.less(-1)))).toBe(
      'less: a number for u32 has to be whole and from 0 to 4294967295, got -1'
    )
    expect(sentenceOf(() => pipe(E.ones([2], 'bool'), E.equal(2)))).toBe(
      'equal: a number for bool has to be whole and from 0 to 1, got 2'
    )
  })

  it('shift bits to higher and lower places', () => {
    const x = expression({ shape: [4], elements: [1, -1, 5, -8] }, 'i32')
    expect(flat(pipe(x, E.shiftLeft(2))).elements).toEqual([4, -4, 20, -32])
    expect(flat(pipe(x, E.shiftRight(1))).elements).toEqual([0, -1, 2, -4])
  })

  it('raise the left to the power of the right, and take the angle of the left over the right', () => {
    const x = expression({ shape: [2], elements: [2, 3] })
    expect(flat(pipe(x, E.power(expression({ shape: [2], elements: [3, 2] })))).elements).toEqual([8, 9])
    const angles = flat(pipe(expression({ shape: [3], elements: [1, 0, -1] }), E.atan2(0))).elements
    angles.forEach((angle, i) => {
      expect(angle).toBeCloseTo([Math.PI / 2, 0, -Math.PI / 2][i] ?? NaN, 14)
    })
  })
})

describe('select', () => {
  it('chooses for each place of the common shape', () => {
    fc.assert(
      fc.property(
        broadcastable.chain(([a, b, common]) =>
          fc.tuple(wholeArray(a, 0, 1), anyArray(b), anyArray(common), fc.constant(common))
        ),
        ([condition, yes, no, common]) => {
          const expected = build(common, (index) => (at(condition, index) === 1 ? at(yes, index) : at(no, index)))
          expect(flat(pipe(expression(condition, 'bool'), E.select(expression(yes), expression(no))))).toEqual(expected)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('of two numbers is f32, of a number and a value has the type of the value', () => {
    const condition = E.ones([2], 'bool')
    expect(pipe(condition, E.select(1, 0)).dtype).toBe('f32')
    expect(pipe(condition, E.select(1, E.zeros([2], 'i32'))).dtype).toBe('i32')
    expect(pipe(condition, E.select(E.zeros([2], 'f64'), 1)).dtype).toBe('f64')
  })
})

describe('clip', () => {
  it('keeps values between bounds that broadcast, and NaN as it is', () => {
    fc.assert(
      fc.property(
        broadcastable.chain(([a, b, common]) => fc.tuple(anyArray(a), wholeArray(b), fc.constant(common))),
        ([x, low, common]) => {
          const expected = build(common, (index) => {
            const [value, least] = [at(x, index), at(low, index)]
            return value < least ? least : value > 7 ? 7 : value
          })
          expect(flat(pipe(expression(x), E.clip(expression(low), 7)))).toEqual(expected)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('refuses bounds the wrong way round', () => {
    expect(sentenceOf(() => E.clip(1, 0))).toBe('clip: the lower bound has to be at most the upper one, got 1 and 0')
  })
})

describe('operators on one value', () => {
  const exact: readonly (readonly [string, (x: AnyExpr) => AnyExpr, (x: number) => number])[] = [
    ['negate', E.negate, (x) => -x],
    ['abs', E.abs, Math.abs],
    ['sign', E.sign, Math.sign],
    ['floor', E.floor, Math.floor],
    ['ceil', E.ceil, Math.ceil],
    ['sqrt', E.sqrt, Math.sqrt],
    ['square', E.square, (x) => x * x],
    ['reciprocal', E.reciprocal, (x) => 1 / x]
  ]
  it.each(exact)('keep the shape: %s', (_, operator, oracle) => {
    fc.assert(
      fc.property(shapes().chain(anyArray), (x) => {
        expect(flat(pipe(expression(x), operator))).toEqual({ shape: x.shape, elements: x.elements.map(oracle) })
      }),
      { numRuns: 40 }
    )
  })

  const close: readonly (readonly [string, (x: AnyExpr) => AnyExpr, (x: number) => number])[] = [
    ['exp', E.exp, Math.exp],
    ['exp2', E.exp2, (x) => 2 ** x],
    ['expm1', E.expm1, Math.expm1],
    ['log', E.log, Math.log],
    ['log1p', E.log1p, Math.log1p],
    ['log2', E.log2, Math.log2],
    ['log10', E.log10, Math.log10],
    ['tanh', E.tanh, Math.tanh],
    ['sinh', E.sinh, Math.sinh],
    ['cosh', E.cosh, Math.cosh],
    ['sin', E.sin, Math.sin],
    ['cos', E.cos, Math.cos],
    ['tan', E.tan, Math.tan],
    ['atan', E.atan, Math.atan],
    ['cbrt', E.cbrt, Math.cbrt],
    ['rsqrt', E.rsqrt, (x) => 1 / Math.sqrt(x)],
    ['sigmoid', E.sigmoid, (x) => 1 / (1 + Math.exp(-x))]
  ]
  it.each(close)('are the functions they are named after: %s', (_, operator, oracle) => {
    const x = { shape: [6], elements: [0.001, 0.5, 1, 1.75, 3, 11] }
    flat(pipe(expression(x), operator)).elements.forEach((y, i) => {
      const expected = oracle(x.elements[i] ?? NaN)
      expect(Math.abs(y - expected)).toBeLessThanOrEqual(1e-14 * Math.abs(expected))
    })
  })

  it('round halves to even', () => {
    const x = expression({ shape: [5], elements: [0.5, 1.5, 2.5, -0.5, -1.5] })
    expect(flat(pipe(x, E.round)).elements).toEqual([0, 2, 2, -0, -2])
  })

  it('have erf, erfc and erfInv that belong together', () => {
    const x = expression({ shape: [4], elements: [-1.5, -0.1, 0.3, 2] })
    flat(pipe(x, E.erf, E.add(pipe(x, E.erfc)))).elements.forEach((one) => {
      expect(one).toBeCloseTo(1, 14)
    })
    flat(pipe(x, E.erf, E.erfInv)).elements.forEach((y, i) => {
      expect(y).toBeCloseTo([-1.5, -0.1, 0.3, 2][i] ?? NaN, 10)
    })
  })

  it('complement bits and bools', () => {
    expect(flat(pipe(expression({ shape: [2], elements: [0, 5] }, 'i32'), E.not)).elements).toEqual([-1, -6])
    expect(flat(pipe(expression({ shape: [2], elements: [0, 1] }, 'bool'), E.not)).elements).toEqual([1, 0])
  })
})
