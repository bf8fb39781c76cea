import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atanExtended } from '../../../lib/engine/elementary/arctangent-extended.ts'
import { type DoubleDouble, doubleDouble } from '../../../lib/engine/elementary/double-double.ts'
import { erfcExtended, erfExtended } from '../../../lib/engine/elementary/error-function-extended.ts'
import { ERF_OF_EIGHTHS } from '../../../lib/engine/elementary/error-function-table.ts'
import { exp2Extended, expExtended, expm1Extended } from '../../../lib/engine/elementary/exponential-extended.ts'
import { elementary64 } from '../../../lib/engine/elementary/index.ts'
import {
  log10Extended,
  log1pExtended,
  log2Extended,
  logExtended
} from '../../../lib/engine/elementary/logarithm-extended.ts'
import { cosExtended, reduceExtended, sinExtended } from '../../../lib/engine/elementary/trigonometric-extended.ts'
import { type Exact, exact, oracle } from './oracle.ts'

const between = (min: number, max: number) =>
  fc
    .double({ min, max, noNaN: true })
    .map(Math.fround)
    .filter((x) => Math.abs(x) > 1e-20)

/** The relative error of a double-double as a power of two, rounded up; exact zero difference counts as −1000. */
const errorExponent = ({ high, low }: DoubleDouble, value: Exact): number => {
  const parts = [exact(high), exact(low), { mantissa: -value.mantissa, exponent: value.exponent }]
  const common = Math.min(...parts.map(({ exponent }) => exponent))
  const difference = parts.reduce((sum, { mantissa, exponent }) => sum + (mantissa << BigInt(exponent - common)), 0n)
  const magnitude = difference < 0n ? -difference : difference
  const size = value.mantissa < 0n ? -value.mantissa : value.mantissa
  return magnitude === 0n
    ? -1000
    : magnitude.toString(2).length + common - (size.toString(2).length - 1 + value.exponent)
}

const functions: ReadonlyArray<
  readonly [string, fc.Arbitrary<number>, (x: number) => DoubleDouble, (x: number) => Exact]
> = [
  ['exp', between(-104, 89), (x) => expExtended(doubleDouble(x)), oracle.exp],
  ['exp2', between(-151, 128), exp2Extended, oracle.exp2],
  ['expm1', between(-18, 89), (x) => expm1Extended(doubleDouble(x)), oracle.expm1],
  ['log', between(1e-20, 1e20), (x) => logExtended(doubleDouble(x)), oracle.log],
  ['log1p', between(-0.999, 1000), log1pExtended, oracle.log1p],
  ['log2', between(1e-20, 1e20), log2Extended, oracle.log2],
  ['log10', between(1e-20, 1e20), log10Extended, oracle.log10],
  ['atan', between(-1e10, 1e10), (x) => atanExtended(doubleDouble(x), elementary64.atan(x)), oracle.atan],
  ['erf', between(-4, 4), erfExtended, oracle.erf],
  ['erfc', between(-4, 10), erfcExtended, oracle.erfc]
]

describe('the double-double functions, which decide the hard cases', () => {
  it.each(functions)('%s has 90 good bits', (_, argument, extended, exactly) => {
    fc.assert(
      fc.property(argument, (x) => {
        expect(errorExponent(extended(x), exactly(x))).toBeLessThan(-90)
      }),
      { numRuns: 100 }
    )
  })

  it('sin and cos have 90 good bits of arguments of any size', () => {
    fc.assert(
      fc.property(between(-1e25, 1e25), (x) => {
        const reduced = reduceExtended(x)
        const sine = (reduced.quadrant & 1) === 0 ? sinExtended(reduced) : cosExtended(reduced)
        const sign = (reduced.quadrant & 2) === 0 ? 1 : -1
        expect(errorExponent({ high: sign * sine.high, low: sign * sine.low }, oracle.sin(x))).toBeLessThan(-90)
      }),
      { numRuns: 100 }
    )
  })

  it('the table of erf holds 105 bits', () => {
    const errors = Array.from({ length: 48 }, (_, index) => {
      const entry = doubleDouble(ERF_OF_EIGHTHS[2 * index + 2] ?? NaN, ERF_OF_EIGHTHS[2 * index + 3] ?? NaN)
      return errorExponent(entry, oracle.erf((index + 1) / 8))
    })
    expect(Math.max(...errors)).toBeLessThan(-104)
    expect([ERF_OF_EIGHTHS.length, ERF_OF_EIGHTHS[0], ERF_OF_EIGHTHS[1]]).toEqual([98, 0, 0])
  })
})
