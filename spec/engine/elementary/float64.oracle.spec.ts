import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binary64, elementary64 } from '../../../lib/engine/elementary/index.ts'
import { oracle, ulps64 } from './oracle.ts'

/** Without the numbers so small that the oracle's fixed point holds too few bits of them; spread(…) covers those above. */
const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).filter((x) => Math.abs(x) > 2 ** -100)
/** Either sign, magnitudes spread evenly over the exponents. */
const spread = (least: number, greatest: number) =>
  fc
    .tuple(
      fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }),
      fc.integer({ min: least, max: greatest }),
      fc.boolean()
    )
    .map(([mantissa, exponent, isNegative]) => (isNegative ? -1 : 1) * mantissa * 2 ** exponent)
const positive = (least: number, greatest: number) => spread(least, greatest).map(Math.abs)

const unary = [
  ['exp', fc.oneof(between(-300, 300), between(-1, 1)), 0.6],
  ['exp2', fc.oneof(between(-400, 400), between(-1, 1)), 0.6],
  ['expm1', fc.oneof(between(-40, 60), between(-0.2, 0.2), spread(-60, 2)), 1.2],
  ['log', fc.oneof(positive(-300, 300), between(0.9, 1.1)), 0.6],
  ['log1p', fc.oneof(spread(-60, -1), between(-0.9, 10), positive(0, 90)), 1],
  ['log2', fc.oneof(positive(-300, 300), between(0.9, 1.1)), 0.6],
  ['log10', fc.oneof(positive(-300, 300), between(0.9, 1.1)), 0.6],
  ['tanh', fc.oneof(between(-22, 22), spread(-60, 1)), 2.5],
  ['sinh', fc.oneof(between(-100, 100), spread(-60, 1)), 2],
  ['cosh', fc.oneof(between(-100, 100), spread(-60, 1)), 1.5],
  ['sin', fc.oneof(between(-100, 100), spread(-60, 90)), 1],
  ['cos', fc.oneof(between(-100, 100), spread(-60, 90)), 1],
  ['tan', fc.oneof(between(-100, 100), spread(-60, 90)), 1],
  ['erf', fc.oneof(between(-6, 6), spread(-60, 0)), 1.2],
  ['erfc', fc.oneof(between(-6, 10), between(0.4, 3)), 3],
  ['atan', fc.oneof(between(-5, 5), spread(-60, 60)), 1],
  ['cbrt', spread(-90, 90), 0.6],
  ['rsqrt', positive(-90, 90), 1.5],
  ['sqrt', positive(-90, 90), 0.5],
  ['sigmoid', between(-60, 60), 2.5]
] as const

describe('the float64 elementary functions agree with the series in exact integers', () => {
  it.each(unary)('%s', (name, argument, bound) => {
    fc.assert(
      fc.property(argument, (x) => {
        expect(ulps64(elementary64[name](x), oracle[name](x))).toBeLessThanOrEqual(bound)
      }),
      { numRuns: 150 }
    )
  })

  it('pow', () => {
    const pair = fc.oneof(
      fc.tuple(positive(-3, 3), between(-80, 80)),
      fc.tuple(positive(-200, 200), between(-1, 1)),
      fc.tuple(between(0.999, 1.001), between(-1e5, 1e5))
    )
    fc.assert(
      fc.property(pair, ([x, y]) => {
        expect(ulps64(binary64.pow(x, y), oracle.pow(x, y))).toBeLessThanOrEqual(0.6)
      }),
      { numRuns: 300 }
    )
  })

  it('atan2', () => {
    const leg = fc.oneof(between(-1, 1), spread(-40, 40)).filter((x) => Math.abs(x) > 1e-20)
    fc.assert(
      fc.property(leg, leg, (y, x) => {
        expect(ulps64(binary64.atan2(y, x), oracle.atan2(y, x))).toBeLessThanOrEqual(1.5)
      }),
      { numRuns: 300 }
    )
  })

  it('erfInv inverts: the error function of the result is the argument, to the conditioning of erf', () => {
    fc.assert(
      fc.property(fc.oneof(between(-0.999999, 0.999999), spread(-60, -1)), (x) => {
        const y = elementary64.erfInv(x)
        // One unit of y moves erf(y) by at most this many units of x.
        const slope = Math.abs((1.1283791670955126 * elementary64.exp(-y * y) * y) / x)
        expect(ulps64(x, oracle.erf(y))).toBeLessThanOrEqual(4 * Math.max(2 * slope, 0.25))
      }),
      { numRuns: 150 }
    )
  })
})
