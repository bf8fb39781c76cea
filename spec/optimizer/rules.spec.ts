import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate, run } from '../../lib/engine/index.ts'
import { constant, type Expr } from '../../lib/expr/index.ts'
import {
  adam,
  applyUpdates,
  clipByGlobalNorm,
  dampen,
  exponential,
  gradientDescent,
  init,
  nesterov,
  update,
  type AnyTransform
} from '../../lib/optimizer/index.ts'
import { fromArray, tensor, toArray, toFlatArray } from '../../lib/tensor/index.ts'
import { vmap } from '../../lib/transform/index.ts'
import { trajectory, vector } from './stepping.ts'

const element = fc.double({ min: -3, max: 3, noNaN: true })
const gradient = fc.array(element, { minLength: 3, maxLength: 3 })
const gradients = fc.array(gradient, { minLength: 1, maxLength: 6 })

const same = (got: readonly number[] | undefined, expected: readonly number[]): void => {
  expected.forEach((x, i) => {
    expect(Math.abs((got?.[i] ?? NaN) - x)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(x)))
  })
}

describe('nesterov', () => {
  it('with the rate inside follows v ← μ v − η g, θ ← θ + μ v − η g while the rate changes', () => {
    const rates = exponential({ initial: 0.1, factor: 0.5 })
    fc.assert(
      fc.property(gradients, (list) => {
        const points = trajectory(
          nesterov({ learningRate: rates, momentum: 0.9, convention: 'rateInside' }),
          [1, -2, 0.5],
          list.map((g) => () => g)
        )
        const expected = list.reduce<{ readonly x: readonly number[]; readonly v: readonly number[] }>(
          ({ x, v }, g, t) => {
            const rate = 0.1 * 0.5 ** t
            const next = v.map((velocity, i) => 0.9 * velocity - rate * (g[i] ?? NaN))
            return { x: x.map((p, i) => p + 0.9 * (next[i] ?? NaN) - rate * (g[i] ?? NaN)), v: next }
          },
          { x: [1, -2, 0.5], v: [0, 0, 0] }
        )
        same(points.at(-1), expected.x)
      })
    )
  })
})

describe('dampen', () => {
  it('lets the first gradient through and weakens the others', () => {
    const params = { x: constant(tensor([0, 0], 'f64')) }
    const updates = { x: constant(tensor([1, 2], 'f64')) }
    const [first, state] = update(dampen(0.25))(updates, init(dampen(0.25))(params), { params })
    const [second] = update(dampen(0.25))(updates, state, { params })
    expect(toArray(evaluate(first.x))).toEqual([1, 2])
    expect(toArray(evaluate(second.x))).toEqual([0.75, 1.5])
  })
})

describe('clipByGlobalNorm', () => {
  const clipped = (transform: AnyTransform, a: readonly number[], b: readonly number[]): readonly number[] => {
    const tree = { a: constant(vector(a)), b: constant(vector(b)) }
    const [updates] = update(transform)(tree, init(transform)(tree) as never, { params: tree })
    const { a: x, b: y } = evaluate(updates)
    return [...toFlatArray(x), ...toFlatArray(y)]
  }

  it('gives no gradient longer than the maximum, and keeps the direction', () => {
    fc.assert(
      fc.property(gradient, gradient, fc.double({ min: 0.01, max: 10, noNaN: true }), (a, b, maximum) => {
        const all = [...a, ...b]
        const norm = Math.hypot(...all)
        const result = clipped(clipByGlobalNorm(maximum), a, b)
        expect(Math.hypot(...result)).toBeLessThanOrEqual(maximum * (1 + 1e-14))
        same(result, norm > maximum ? all.map((x) => (x * maximum) / norm) : all)
      })
    )
  })

  it('does not touch a gradient that is not longer, not even its last bits', () => {
    expect(clipped(clipByGlobalNorm(5), [3, 4], [0])).toEqual([3, 4, 0])
    expect(clipped(clipByGlobalNorm(0.3), [0.1], [-0.2])).toEqual([0.1, -0.2])
    expect(clipped(clipByGlobalNorm(1), [0, 0], [0])).toEqual([0, 0, 0])
  })

  it('adds ε to the norm, as PyTorch does', () => {
    same(clipped(clipByGlobalNorm(1, { epsilon: 1e-6 }), [3], [4]), [3 / (5 + 1e-6), 4 / (5 + 1e-6)])
  })

  it('passes a gradient that is not finite on, and does not spread NaN', () => {
    expect(clipped(clipByGlobalNorm(1), [NaN, 1], [2])).toEqual([NaN, 1, 2])
  })
})

describe('adam', () => {
  it('makes a first step of the learning rate, whatever the size of the gradient', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (g) => {
        const [point] = trajectory(adam({ learningRate: 0.1, epsilon: 1e-12 }), [0, 0], [() => [g, -g]])
        expect(Math.abs((point?.[0] ?? NaN) + 0.1)).toBeLessThan(1e-9)
        expect(Math.abs((point?.[1] ?? NaN) - 0.1)).toBeLessThan(1e-9)
      })
    )
  })
})

describe('a sweep over learning rates', () => {
  it('is one program, mapped over the rates in the state, and the same as one run for each', () => {
    const rates = [0.5, 0.1, 0.02]
    const optimizer = adam({ learningRate: 1 })
    const oneStep = (rate: Expr<[]>, x: Expr<[2]>, g: Expr<[2]>): Expr<[2]> => {
      const start = init(optimizer)(x)
      const [updates] = update(optimizer)(g, { adam: { ...start.adam, learningRate: rate } }, { params: x })
      return applyUpdates(x, updates)
    }
    const [x, g] = [tensor([1, -2]), tensor([0.3, 0.7])]
    const sweep = run((all: Expr<[3]>) => vmap((rate: Expr<[]>) => oneStep(rate, constant(x), constant(g)))(all))
    const alone = rates.map((learningRate) => {
      const params = constant(x)
      const single = adam({ learningRate })
      const [updates] = update(single)(constant(g), init(single)(params), { params })
      return toFlatArray(evaluate(applyUpdates(params, updates)))
    })
    expect(toArray(sweep(fromArray(rates, [3], 'f32') as never))).toEqual(alone)
  })
})

describe('trees', () => {
  it('may be a single parameter, a list, or nested', () => {
    const optimizer = gradientDescent({ learningRate: 0.5 })
    const one = constant(tensor([2]))
    const nested = { layers: [{ w: one }, { w: one }], bias: one }
    const [alone] = update(optimizer)(one, init(optimizer)(one), { params: one })
    const [many] = update(optimizer)(nested, init(optimizer)(nested), { params: nested })
    expect(toArray(evaluate(pipe(one, (params) => applyUpdates(params, alone))))).toEqual([1])
    expect(toArray(evaluate(many).layers[1]?.w as never)).toEqual([-1])
  })
})
