/**
 * The 784-10-10 classifier in 10 epochs on all of MNIST, as `npx tsx examples/digits.ts` runs it.
 */
import { describe, expect, it } from 'vitest'
import { train } from '../../examples/digits.ts'
import { images } from './mnist-data.ts'
import { right } from './right.ts'

describe('digits in 10 epochs', () => {
  it('reads over 93 % of the test images, with the same bits on every machine', async () => {
    const result = right(train(await images(), { epochs: 10, examples: 60_000 }))
    expect(result.updates).toBe(18_750)
    expect(result.accuracy).toBe(0.9318)
    expect(result.hash).toBe('00de841618b1cb9bfeea06a8f3ee9092cc578616f20f5262501d08d73636e9db')
  })
})
