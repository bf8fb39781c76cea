/**
 * The tables that are written out, computed again.
 */
import { describe, expect, it } from 'vitest'
import { doubleDouble, subtract } from '../../../lib/engine/elementary/double-double.ts'
import { exp2Extended } from '../../../lib/engine/elementary/exponential-extended.ts'
import { ROOT_HIGH, ROOT_LOW } from '../../../lib/engine/elementary/exponential-table.ts'
import { logExtended } from '../../../lib/engine/elementary/logarithm-extended.ts'
import { LOG_HIGH, LOG_LOW } from '../../../lib/engine/elementary/logarithm-table.ts'
import { RECIPROCAL } from '../../../lib/engine/elementary/logarithm.ts'

describe('the tables of the elementary functions', () => {
  it('hold the 64 roots of 2', () => {
    const roots = Array.from({ length: 64 }, (_, index) => exp2Extended(index / 64))
    expect([...ROOT_HIGH]).toEqual(roots.map(({ high }) => high))
    expect([...ROOT_LOW]).toEqual(roots.map(({ low }) => low))
  })

  it('hold the logarithms of the 64 centres, the upper parts as multiples of 2^-42', () => {
    // the ends are exact, and from index 27 on the mantissa counts as half
    const logarithms = Array.from(RECIPROCAL, (centre, index) =>
      index === 0 || index === 63
        ? doubleDouble(0)
        : subtract(doubleDouble(0), logExtended(doubleDouble(index < 27 ? centre : 2 * centre)))
    )
    const upper = logarithms.map(({ high }) => Math.floor(high * 2 ** 42 + 0.5) / 2 ** 42)
    expect([...LOG_HIGH]).toEqual(upper)
    expect([...LOG_LOW]).toEqual(logarithms.map(({ high, low }, index) => high - upper[index]! + low))
  })
})
