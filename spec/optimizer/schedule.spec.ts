import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  at,
  constant,
  cosine,
  exponential,
  inverseTime,
  linear,
  piecewise,
  polynomial,
  step,
  warmup,
  warmupCosine,
  type Schedule
} from '../../lib/optimizer/index.ts'

interface Golden {
  readonly schedules: {
    readonly cases: readonly {
      readonly name: string
      readonly lr: readonly number[]
    }[]
  }
}

const golden = JSON.parse(readFileSync(new URL('../golden/torch/optimizers.json', import.meta.url), 'utf8')) as Golden

/** Ours for PyTorch's, by the golden name, and for how many steps they are the same curve (12 unless it says so). */
const ours: Readonly<Record<string, { readonly schedule: Schedule; readonly steps?: number }>> = {
  'step-4-0.1': { schedule: step({ initial: 0.1, factor: 0.1, every: 4 }) },
  'step-3-0.5': { schedule: step({ initial: 0.1, factor: 0.5, every: 3 }) },
  'multistep-3-7': { schedule: piecewise({ boundaries: [3, 7], values: [0.1, 0.01, 0.001] }) },
  'multistep-2-5-6': { schedule: piecewise({ boundaries: [2, 5, 6], values: [0.1, 0.05, 0.025, 0.0125] }) },
  'exponential-0.9': { schedule: exponential({ initial: 0.1, factor: 0.9 }) },
  'exponential-0.5': { schedule: exponential({ initial: 0.1, factor: 0.5 }) },
  'cosine-11': { schedule: cosine({ initial: 0.1, steps: 11 }) },
  // PyTorch's rises again after tMax
  'cosine-5': { schedule: cosine({ initial: 0.1, final: 0.01, steps: 5 }), steps: 6 },
  // until the first restart
  'warm-restarts-4-1': { schedule: cosine({ initial: 0.1, steps: 4 }), steps: 4 },
  'linear-5': { schedule: linear({ initial: 0.1 / 3, final: 0.1, steps: 5 }) },
  'linear-8': { schedule: linear({ initial: 0.1, final: 0.01, steps: 8 }) },
  'polynomial-5-1.0': { schedule: polynomial({ initial: 0.1, steps: 5 }) },
  'polynomial-10-2.0': { schedule: polynomial({ initial: 0.1, steps: 10, power: 2 }) },
  constant: { schedule: piecewise({ boundaries: [4], values: [0.05, 0.1] }) },
  'lambda-warmup': { schedule: warmup({ from: 0.02, steps: 4, then: constant(0.1) }) }
}

const near = (got: number, expected: number): void => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 + 1e-9 * Math.abs(expected))
}

describe('schedules against PyTorch', () => {
  it.each(Object.entries(ours))('%s', (name, { schedule, steps = 12 }) => {
    const rates = golden.schedules.cases.find((candidate) => candidate.name === name)?.lr ?? []
    expect(rates.length).toBeGreaterThanOrEqual(steps)
    rates.slice(0, steps).forEach((rate, t) => {
      near(at(schedule, 'f64')(t), rate)
    })
  })
})

const amount = fc.double({ min: 0, max: 2, noNaN: true })
const length = fc.integer({ min: 1, max: 50 })
const moment = fc.integer({ min: 0, max: 120 })

