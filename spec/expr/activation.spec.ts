/**
 * Activations in f64 against their formulas, at the ends of the range, and their derivatives where they have a kink.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import type { AnyExpr } from '../../lib/expr/index.ts'
import { grad } from '../../lib/transform/index.ts'
import { expression, flat, sentenceOf } from './helpers.ts'

const of = (f: (x: AnyExpr) => AnyExpr, elements: readonly number[], dtype: 'f32' | 'f64' = 'f64'): readonly number[] =>
  flat(f(expression({ shape: [elements.length], elements }, dtype))).elements

/** The derivative of a function of each element. */
const slopes = (
  f: (x: AnyExpr) => AnyExpr,
  elements: readonly number[],
  dtype: 'f32' | 'f64' = 'f64'
): readonly number[] => {
  const total = (x: E.Expr<readonly number[], 'f64'>) => pipe(f(x), E.sum()) as E.Expr<[], 'f64'>
  return flat(grad(total)(expression({ shape: [elements.length], elements }, dtype) as never)).elements
}

const closeTo = (actual: readonly number[], expected: readonly number[], tolerance = 1e-13): void => {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((y, i) => {
    const target = expected[i] ?? NaN
    if (Number.isFinite(target))
      expect(Math.abs(y - target)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(target)))
    else expect(y).toBe(target)
  })
}

const points = [-40, -6, -2, -1, -0.3, -1e-9, 1e-9, 0.2, 1, 3, 20]
const erf = (x: number): number => flat(pipe(expression({ shape: [], elements: [x] }), E.erf)).elements[0] ?? NaN
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const [alpha, scale] = [1.6732632423543772, 1.0507009873554805]

const formulas: readonly (readonly [string, (x: AnyExpr) => AnyExpr, (x: number) => number, (x: number) => number])[] =
  [
    ['relu', E.relu, (x) => Math.max(x, 0), (x) => Number(x > 0)],
    ['leakyRelu', E.leakyRelu(0.1), (x) => (x > 0 ? x : 0.1 * x), (x) => (x > 0 ? 1 : 0.1)],
    ['elu', E.elu(0.7), (x) => (x > 0 ? x : 0.7 * Math.expm1(x)), (x) => (x > 0 ? 1 : 0.7 * Math.exp(x))],
    [
      'selu',
      E.selu,
      (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
      (x) => scale * (x > 0 ? 1 : alpha * Math.exp(x))
    ],
    [
      'gelu by erf',
      E.gelu(),
      (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
      (x) => 0.5 * (1 + erf(x / Math.SQRT2)) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
    ],
    [
      'gelu by tanh',
      E.gelu('tanh'),
      (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
      (x) => {
        const t = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)
      }
    ],
    ['silu', E.silu, (x) => x * sigmoid(x), (x) => sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))],
    ['softplus', E.softplus, (x) => (x > 30 ? x : Math.log1p(Math.exp(x))), sigmoid],
    ['hardTanh', E.hardTanh(), (x) => Math.max(-1, Math.min(1, x)), (x) => Number(x > -1 && x < 1)],
    ['step', E.step, (x) => Number(x > 0), () => 0]
  ]

