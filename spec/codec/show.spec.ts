import { expect, it } from 'vitest'
import { showValue } from '../../lib/codec/index.ts'

class Settings {
  readonly units = 3
}

it.each<readonly [value: unknown, text: string]>([
  [undefined, 'nothing'],
  [null, 'null'],
  [true, 'true'],
  [0, '0'],
  [-0, '-0'],
  [NaN, 'NaN'],
  [-Infinity, '-Infinity'],
  [1e-7, '1e-7'],
  ['relu', "'relu'"],
  ['', "''"],
  ["it's", "'it\\'s'"],
  ['say "no"', '\'say "no"\''],
  ['two\nlines', "'two\\nlines'"],
  [Symbol('tag'), 'Symbol(tag)'],
  [() => 1, 'a function'],
  [[], '[]'],
  [{}, '{}'],
  [[1, 'a', [2]], "[1, 'a', [2]]"],
  [{ tag: 'dense', units: -0 }, "{ tag: 'dense', units: -0 }"],
  [{ 'a key': { b: 1 } }, "{ 'a key': { b: 1 } }"],
  [[[[1]]], '[[[…]]]'],
  [{ a: { b: { c: 1 } } }, '{ a: { b: { … } } }'],
  [[{ a: [] }], '[{ a: [] }]'],
  [Object.create(null), '{}'],
  [new Float32Array(3), 'a Float32Array'],
  [new Int8Array(3), 'an Int8Array'],
  [new Date(0), 'a Date'],
  [new Settings(), 'a Settings']
])('%j is written %s', (value, text) => {
  expect(showValue(value)).toBe(text)
})

it('a bigint is written with its n', () => {
  expect(showValue(12n)).toBe('12n')
})

it('long things are cut, and say how much more there is', () => {
  expect(showValue(Array.from({ length: 1000 }, (_, i) => i))).toBe('[0, 1, 2, 3, 4, 5, … 994 more]')
  expect(showValue({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 })).toBe(
    '{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, … 1 more }'
  )
  expect(showValue('x'.repeat(1000))).toBe(`'${'x'.repeat(60)}…'`)
  // a letter outside of the first plane is not cut in two
  expect(showValue('𝛽'.repeat(61))).toBe(`'${'𝛽'.repeat(60)}…'`)
})

it('things that contain themselves are written as well', () => {
  const knot: Record<string, unknown> = {}
  knot['self'] = knot
  expect(showValue(knot)).toBe('{ self: { self: { … } } }')
})