describe('schedules', () => {
  it('are their formulas, at any step', () => {
    fc.assert(
      fc.property(amount, amount, length, moment, fc.double({ min: 0.1, max: 1, noNaN: true }), (a, b, n, t, f) => {
        near(at(constant(a), 'f64')(t), a)
        near(at(step({ initial: a, factor: f, every: n }), 'f64')(t), a * f ** Math.floor(t / n))
        near(at(exponential({ initial: a, factor: f, every: n }), 'f64')(t), a * f ** (t / n))
        near(at(linear({ initial: a, final: b, steps: n }), 'f64')(t), t < n ? a + ((b - a) * t) / n : b)
        near(
          at(polynomial({ initial: a, final: b, steps: n, power: f }), 'f64')(t),
          t < n ? b + (a - b) * (1 - t / n) ** f : b
        )
        near(
          at(cosine({ initial: a, final: b, steps: n }), 'f64')(t),
          t < n ? b + ((a - b) * (1 + Math.cos((Math.PI * t) / n))) / 2 : b
        )
        near(at(inverseTime({ initial: a, decay: f }), 'f64')(t), a / (1 + f * t))
      })
    )
  })

  it('see step 0 first, and end exactly where they say', () => {
    fc.assert(
      fc.property(amount, amount, length, moment, (a, b, n, t) => {
        const late = n + t
        for (const schedule of [
          linear({ initial: a, final: b, steps: n }),
          cosine({ initial: a, final: b, steps: n })
        ]) {
          near(at(schedule, 'f64')(0), a)
          expect(at(schedule, 'f64')(late)).toBe(b)
        }
      })
    )
  })

  it('hold each piece up to its boundary and not beyond', () => {
    const rates = [0, 9, 10, 19, 20, 1000].map(at(piecewise({ boundaries: [10, 20], values: [1, 0.5, 0.25] })))
    expect(rates).toEqual([1, 1, 0.5, 0.5, 0.25, 0.25])
    expect(at(piecewise({ boundaries: [], values: [3] }))(7)).toBe(3)
  })

  it('rise in a straight line in a warm-up, and then run from their own step 0', () => {
    fc.assert(
      fc.property(amount, length, moment, amount, (from, n, t, peak) => {
        const after = cosine({ initial: peak, final: 0.5, steps: 17 })
        const expected = t < n ? from + ((peak - from) * t) / n : at(after, 'f64')(t - n)
        near(at(warmup({ from, steps: n, then: after }), 'f64')(t), expected)
      })
    )
  })

  it('nest: a warm-up may follow a warm-up', () => {
    const nested = warmup({ steps: 2, then: warmup({ from: 1, steps: 2, then: linear({ initial: 3, steps: 2 }) }) })
    expect([0, 1, 2, 3, 4, 5, 6].map(at(nested))).toEqual([0, 0.5, 1, 2, 3, 1.5, 0])
  })

  it('count the warm-up among the total steps of warmupCosine', () => {
    const rate = at(warmupCosine({ peak: 1, warmupSteps: 10, totalSteps: 30, from: 0.5, final: 0.25 }), 'f64')
    expect([rate(0), rate(5), rate(10), rate(30), rate(31)]).toEqual([0.5, 0.75, 1, 0.25, 0.25])
    near(rate(20), 0.625)
  })

  it('are computed in the float type that is asked for', () => {
    const third = linear({ initial: 1, final: 0, steps: 3 })
    expect(at(third)(1)).toBe(Math.fround(at(third)(1)))
    expect(at(third, 'f64')(1)).not.toBe(Math.fround(at(third, 'f64')(1)))
  })
})

describe('nonsense in schedules', () => {
  const cases: readonly (readonly [sentence: string, build: () => unknown])[] = [
    ['constant: value has to be a finite number that is not negative, got -1', () => constant(-1)],
    ['step: factor has to be a positive finite number, got 0', () => step({ initial: 1, factor: 0, every: 2 })],
    [
      'exponential: initial has to be a finite number that is not negative, got NaN',
      () => exponential({ initial: NaN, factor: 0.5 })
    ],
    ['cosine: steps has to be a positive finite number, got 0', () => cosine({ initial: 1, steps: 0 })],
    [
      "cosine: there is no option 'step'; did you mean 'steps'?",
      () => cosine({ initial: 1, steps: 5, step: 3 } as never)
    ],
    ['linear: steps has to be a positive finite number, got nothing', () => linear({ initial: 1 } as never)],
    [
      'inverseTime: decay has to be a finite number that is not negative, got Infinity',
      () => inverseTime({ initial: 1, decay: Infinity })
    ],
    [
      'piecewise has to have one value more than boundaries, got 2 values and 2 boundaries',
      () => piecewise({ boundaries: [1, 2], values: [1, 2] })
    ],
    [
      'piecewise has to have ascending boundaries, got 2, 1',
      () => piecewise({ boundaries: [2, 1], values: [1, 2, 3] })
    ],
    [
      'piecewise: values[1] has to be a finite number that is not negative, got NaN',
      () => piecewise({ boundaries: [2], values: [1, NaN] })
    ],
    [
      "warmup: then: there is no schedule 'cosin'; did you mean 'cosine'?",
      () => warmup({ steps: 3, then: { tag: 'cosin' } as never })
    ],
    [
      'warmupCosine: totalSteps has to be more than warmupSteps, which it includes, got 10 and 10',
      () => warmupCosine({ peak: 1, warmupSteps: 10, totalSteps: 10 })
    ],
    ['at: step has to be a whole number from 0, got 0.5', () => at(constant(1))(0.5)]
  ]
  it.each(cases)('%s', (sentence, build) => {
    expect(build).toThrow(sentence)
  })
})
