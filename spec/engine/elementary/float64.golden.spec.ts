import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  binary64,
  elementary64,
  type ElementaryBinaryName,
  type ElementaryName
} from '../../../lib/engine/elementary/index.ts'
import { float64OfHex } from './bits.ts'
import { exact } from './oracle.ts'

type Case = ReadonlyArray<string | number>

const { cases } = JSON.parse(readFileSync(new URL('../../golden/elementary64.json', import.meta.url), 'utf8')) as {
  readonly cases: Readonly<Record<string, ReadonlyArray<Case>>>
}

/** The promised bounds, in units in the last place of the result. */
const BOUNDS: Readonly<Record<ElementaryName | ElementaryBinaryName, number>> = {
  exp: 0.6,
  exp2: 0.6,
  expm1: 1.2,
  log: 0.6,
  log1p: 1,
  log2: 0.6,
  log10: 0.6,
  tanh: 2.5,
  sinh: 2,
  cosh: 1.5,
  sin: 1,
  cos: 1,
  tan: 1,
  erf: 1.2,
  erfc: 3,
  atan: 1,
  cbrt: 0.6,
  rsqrt: 1.5,
  sqrt: 0.5,
  erfInv: 4,
  sigmoid: 2.5,
  pow: 0.6,
  atan2: 1.5
}

const valueAt = (name: string, ...[x = NaN, y = NaN]: ReadonlyArray<number>): number =>
  name === 'pow' || name === 'atan2' ? binary64[name](x, y) : elementary64[name as ElementaryName](x)

/** The error of one case: the units between our result and the rounded one, less the units from there to the exact value. */
const errorOf = (name: string, entry: Case): number => {
  const numbers = entry.slice(0, -1).map((hex) => float64OfHex(String(hex)))
  const rounded = numbers.at(-1) ?? NaN
  const ours = valueAt(name, ...numbers.slice(0, -1))
  const unit = exact(rounded).exponent
  const whole = exact(ours - rounded)
  return ours === rounded
    ? Math.abs(Number(entry.at(-1)))
    : Math.abs(Number(whole.mantissa) * 2 ** (whole.exponent - unit) - Number(entry.at(-1)))
}

describe('the float64 elementary functions keep their error bounds', () => {
  it.each(Object.entries(BOUNDS))('%s is within %d ulp of the golden values', (name, bound) => {
    const entries = cases[name] ?? []
    expect(entries.length).toBeGreaterThan(70)
    const failures = entries
      .map((entry) => [entry, errorOf(name, entry)] as const)
      .filter(([, error]) => !(error <= bound))
    expect(failures).toEqual([])
  })

  it('every function of the table has golden values', () => {
    expect(Object.keys(cases).toSorted()).toEqual([...Object.keys(elementary64), ...Object.keys(binary64)].toSorted())
  })
})
