/**
 * The main job on a few of the images; mnist.full.spec.ts has the whole epoch.
 */
import { describe, expect, it } from 'vitest'
import { train } from '../../examples/mnist.ts'
import { firstOf, images } from './mnist-data.ts'
import { right } from './right.ts'

describe('the main job on 1,296 images', async () => {
  const some = firstOf(await images(), 1296, 500)
  const lines: string[] = []
  const result = right(train(some, (line) => lines.push(line)))

  it('learns', () => {
    expect(result.accuracy).toBeGreaterThan(0.6)
  })

  it('gives the same bits when it is run again, whoever listens', () => {
    expect(right(train(some, () => undefined))).toEqual(result)
  })

  it('writes a progress line at its last step', () => {
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /^step 41\/41 {2}loss \d\.\d{4} {2}accuracy +\d+\.\d % {2}[\d,]+ examples\/s {2}0:00 left$/
    )
  })

  it('is the same bits on every machine', () => {
    expect(result.hash).toBe('2de4257ba01307178b87234c89882edcca377a5148defdde9d13b1d4a8ad35d7')
  })
})
