/**
 * XOR is learnt, from whatever key, and to the same bits each time.
 */
import { describe, expect, it } from 'vitest'
import { main, show } from '../../examples/xor.ts'
import { right } from './right.ts'

describe('xor', () => {
  const result = right(main())

  it('is learnt, and the rule that stops the run is the loss', () => {
    expect(result.stoppedBy).toBe('lossBelow')
    expect(result.accuracy).toBe(1)
    const [p00, p01, p10, p11] = result.probabilities
    for (const p of [p00, p11]) expect(p).toBeLessThan(0.05)
    for (const p of [p01, p10]) expect(p).toBeGreaterThan(0.95)
  })

  it('takes the same steps to the same bits on every machine', () => {
    expect(result.steps).toBe(142)
    expect(result.hash).toBe('891c30e4b68ec65ad3dbc5ddf99e49e02c9328a84926ec0cc5816cbedd77bd47')
    expect(show(result)).toBe(show(right(main())))
  })

  it('is another run with another key', () => {
    expect(right(main(2)).hash).not.toBe(result.hash)
  })
})
