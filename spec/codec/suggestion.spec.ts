import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, distance, nearest, suggestion } from '../../lib/codec/index.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })

describe('the distance of words', () => {
  it('is that of the recursive definition', () => {
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
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(slow(a, b))
        expect(distance(b, a)).toBe(distance(a, b))
      })
    )
  })

  it('counts letters, not their halves', () => {
    expect(distance('𝛽1', '𝛼1')).toBe(1)
  })
})

describe('the nearest name', () => {
  it('is near another with a slip in it, and far from other names', () => {
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

  it('is the name itself in whatever case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.array(fc.stringMatching(/^[0-9]{1,12}$/)), (name, others) => {
        expect(nearest(name.toUpperCase(), [...others, name])).toBe(name)
      })
    )
  })

  it('is the one with the fewest slips of all that are near enough', () => {
    fc.assert(
      fc.property(word, fc.array(word), (name, known) => {
        const near = known.filter((candidate) => distance(name, candidate) <= Math.floor(name.length / 3))
        const best = near.toSorted((a, b) => distance(name, a) - distance(name, b))[0]
        expect(nearest(name, known)).toBe(best)
      })
    )
  })

  it('of a very long name is found at once to be none', () => {
    expect(nearest('x'.repeat(1_000_000), ['units'])).toBe(undefined)
  })
})

describe('the end of the sentence', () => {
  it('names what was probably meant, or else all that is known', () => {
    expect(suggestion('betta', ['alpha', 'beta'])).toBe("; did you mean 'beta'?")
    expect(suggestion('zeta', ['alpha', 'kappa'])).toBe('; known are alpha, kappa')
    expect(suggestion('zeta', [])).toBe('; none is known')
  })

  it('can leave the list to the sentence', () => {
    expect(didYouMean('betta', ['alpha', 'beta'])).toBe("; did you mean 'beta'?")
    expect(didYouMean('zeta', ['alpha'])).toBe('')
  })
})
