import { describe, expect, it } from 'vitest'
import { float32OfBits, hexOfFloat32 } from './bits.ts'
import { float32Function, golden, hashOf } from './golden.ts'

const resultAt = (name: string, x: string): string =>
  hexOfFloat32(float32Function(name)(float32OfBits(parseInt(x, 16))))

describe('the float32 elementary functions are correctly rounded', () => {
  it.each(golden.hashes.map(({ f, n20 }) => [f, n20] as const))(
    '%s has the golden hash over 2^20 inputs of all bit patterns',
    (name, hash) => {
      expect(hashOf(float32Function(name), 2 ** 20)).toBe(hash)
    }
  )

  it.each(Object.entries(golden.hard.cases))('%s holds at the inputs nearest to a rounding boundary', (name, cases) => {
    expect(cases.map(([x]) => [x, resultAt(name, x)])).toEqual(cases)
  })

  it.each(Object.entries(golden.spot.results))(
    '%s holds at zeros, infinities, NaN, subnormals and thresholds',
    (name, expected) => {
      expect(golden.spot.x.map((x) => [x, resultAt(name, x)])).toEqual(
        golden.spot.x.map((x, index) => [x, expected[index]])
      )
    }
  )

  it('log is right where the built-in logarithm of Node 20, rounded to float32, is not', () => {
    expect(golden.logTrap.cases.map(({ x }) => resultAt('log', x))).toEqual(
      golden.logTrap.cases.map(({ expect: expected }) => expected)
    )
  })

  it('the golden file covers eighteen functions', () => {
    expect(golden.hashes.length).toBe(18)
    expect(Object.keys(golden.spot.results).length).toBe(18)
  })
})
