import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { elementary32 } from '../../../lib/engine/elementary/index.ts'
import { bitsOfFloat32, float32OfBits } from './bits.ts'
import { float32Function, golden, hashOf } from './golden.ts'

/** The hash of all normal draws, in the golden file of the random numbers. */
const normalHash = (
  JSON.parse(readFileSync(new URL('../../golden/random.json', import.meta.url), 'utf8')) as {
    readonly exhaustive: ReadonlyArray<{ readonly name: string; readonly expect: string }>
  }
).exhaustive.find(({ name }) => name === 'normal over all draws')?.expect

describe('the float32 elementary functions are correctly rounded, at length', () => {
  it.each(golden.hashes.map(({ f, n24 }) => [f, n24] as const))(
    '%s has the golden hash over 2^24 inputs of all bit patterns',
    (name, hash) => {
      expect(hashOf(float32Function(name), 2 ** 24)).toBe(hash)
    },
    120_000
  )

  it('erfInv makes every one of the 2^23 normal draws, to the golden hash', () => {
    const lowest = float32OfBits(0xbf7fffff)
    const rootOfTwo = float32OfBits(0x3fb504f3)
    let hash = 0x811c9dc5
    for (let mantissa = 0; mantissa < 2 ** 23; mantissa++) {
      const uniform = Math.max(lowest, (float32OfBits(mantissa | 0x3f800000) - 1) * 2 + lowest)
      hash = Math.imul(hash ^ bitsOfFloat32(Math.fround(rootOfTwo * elementary32.erfInv(uniform))), 0x01000193)
      hash ^= hash >>> 15
    }
    expect((hash >>> 0).toString(16)).toBe(normalHash)
  }, 120_000)
})
