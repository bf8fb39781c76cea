import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { product, reshape, sameSize, size } from '../../lib/shape/index.ts'
import { shape, sizes } from './arbitrary.ts'

describe('reshape', () => {
  it('accepts exactly the targets of the same size', () => {
    fc.assert(
      fc.property(sizes(), sizes(), (s, t) => {
        expect(Either.isRight(reshape(s, t))).toBe(size(s) === size(t))
      })
    )
  })

  it('gives a shape of as many elements, and goes back', () => {
    fc.assert(
      fc.property(shape(), fc.boolean(), (s, infer) => {
        const there = pipe(reshape(s, infer ? [-1] : [product(s)]))
        expect(Either.isRight(there)).toBe(true)
        if (Either.isRight(there)) {
          expect(sameSize(there.right, s)).toBe(true)
          expect(reshape(there.right, s)).toEqual(Either.right(s))
        }
      })
    )
  })

  it('infers the axis that was left out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        fc.nat(),
        (s, extra, pick) => {
          const at = pick % s.length
          const target = s.map((n, i) => (i === at ? -1 : n))
          expect(reshape(s, target)).toEqual(Either.right(s))
          // with more axes around it: the inferred size is what is left after division
          const divided = reshape(s, [...extra, ...target])
          const rest = (s[at] ?? 1) / size(extra)
          expect(Either.isRight(divided)).toBe(Number.isInteger(rest))
          if (Number.isInteger(rest))
            expect(divided).toEqual(Either.right([...extra, ...s.map((n, i) => (i === at ? rest : n))]))
        }
      )
    )
  })

  it('cancels names in any order, and takes their products apart', () => {
    expect(reshape(['batch', 'time', 768], ['time', 'batch', 12, -1])).toEqual(Either.right(['time', 'batch', 12, 64]))
    expect(reshape(['batch', 'time', 768], [-1, 768])).toEqual(Either.right(['batch*time', 768]))
    expect(reshape(['batch*time', 768], ['batch', 'time', 768])).toEqual(Either.right(['batch', 'time', 768]))
  })

  it('says how many elements there are', () => {
    expect(reshape([32, 784], [32, 28, 29])).toEqual(
      Either.left('reshape: [32, 784] has 25088 elements, [32, 28, 29] has 25984')
    )
    expect(reshape(['batch', 784], [-1, 29])).toEqual(
      Either.left('reshape: the batch*784 elements of [batch, 784] do not divide by 29')
    )
    expect(reshape([0, 4], [-1, 0])).toEqual(Either.left('reshape: the 0 elements of [0, 4] do not divide by 0'))
  })

  it('refuses two inferred axes and sizes that are none', () => {
    expect(reshape([6], [-1, -1])).toEqual(Either.left('reshape: only one axis can be inferred, got [-1, -1]'))
    expect(reshape([6], [-2, -3])).toEqual(
      Either.left('reshape: expected whole sizes or names, and -1 for an inferred axis, got [-2, -3]')
    )
    expect(reshape([5], [2.5, 2])).toEqual(
      Either.left('reshape: expected whole sizes or names, and -1 for an inferred axis, got [2.5, 2]')
    )
  })
})
