/**
 * Batch, stochastic and mini-batch descent: how many updates they make, and where they come to.
 */
import { describe, expect, it } from 'vitest'
import { toArray } from 'gradfold/tensor'
import { descend, main, problem, show } from '../../examples/linear-regression.ts'
import { right } from './right.ts'

/** Batch descent in plain float64 arithmetic, from zero: where the mean squared error is least. */
const byHand = (examples: number, steps: number, rate: number): readonly number[] => {
  const { inputs, labels } = problem(examples)
  const rows = toArray(inputs).map((row) => [...row, 1])
  const targets = toArray(labels).map(([label]) => label ?? NaN)
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((s, x, i) => s + x * (b[i] ?? NaN), 0)
  return Array.from({ length: steps }).reduce<readonly number[]>(
    (theta) => {
      const residuals = rows.map((row, i) => dot(row, theta) - (targets[i] ?? NaN))
      return theta.map(
        (x, j) =>
          x -
          (rate *
            2 *
            dot(
              residuals,
              rows.map((row) => row[j] ?? NaN)
            )) /
            examples
      )
    },
    Array.from({ length: 11 }, () => 0)
  )
}

describe('linear regression in 50 epochs', () => {
  const runs = right(main())

  it('is 50, 50,000 and 500 updates for 1000 examples, 50, 5,000 and 250 for 100', () => {
    expect(runs.map(({ examples, batchSize, updates }) => [examples, batchSize, updates])).toEqual([
      [1000, 1000, 50],
      [1000, 1, 50_000],
      [1000, 100, 500],
      [100, 100, 50],
      [100, 1, 5_000],
      [100, 20, 250]
    ])
  })

  it('comes near the true parameters: the error that is left is that of the noise, 0.01', () => {
    runs.forEach(({ examples, distance, loss }) => {
      expect(distance).toBeLessThan(examples === 1000 ? 0.02 : 0.05)
      expect(loss).toBeGreaterThan(0.007)
      expect(loss).toBeLessThan(0.011)
    })
  })

  it('comes to where batch descent in plain float64 ends', () => {
    const oracle = byHand(100, 1000, 0.1)
    const { learnt } = right(descend(100, 100, 0.1))
    // 50 steps from the start are not yet the end
    learnt.forEach((x, i) => {
      expect(Math.abs(x - (oracle[i] ?? NaN))).toBeLessThan(5e-3)
    })
  })

  it('is the same bits on every machine', () => {
    expect(runs.map(({ hash }) => hash.slice(0, 16))).toEqual([
      'ca1733689ea25b2c',
      '7469ddc65cd0a5e1',
      'd4e3ea75aaee7a6d',
      'd6ff3fdbe8d0dac5',
      '5590b4dfedbaa0e3',
      'f503013031ba600d'
    ])
    expect(show(runs)).toContain('stochastic')
  })
})
