/**
 * A curve is fitted, also between the points that were seen.
 */
import { describe, expect, it } from 'vitest'
import { main, show } from '../../examples/curve.ts'
import { right } from './right.ts'

const worst = ({ y, fitted }: { readonly y: readonly number[]; readonly fitted: readonly number[] }): number =>
  Math.max(...fitted.map((value, i) => Math.abs(value - (y[i] ?? NaN))))

describe('fitting y = sin 2x + x / 2', () => {
  const result = right(main())

  it('knows the curve to be fitted', () => {
    result.x.forEach((x, i) => {
      expect(result.y[i]).toBeCloseTo(Math.sin(2 * x) + x / 2, 5)
    })
  })

  it('comes within 0.05 of it everywhere in 400 epochs, and not in 4', () => {
    expect(result.updates).toBe(2800)
    expect(worst(result)).toBeLessThan(0.05)
    expect(worst(right(main(4)))).toBeGreaterThan(0.5)
  })

  it('is the same bits on every machine', () => {
    expect(result.hash).toBe('0a6d77d3288d7a3b9b08148789deca72dc9ca034c9af6d6534f5c75aeb7e7753')
    expect(show(result)).toContain(result.hash)
  })
})
