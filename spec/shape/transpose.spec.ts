import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shape, Sizes } from '../../lib/shape/index.ts'
import { transpose } from '../../lib/shape/index.ts'
import { shape } from './arbitrary.ts'

const ordered: fc.Arbitrary<readonly [Shape, Sizes]> = shape(6).chain((s) =>
  fc.tuple(
    fc.constant(s),
    fc.shuffledSubarray(
      s.map((_, i) => i),
      { minLength: s.length }
    )
  )
)

describe('transpose', () => {
  it('puts the axis order[i] at i', () => {
    fc.assert(
      fc.property(ordered, ([s, order]) => {
        expect(transpose(s, order)).toEqual(Either.right(order.map((axis) => s[axis])))
      })
    )
  })

  it('the inverse order undoes it', () => {
    fc.assert(
      fc.property(ordered, ([s, order]) => {
        const inverse = order.map((_, axis) => order.indexOf(axis))
        const back = pipe(
          transpose(s, order),
          Either.flatMap((t) => transpose(t, inverse))
        )
        expect(back).toEqual(Either.right(s))
      })
    )
  })

  it('without an order it reverses, and twice is nothing', () => {
    fc.assert(
      fc.property(shape(6), (s) => {
        const once = transpose(s)
        expect(once).toEqual(Either.right([...s].reverse()))
        expect(
          pipe(
            once,
            Either.flatMap((t) => transpose(t))
          )
        ).toEqual(Either.right(s))
      })
    )
  })

  it('negative axes count from the back', () => {
    fc.assert(
      fc.property(ordered, ([s, order]) => {
        expect(
          transpose(
            s,
            order.map((axis) => axis - s.length)
          )
        ).toEqual(transpose(s, order))
      })
    )
  })

  it('refuses what is no order: an axis twice, too few, too many, none such', () => {
    const say = (order: Sizes): string => `transpose: [${order.join(', ')}] is not an order of the axes of [2, 3]`
    ;[[0, 0], [1, -1], [0], [0, 1, 0], [0, 2], []].forEach((order) => {
      expect(transpose([2, 3], order)).toEqual(Either.left(say(order)))
    })
  })
})
