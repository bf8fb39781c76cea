import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binary32, elementary32, elementary64, type ElementaryName } from '../../../lib/engine/elementary/index.ts'
import { bitsOfFloat32, float32OfBits } from './bits.ts'
import { type Exact, oracle, ulps32 } from './oracle.ts'

const anyFloat32 = fc.integer({ min: 0, max: 0xffffffff }).map(float32OfBits)
const between = (min: number, max: number) =>
  fc
    .double({ min, max, noNaN: true })
    .map(Math.fround)
    .filter((x) => Math.abs(x) > 1e-30)

const correct = (result: number, value: Exact): void => {
  expect(ulps32(result, value)).toBeLessThanOrEqual(0.5)
}

describe('float32 functions agree with the series in exact integers, to half a unit', () => {
  const ranges = [
    ['exp', between(-100, 88)],
    ['exp2', between(-148, 127)],
    ['expm1', between(-17, 88)],
    ['log', between(1e-30, 1e30)],
    ['log1p', between(-0.9999, 1000)],
    ['log2', between(1e-30, 1e30)],
    ['log10', between(1e-30, 1e30)],
    ['tanh', between(-9, 9)],
    ['sinh', between(-88, 88)],
    ['cosh', between(-88, 88)],
    ['sin', between(-1e20, 1e20)],
    ['cos', between(-1e20, 1e20)],
    ['tan', between(-1e20, 1e20)],
    ['erf', between(-3.9, 3.9)],
    ['erfc', between(-3, 9)],
    ['atan', between(-1e20, 1e20)],
    ['cbrt', between(-1e20, 1e20)],
    ['rsqrt', between(1e-20, 1e20)],
    ['sqrt', between(1e-20, 1e20)]
  ] as const

  it.each(ranges)('%s', (name, argument) => {
    fc.assert(
      fc.property(argument, (x) => {
        correct(elementary32[name](x), oracle[name](x))
      }),
      { numRuns: 150 }
    )
  })

  it('pow', () => {
    const pair = fc.oneof(
      fc.tuple(between(0.01, 100), between(-15, 15)),
      fc.tuple(between(0.9, 1.1), between(-700, 700)),
      fc.tuple(between(1e-20, 1e-10), between(3, 4.5))
    )
    fc.assert(
      fc.property(pair, ([x, y]) => {
        correct(binary32.pow(x, y), oracle.pow(x, y))
      }),
      { numRuns: 500 }
    )
  })

  it('pow of integers, exact results and ties to even among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: 0, max: 6 }), (x, y) => {
        const power = Array.from({ length: y }, () => BigInt(x)).reduce((product, factor) => product * factor, 1n)
        expect(binary32.pow(x, y)).toBe(nearestFloat32(power))
      }),
      { numRuns: 1000 }
    )
  })

  it('atan2', () => {
    const leg = between(-1e10, 1e10)
    fc.assert(
      fc.property(leg, leg, (y, x) => {
        correct(binary32.atan2(y, x), oracle.atan2(y, x))
      }),
      { numRuns: 300 }
    )
  })

  it('atan2 of a quotient halfway between two subnormals rounds down, because the angle is smaller', () => {
    const least = float32OfBits(1)
    expect(binary32.atan2(3 * least, 2)).toBe(least)
    expect(binary32.atan2(-7 * least, 2)).toBe(-3 * least)
    expect(binary32.atan2(least, 2)).toBe(0)
  })
})

/** An integer rounded once, by its own digits. */
const nearestFloat32 = (value: bigint): number => {
  const magnitude = value < 0n ? -value : value
  const excess = BigInt(Math.max(0, magnitude.toString(2).length - 24))
  const floor = magnitude >> excess
  const rest = magnitude - (floor << excess)
  const half = excess === 0n ? 1n : 1n << (excess - 1n)
  const rounded = rest > half || (rest === half && floor % 2n === 1n) ? floor + 1n : floor
  return Number(rounded << excess) * (value < 0n ? -1 : 1)
}

describe('float32 functions hold for every bit pattern', () => {
  const names = Object.keys(elementary32) as ReadonlyArray<ElementaryName>

  it.each(names)('%s gives float32 values, and NaN at NaN', (name) => {
    expect(elementary32[name](NaN)).toBeNaN()
    fc.assert(
      fc.property(anyFloat32, (x) => {
        const result = elementary32[name](x)
        expect(Math.fround(result)).toBe(result)
      })
    )
  })

  it.each(['expm1', 'log1p', 'sin', 'tan', 'tanh', 'sinh', 'atan', 'erf', 'cbrt', 'erfInv', 'sqrt'] as const)(
    '%s keeps the sign of zero',
    (name) => {
      expect(bitsOfFloat32(elementary32[name](-0))).toBe(0x80000000)
      expect(bitsOfFloat32(elementary32[name](0))).toBe(0)
    }
  )

  it.each(['sin', 'tan', 'tanh', 'sinh', 'atan', 'erf', 'cbrt', 'erfInv'] as const)('%s is odd', (name) => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        expect(bitsOfFloat32(elementary32[name](-x))).toBe(bitsOfFloat32(-elementary32[name](x)))
      })
    )
  })

  it.each(['cos', 'cosh'] as const)('%s is even', (name) => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        expect(elementary32[name](-x)).toBe(elementary32[name](x))
      })
    )
  })

  it.each(['exp', 'exp2', 'expm1', 'tanh', 'sinh', 'erf', 'atan', 'cbrt', 'sigmoid'] as const)(
    '%s never decreases',
    (name) => {
      fc.assert(
        fc.property(
          anyFloat32.filter((x) => x === x),
          anyFloat32.filter((x) => x === x),
          (a, b) => {
            expect(elementary32[name](Math.max(a, b))).toBeGreaterThanOrEqual(elementary32[name](Math.min(a, b)))
          }
        )
      )
    }
  )
})

describe('the compositions', () => {
  it('sigmoid is 1/(1 + exp(−x)), each operation rounded', () => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        const expected = Math.fround(1 / Math.fround(1 + elementary32.exp(-x)))
        expect(bitsOfFloat32(elementary32.sigmoid(x))).toBe(bitsOfFloat32(expected))
      })
    )
  })

  it('sigmoid is within 2.5 ulp of the logistic function', () => {
    fc.assert(
      fc.property(between(-80, 80), (x) => {
        expect(ulps32(elementary32.sigmoid(x), oracle.sigmoid(x))).toBeLessThanOrEqual(2.5)
      }),
      { numRuns: 500 }
    )
  })

  it('erfInv has the values that normal draws are made of', () => {
    expect(elementary32.erfInv(1)).toBe(Infinity)
    expect(elementary32.erfInv(-1)).toBe(-Infinity)
    expect(elementary32.erfInv(1.5)).toBeNaN()
    expect(elementary32.erfInv(-Infinity)).toBeNaN()
  })

  it('erfInv is near the true inverse: a few units of float32 in both of its branches', () => {
    fc.assert(
      fc.property(between(-0.999999, 0.999999), (x) => {
        const exactInverse = elementary64.erfInv(x)
        expect(Math.abs(elementary32.erfInv(x) / exactInverse - 1)).toBeLessThan(6e-7)
      }),
      { numRuns: 1000 }
    )
  })
})
