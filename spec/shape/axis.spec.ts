import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseAxes, normaliseAxis } from '../../lib/shape/index.ts'
import { shape } from './arbitrary.ts'

describe('axes', () => {
  it('an axis means the entry that Array.prototype.at gives', () => {
    fc.assert(
      fc.property(shape(6), fc.integer({ min: -8, max: 8 }), (s, axis) => {
        const at = normaliseAxis(s, axis)
        expect(Either.isRight(at)).toBe(s.at(axis) !== undefined)
        if (Either.isRight(at)) {
          expect(s[at.right]).toBe(s.at(axis))
          expect(at.right).toBeGreaterThanOrEqual(0)
        }
      })
    )
  })

  it('−0 is the axis 0, and there is no axis between two', () => {
    expect(normaliseAxis([4], -0)).toStrictEqual(Either.right(0))
    expect(normaliseAxis([4, 5], 0.5, 'sum')).toStrictEqual(Either.left('sum: [4, 5] has no axis 0.5'))
    expect(normaliseAxis([4, 5], NaN, 'sum')).toStrictEqual(Either.left('sum: [4, 5] has no axis NaN'))
  })

  it('a list of axes keeps its order, and without one all axes are meant', () => {
    expect(normaliseAxes([4, 5, 6], [-1, 0])).toStrictEqual(Either.right([2, 0]))
    expect(normaliseAxes([4, 5, 6], 1)).toStrictEqual(Either.right([1]))
    expect(normaliseAxes([4, 5, 6], undefined)).toStrictEqual(Either.right([0, 1, 2]))
    expect(normaliseAxes([4, 5, 6], [])).toStrictEqual(Either.right([]))
  })

  it('an axis named twice is refused under either of its names', () => {
    expect(normaliseAxes([4, 5], [1, -1], 'mean')).toStrictEqual(Either.left('mean: axis -1 of [4, 5] is named twice'))
  })
})
