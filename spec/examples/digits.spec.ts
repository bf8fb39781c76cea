/**
 * The 784-10-10 classifier in one epoch on a few of the images; digits.full.spec.ts has the 10 epochs on all of them.
 */
import { describe, expect, it } from 'vitest'
import { show, train } from '../../examples/digits.ts'
import { firstOf, images } from './mnist-data.ts'
import { right } from './right.ts'

describe('digits in one epoch', async () => {
  const some = firstOf(await images(), 6000, 1000)
  const result = right(train(some, { epochs: 1, examples: 6000 }))

  it('is one update for each 32 images, the last 16 included', () => {
    expect(result.updates).toBe(188)
  })

  it('reads most of the test images', () => {
    expect(result.accuracy).toBeGreaterThan(0.7)
    expect(result.loss).toBeLessThan(1)
  })

  it('ends in probabilities, of which the greatest is the digit', () => {
    result.probabilities.forEach((row, i) => {
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6)
      expect(row.indexOf(Math.max(...row))).toBe(result.labels[i])
    })
    expect(result.labels).toEqual([7, 2, 1, 0, 4])
  })

  it('is the same bits on every machine', () => {
    expect(result.hash).toBe('66d0fd732cfee55d4f1cf1e96828b735be57c4febcd353eff149c49e902f08ed')
    expect(show(result)).toContain(result.hash)
  })
})
