import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { distance, nearest } from '../../../lib/expr/text/nearest.ts'

it('the distance of words is that of the recursive definition', () => {
  const slow = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length
    const [x, y] = [a.slice(0, -1), b.slice(0, -1)]
    const swap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)
    return Math.min(
      slow(x, b) + 1,
      slow(a, y) + 1,
      slow(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1),
      swap ? slow(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity
    )
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(distance(a, b)).toBe(slow(a, b))
      expect(distance(b, a)).toBe(distance(a, b))
    })
  )
})

it('a name is near another with a slip in it, and far from other names', () => {
  const known = ['reshape', 'reduceSum', 'reduceMax', 'add', 'and', 'equal']
  expect(['reshap', 'rehsape', 'ReShape', 'reducesum', 'adn', 'eqaul'].map((name) => nearest(name, known))).toEqual([
    'reshape',
    'reshape',
    'reshape',
    'reduceSum',
    'add',
    'equal'
  ])
  expect(['', 'x', 'convolution', 'ad'].map((name) => nearest(name, known))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined
  ])
})
