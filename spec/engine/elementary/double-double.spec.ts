import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  type DoubleDouble,
  divide,
  doubleDouble,
  multiply,
  productError,
  times,
  twoProduct,
  twoSum
} from '../../../lib/engine/elementary/double-double.ts'
import { roundToFloat32 } from '../../../lib/engine/elementary/rounding.ts'
import { float32OfBits } from './bits.ts'
import { exact } from './oracle.ts'

const number = fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((x) => Math.abs(x) > 1e-15)
const pair = fc.tuple(number, fc.double({ min: -1, max: 1, noNaN: true })).map(([high, share]) => {
  const { high: head, low } = twoSum(high, high * 1.1102230246251565e-16 * (Math.abs(share) < 1e-30 ? 0 : share))
  return doubleDouble(head, low)
})

const SCALE = 600
/** A double times 2^600, exactly: every number here is a multiple of 2^-600. */
const integer = (x: number): bigint => {
  const { mantissa, exponent } = exact(x)
  return mantissa === 0n ? 0n : mantissa << BigInt(exponent + SCALE)
}
const value = ({ high, low }: DoubleDouble): bigint => integer(high) + integer(low)
const UNIT = 1n << BigInt(SCALE)
const size = (a: bigint): bigint => (a < 0n ? -a : a)

/** |a − b| ≤ |b| · 2^-bits */
const isWithin = (a: bigint, b: bigint, bits: bigint): boolean => size(a - b) << bits <= size(b)

describe('double-double arithmetic', () => {
  it('twoSum and twoProduct lose nothing', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(value(twoSum(a, b))).toBe(integer(a) + integer(b))
        expect(value(twoProduct(a, b)) * UNIT).toBe(integer(a) * integer(b))
        expect(productError(a, b, a * b)).toBe(twoProduct(a, b).low)
      })
    )
  })

  it('sums, products and quotients are good to 100 bits', () => {
    fc.assert(
      fc.property(pair, pair, (x, y) => {
        expect(isWithin(value(multiply(x, y)) * UNIT, value(x) * value(y), 100n)).toBe(true)
        expect(isWithin(value(times(x, y.high)) * UNIT, value(x) * integer(y.high), 100n)).toBe(true)
        expect(isWithin(value(divide(x, y)) * value(y), value(x) * UNIT, 100n)).toBe(true)
        const total = value(x) + value(y)
        expect(size(value(add(x, y)) - total) << 100n <= size(value(x)) + size(value(y))).toBe(true)
      })
    )
  })

  it('results are normalised: the low part does not reach the high one', () => {
    fc.assert(
      fc.property(pair, pair, (x, y) => {
        const results = [add(x, y), multiply(x, y), divide(x, y)]
        expect(results.map(({ high, low }) => high + low)).toEqual(results.map(({ high }) => high))
      })
    )
  })
})

describe('rounding a double-double to float32', () => {
  const positive = fc.integer({ min: 1, max: 0x7f7ffffe })
  const tiny = fc.double({ min: 1e-30, max: 1e-17, noNaN: true })

  it('decides a midpoint by the low part, and by even digits where there is none', () => {
    fc.assert(
      fc.property(positive, tiny, (bits, share) => {
        const below = float32OfBits(bits)
        const above = float32OfBits(bits + 1)
        const midpoint = below / 2 + above / 2
        expect(roundToFloat32(doubleDouble(midpoint, midpoint * share))).toBe(above)
        expect(roundToFloat32(doubleDouble(midpoint, -midpoint * share))).toBe(below)
        expect(roundToFloat32(doubleDouble(midpoint))).toBe(bits % 2 === 0 ? below : above)
        expect(roundToFloat32(doubleDouble(-midpoint, -midpoint * share))).toBe(-above)
        expect(roundToFloat32(doubleDouble(-midpoint, midpoint * share))).toBe(-below)
      })
    )
  })

  it('rounds everything else as its high part', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3e38, max: 3e38, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (x, share) => {
          const low = x * 1e-17 * share
          fc.pre(x + low === x && 2 * x - Math.fround(x) !== Math.fround(2 * x - Math.fround(x)))
          expect(roundToFloat32(doubleDouble(x, low))).toBe(Math.fround(x))
        }
      )
    )
  })
})
