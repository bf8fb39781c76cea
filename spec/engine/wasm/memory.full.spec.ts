/**
 * Memory over 100,000 steps, and over thousands of executables.
 */
import { describe, expect, it } from 'vitest'
import { expectFlat, watch } from './memory/watch.ts'

describe('memory', () => {
  it('stands still over 100,000 steps of a fold', () => {
    expectFlat(watch('fold', 100_000), 8)
  })

  it('of 1,000 executables that nobody holds is freed', () => {
    const { samples, collected } = watch('release', 1000)
    expect(collected).toBeGreaterThanOrEqual(999)
    expect(samples.at(-1)!.external - samples[0]!.external).toBeLessThan(2)
  })

  it('of 3,000 executables is collected without being asked for', () => {
    // 3,000 of a MiB each would be 3 GiB
    expect(watch('pressure', 3000, false)).toBeLessThan(400)
  })
})