describe('activations', () => {
  it.each(formulas)('are their formulas: %s', (_, activation, formula) => {
    closeTo(of(activation, points), points.map(formula))
  })

  it.each(formulas)('have the derivatives that are written beside them: %s', (_, activation, __, slope) => {
    closeTo(slopes(activation, points), points.map(slope))
  })

  it.each(formulas)('keep NaN, and have finite derivatives far out: %s', (_, activation) => {
    expect(of(activation, [NaN])).toEqual([NaN])
    for (const dtype of ['f32', 'f64'] as const)
      slopes(activation, [-1e4, -800, -100, 100, 800, 1e4], dtype).forEach((slope) => {
        expect(Math.abs(slope)).toBeLessThan(1.1)
      })
  })

  it('relu leaves −0, and its derivative at ±0 and at NaN is 0', () => {
    expect(of(E.relu, [-0, 0, -Infinity, Infinity])).toEqual([-0, 0, 0, Infinity])
    expect(slopes(E.relu, [-0, 0, NaN, -Infinity, Infinity])).toEqual([0, 0, 0, 0, 1])
  })

  it('relu takes integers too', () => {
    expect(flat(pipe(expression({ shape: [3], elements: [-2, 0, 5] }, 'i32'), E.relu)).elements).toEqual([0, 0, 5])
  })

  it('the derivatives at the kinks are those of PyTorch', () => {
    expect(slopes(E.leakyRelu(0.1), [0])).toEqual([0.1])
    expect(slopes(E.elu(0.7), [0])).toEqual([0.7])
    expect(slopes(E.hardTanh(), [-1, 1])).toEqual([0, 0])
    expect(slopes(E.clip(-1, 1), [-1, 1])).toEqual([1, 1])
    expect(slopes(E.softplus, [0])).toEqual([0.5])
  })

  it('step is the derivative of relu', () => {
    const x = [...points, 0, -0]
    expect(of(E.step, x)).toEqual(slopes(E.relu, x))
  })

  it('softplus neither overflows nor loses small results', () => {
    closeTo(of(E.softplus, [1000, -1000, -30]), [1000, 0, Math.exp(-30)])
    expect(of(E.softplus, [-30])[0]).toBeGreaterThan(0)
    expect(of(E.softplus, [Infinity, -Infinity])).toEqual([Infinity, 0])
  })

  it('refuse settings that are no numbers', () => {
    expect(sentenceOf(() => E.leakyRelu(NaN))).toBe('leakyRelu: the slope has to be a finite number, got NaN')
    expect(sentenceOf(() => E.elu(Infinity))).toBe('elu: alpha has to be a finite number, got Infinity')
    expect(sentenceOf(() => E.hardTanh(2, 1))).toBe('hardTanh: low has to be less than high, got 2 and 1')
  })
})

describe('softmax and logSoftmax', () => {
  const x = expression({ shape: [2, 3], elements: [1, 2, 3, -1, 0.5, 0] })
  const rows = [
    [1, 2, 3],
    [-1, 0.5, 0]
  ]

  it('are probabilities along an axis, and their logarithms', () => {
    const expected = rows.flatMap((row) => {
      const total = row.reduce((sum, v) => sum + Math.exp(v), 0)
      return row.map((v) => Math.exp(v) / total)
    })
    closeTo(flat(pipe(x, E.softmax())).elements, expected)
    closeTo(flat(pipe(x, E.transpose(), E.softmax(0), E.transpose())).elements, expected)
    closeTo(flat(pipe(x, E.logSoftmax())).elements, expected.map(Math.log))
  })

  it('do not change when the same number is added to all, nor overflow', () => {
    const big = [1000, 1001, 999]
    closeTo(of(E.softmax(), big), of(E.softmax(), [0, 1, -1]))
    closeTo(of(E.logSoftmax(), big), of(E.logSoftmax(), [0, 1, -1]))
    closeTo(of(E.logSoftmax(), [0, -1000]), [0, -1000])
    expect(of(E.softmax(), [0, -Infinity])).toEqual([1, 0])
  })

  it('have the derivatives p (δ − p) and δ − p', () => {
    const p = of(E.softmax(), [1, 2, 3])
    const [, q = 0] = p
    const pick = E.slice([1], [2])
    closeTo(
      slopes((v) => pipe(v, E.softmax(), pick), [1, 2, 3]),
      p.map((other, i) => q * (Number(i === 1) - other))
    )
    closeTo(
      slopes((v) => pipe(v, E.logSoftmax(), pick), [1, 2, 3]),
      p.map((other, i) => Number(i === 1) - other)
    )
  })

  it('refuse an empty axis', () => {
    expect(sentenceOf(() => pipe(E.zeros([2, 0]), E.softmax()))).toBe('softmax: axis -1 of [2, 0] holds no element')
  })
})
