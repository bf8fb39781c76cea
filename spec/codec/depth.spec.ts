import { describe, expect, it } from 'vitest'
import { isDeeperThan } from 'gradfold/codec'

const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 0)

describe('isDeeperThan', () => {
  it('counts records and lists, and nothing else', () => {
    for (const depth of [0, 1, 2, 7])
      for (const limit of [0, 1, 2, 7]) expect(isDeeperThan(limit)(nested(depth))).toBe(depth > limit)
    expect(isDeeperThan(1)({ a: 1, b: 'text', c: null })).toBe(false)
    expect(isDeeperThan(1)({ a: { b: 1 } })).toBe(true)
  })

  it('ends on data that are very deep, or hold themselves', () => {
    expect(isDeeperThan(100)(nested(1_000_000))).toBe(true)
    const round: unknown[] = []
    round.push(round, round)
    expect(isDeeperThan(1000)(round)).toBe(true)
  })
})
