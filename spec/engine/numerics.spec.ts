/**
 * What the version of the numerics fixes: sizes, the list of functions and how good they are.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementaryErrors, numerics } from '../../lib/engine/index.ts'
import { binary32, binary64, elementary32, elementary64 } from '../../lib/engine/elementary/index.ts'
import { depthBlock } from '../../lib/engine/wasm/matmul/schedule.ts'
import { golden } from './elementary/golden.ts'
import { oracle, ulps64 } from './elementary/oracle.ts'

const bits = new Uint32Array(1)
const float = new Float32Array(bits.buffer)

/** The distance to the next f32 of greater magnitude. */
const unit = (x: number): number => {
  float[0] = Math.abs(x)
  bits[0]! &= 0x7f800000
  return Math.max(float[0], 2 ** -126) * 2 ** -23
}

const worst = (name: 'sigmoid' | 'erfInv', from: number, to: number, count: number): number => {
  float[0] = from
  const first = bits[0]!
  float[0] = to
  const step = Math.max(1, Math.floor(Math.abs(bits[0]! - first) / count))
  const [low, high] = [Math.min(first, bits[0]!), Math.max(first, bits[0]!)]
  let greatest = 0
  for (let word = low; word < high; word += step) {
    bits[0] = word
    const x = float[0]!
    const exact = elementary64[name](x)
    greatest = Math.max(greatest, Math.abs(elementary32[name](x) - exact) / unit(exact))
  }
  return greatest
}

const names = Object.keys(elementaryErrors) as readonly (keyof typeof elementaryErrors)[]

describe('the numerics', () => {
  it('have blocks of 256 products and 8 lanes, in both engines', () => {
    expect(numerics.contractionBlock).toBe(256)
    expect(numerics.reductionLanes).toBe(8)
    expect(depthBlock).toBe(256)
  })

  it('list every elementary function, by the name of its primitive', () => {
    const functions = [
      ...Object.keys(elementary32),
      ...Object.keys(binary32).map((name) => name.replace('pow', 'power'))
    ]
    expect(names.toSorted()).toEqual(functions.toSorted())
    expect(Object.keys(elementary64).toSorted()).toEqual(Object.keys(elementary32).toSorted())
    expect(Object.keys(binary64)).toEqual(Object.keys(binary32))
  })

  it('call correctly rounded in f32 what the golden hashes are of, and what is so by definition', () => {
    const correct = names.filter((name) => elementaryErrors[name].f32 === 'correct')
    expect(correct.toSorted()).toEqual([...golden.hashes.map(({ f }) => f), 'sqrt', 'power', 'atan2'].toSorted())
    expect(names.filter((name) => elementaryErrors[name].f32 !== 'correct').toSorted()).toEqual(['erfInv', 'sigmoid'])
  })

  it('bound the f32 errors of those that are compositions', () => {
    const sigmoid = Math.max(worst('sigmoid', -87.33, -1, 200_000), worst('sigmoid', 1e-3, 20, 50_000))
    expect(sigmoid).toBeLessThanOrEqual(elementaryErrors.sigmoid.f32)
    expect(sigmoid).toBeGreaterThan(1.5)
    // the argument of the greatest error is among those of this stretch
    const erfInv = worst('erfInv', 0.9998, 0.99985, 1_000_000)
    expect(erfInv).toBeLessThanOrEqual(elementaryErrors.erfInv.f32)
    expect(erfInv).toBeGreaterThan(60)
    expect(worst('erfInv', 1e-3, 0.99, 200_000)).toBeLessThanOrEqual(5)
    expect(elementary32.sigmoid(-88.73)).toBe(0)
    expect(elementary32.sigmoid(-88.72)).toBeGreaterThan(0)
  })

  it('bound the f64 errors', () => {
    const shared = names.filter(
      (name) => name in elementary64 && name in oracle && name !== 'erfInv'
    ) as readonly Exclude<keyof typeof elementary64, 'erfInv'>[]
    expect(shared).toHaveLength(20)
    fc.assert(
      fc.property(fc.constantFrom(...shared), fc.double({ min: 0.001, max: 5, noNaN: true }), (name, x) => {
        const bound = elementaryErrors[name].f64
        expect(ulps64(elementary64[name](x), oracle[name](x))).toBeLessThanOrEqual(bound === 'correct' ? 0.5 : bound)
      }),
      { numRuns: 300 }
    )
  })
})
