/**
 * The main job: one epoch on all of MNIST, to the hash that is promised.
 */
import { describe, expect, it } from 'vitest'
import { expected } from '../../examples/mnist.expected.ts'
import { train } from '../../examples/mnist.ts'
import { images } from './mnist-data.ts'
import { right } from './right.ts'

describe('the main job', () => {
  it('comes to the promised accuracy and the promised bits, and says so every 125 steps', async () => {
    const lines: string[] = []
    const result = right(train(await images(), (line) => lines.push(line)))
    expect({ accuracy: result.accuracy, hash: result.hash }).toEqual(expected)
    expect(result.accuracy).toBeGreaterThan(0.95)
    expect(lines).toHaveLength(15)
  })
})
