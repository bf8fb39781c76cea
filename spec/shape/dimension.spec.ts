import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDim,
  isNatural,
  isWhole,
  meetDim,
  product,
  quotient,
  sameDim,
  sameShape,
  sameSize,
  show,
  showDim,
  size
} from '../../lib/shape/index.ts'
import { alike, dim, shape, sizes } from './arbitrary.ts'

describe('dimensions', () => {
  it('sameDim is reflexive and symmetric', () => {
    fc.assert(fc.property(dim, dim, (a, b) => sameDim(a, a) && sameDim(a, b) === sameDim(b, a)))
  })

  it('the order of factors makes no other dimension, a lacking factor does', () => {
    expect(sameDim('batch*time*4', 'time*batch*4')).toBe(true)
    expect(sameDim('batch*time', 'batch*time*2')).toBe(false)
    expect(sameDim('batch*batch', 'batch*time')).toBe(false)
    expect(sameDim('batch', 'time')).toBe(false)
    expect(sameDim('batch', 4)).toBe(false)
  })

  it('what may be the same dimension meets in one that is the same as both', () => {
    fc.assert(
      fc.property(dim, dim, (a, b) => {
        fc.pre(sameDim(a, b))
        expect(sameDim(meetDim(a, b), a) && sameDim(meetDim(a, b), b)).toBe(true)
        expect(meetDim(a, b) === '?').toBe(a === '?' && b === '?')
      })
    )
  })

  it('addition is commutative, 0 is neutral, and a sum with a name is not known', () => {
    fc.assert(fc.property(dim, dim, (a, b) => addDim(a, b) === addDim(b, a) && addDim(a, 0) === a))
    expect(addDim('time', 1)).toBe('?')
    expect(addDim(20, 22)).toBe(42)
  })

  it('counts are whole and positive, sizes may be 0', () => {
    expect([1, 3, 0, -1, 2.5, NaN, Infinity].map(isWhole)).toEqual([true, true, false, false, false, false, false])
    expect([1, 3, 0, -1, 2.5, NaN, Infinity].map(isNatural)).toEqual([true, true, true, false, false, false, false])
  })
})

describe('products', () => {
  it('the product of sizes is their size', () => {
    fc.assert(fc.property(sizes(), (s) => product(s) === size(s)))
    expect(size([])).toBe(1)
  })

  it('a product is the size of the shape that holds it alone', () => {
    fc.assert(fc.property(shape(), (s) => sameSize(s, [product(s)]) && product([product(s)]) === product(s)))
  })

  it('the order of axes does not change the number of elements', () => {
    fc.assert(fc.property(shape(), (s) => sameSize(s, [...s].reverse())))
  })

  it('dividing by a part of a shape leaves the product of the rest', () => {
    fc.assert(
      fc.property(shape(), shape(), (a, b) => {
        fc.pre(product(b) !== 0)
        const rest = quotient([...a, ...b], b)
        expect(rest !== undefined && sameDim(rest, product(a))).toBe(true)
      })
    )
  })

  it('there is no quotient by 0, by a factor that does not divide, or by a name that is not there', () => {
    expect(quotient([0, 4], [0])).toBeUndefined()
    expect(quotient(['batch', 784], [29])).toBeUndefined()
    expect(quotient(['batch', 784], ['time'])).toBeUndefined()
    expect(quotient(['batch', 784], ['batch', 28])).toBe(28)
    expect(quotient(['batch', '?'], [29])).toBe('?')
  })
})

describe('shapes', () => {
  it('sameShape is reflexive and symmetric', () => {
    fc.assert(fc.property(alike, ([a, b]) => sameShape(a, a) && sameShape(a, b) === sameShape(b, a)))
  })

  it('shapes of different rank differ, and so do shapes with one other size', () => {
    fc.assert(fc.property(sizes(), (s) => !sameShape(s, [...s, 1]) && !sameShape([...s, 2], [...s, 3])))
  })

  it('a shape is shown in brackets with its dimensions as they are written', () => {
    expect(show([])).toBe('[]')
    expect(show(['batch', 28, '?'])).toBe('[batch, 28, ?]')
    expect(showDim('batch*768')).toBe('batch*768')
  })
})
