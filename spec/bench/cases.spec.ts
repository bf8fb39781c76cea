/**
 * The benchmarks measure what they say: trainings that learn, steps that are all timed, options that are checked.
 */
import { describe, expect, it } from 'vitest'
import { reference } from 'gradfold/engine'
import { count, list, nonNegative, optional, record } from 'gradfold/codec'
import { toFlatArray } from 'gradfold/tensor'
import type { Case } from './case.ts'
import { caseNames, cases, convolutions, recurrent, transformer, twoHidden, type CaseName } from './cases.ts'
import { defaultEngine, engineFor } from './engines.ts'
import { chain, timeProducts } from './gemm.ts'
import { listOf, numeral, readOptions } from './options.ts'
import { measurement, row } from './report.ts'
import { time } from './timing.ts'

/** The cases that are large, made small. */
const small: { readonly [K in CaseName]?: Case } = {
  c: twoHidden({ batch: 16, hidden: 64 }),
  d: convolutions(4),
  e: recurrent({ batch: 4, time: 8, features: 16, units: 32 }),
  f: transformer({ batch: 2, time: 16, width: 32, heads: 4, feedForward: 64 })
}

describe('every case', () => {
  it.each(caseNames)('%s: the losses of the first steps fall', (name) => {
    const losses = (small[name] ?? cases[name])(reference).losses(3)
    expect(losses.length).toBe(3)
    expect(losses.every(Number.isFinite)).toBe(true)
    expect(losses[1]).toBeLessThan(losses[0]!)
    expect(losses[2]).toBeLessThan(losses[1]!)
  })

  it('is timed through the public fold', () => {
    const timing = cases.a(reference).time({ warmup: 0, seconds: 0 })
    expect(timing.samples).toBeGreaterThanOrEqual(5)
    expect(timing.best).toBeGreaterThan(0)
    expect(timing.median).toBeGreaterThanOrEqual(timing.best)
  })
})

describe('a chain of products', () => {
  it('by a reflection, twice, is what it began with', () => {
    const { call, x } = chain(reference, 33, 2)
    const [before, after] = [toFlatArray(x), toFlatArray(call())]
    expect(Math.max(...before.map((value, i) => Math.abs(value - after[i]!)))).toBeLessThan(1e-5)
    const once = toFlatArray(chain(reference, 33, 1).call())
    expect(Math.max(...before.map((value, i) => Math.abs(value - once[i]!)))).toBeGreaterThan(0.1)
  })

  it('is timed by the product', () => {
    const { timing, gflops, best } = timeProducts(reference, 64, { warmup: 0, seconds: 0 }, 2)
    expect(best).toBeGreaterThanOrEqual(gflops)
    expect((gflops * timing.median * 1e6) / (2 * 64 ** 3)).toBeCloseTo(1)
  })
})

describe('the clock', () => {
  const plan = { warmup: 0.01, seconds: 0.1 }

  it('gives the time of each step, and that of the first one apart', () => {
    const seen = { now: 1000, steps: 0 }
    const durations = [30, 2]
    const consume = (batches: Iterable<string>): void => {
      for (const batch of batches) {
        expect(batch).toBe('batch')
        seen.now += durations[seen.steps] ?? (seen.steps < 50 ? 2 : 4)
        seen.steps++
      }
    }
    const timing = time('batch', plan, consume, () => seen.now)
    // blocks of ten steps: four of 20 ms and one of 32, which makes more than 100
    expect(timing).toEqual({ first: 30, median: 2, tenth: 2, best: 2, samples: 5 })
    expect(seen.steps).toBe(1 + 5 + 5 * 10)
  })

  it('refuses a consumer that takes its batches before it works', () => {
    const seen = { now: 0, runs: 0 }
    const consume = (batches: Iterable<string>): void => {
      for (const _ of batches) seen.now += 0.5
      seen.now += 50
      seen.runs++
    }
    expect(() => time('batch', plan, consume, () => seen.now)).toThrow('bench: work was left')
    expect(seen.runs).toBe(4)
  })

  it('tries again where something came between at the end', () => {
    const seen = { now: 0, runs: 0 }
    const consume = (batches: Iterable<string>): void => {
      for (const _ of batches) seen.now += 0.5
      if (seen.runs === 0) seen.now += 50
      seen.runs++
    }
    expect(time('batch', plan, consume, () => seen.now).median).toBe(0.5)
    expect(seen.runs).toBe(2)
  })

  it('refuses a consumer that stops early', () => {
    expect(() =>
      time('batch', plan, (batches) => {
        for (const _ of batches) break
      })
    ).toThrow('stopped before it had all batches')
  })
})

describe('the options', () => {
  const codec = record('bench', {
    sizes: optional(list(count), [64]),
    warmup: optional(nonNegative, 1)
  })
  const read = readOptions('bench', codec, { sizes: listOf(numeral), warmup: numeral })

  it('are read in both ways of writing them, and have defaults', () => {
    expect(read(['--sizes', '8,16', '--warmup=0.5'])).toMatchObject({ right: { sizes: [8, 16], warmup: 0.5 } })
    expect(read([])).toMatchObject({ right: { sizes: [64], warmup: 1 } })
  })

  it('are refused in sentences', () => {
    expect(read(['--size', '8'])).toMatchObject({
      left: ["bench: there is no option 'size'; did you mean 'sizes'?"]
    })
    expect(read(['--warmup', 'x', '--sizes', '8,y'])).toMatchObject({
      left: [
        "bench: sizes[1] has to be a positive whole number, got 'y'",
        "bench: warmup has to be a finite number that is not negative, got 'x'"
      ]
    })
    expect(read(['8'])).toMatchObject({ left: ["bench: expected options such as --name value, got '8'"] })
    expect(engineFor(defaultEngine, 1000)).toMatchObject({
      left: expect.stringContaining(`the engine ${defaultEngine} runs on`) as string
    })
  })
})

describe('a measurement', () => {
  it('says steps and milliseconds of the median, and the best block', () => {
    const timing = { first: 9, median: 0.25, tenth: 0.21, best: 0.2, samples: 7 }
    const found = measurement({ engine: 'reference', case: 'a', threads: 1 }, timing)
    expect(found).toMatchObject({ case: 'a', threads: 1, steps_per_s: 4000, ms_per_step: 0.25, ms_min: 0.2 })
    expect(row(found)).toMatch(/^a +4000 +0.25 +0.2 +9$/)
  })
})
