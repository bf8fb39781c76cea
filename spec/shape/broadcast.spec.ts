import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sizes } from '../../lib/shape/index.ts'
import { broadcast, broadcastTo, sameShape } from '../../lib/shape/index.ts'
import { alike, shape, sizes } from './arbitrary.ts'

/** Sizes with many ones, so that they often broadcast. */
const stretchable = fc.array(fc.constantFrom(1, 1, 1, 0, 3, 3, 4), { maxLength: 4 })

/** The definition, axis by axis from the end: all sizes but 1 are equal. */
const common = (shapes: readonly Sizes[]): Sizes | undefined => {
  const rank = Math.max(...shapes.map((s) => s.length))
  const axes = Array.from({ length: rank }, (_, i) => [
    ...new Set(shapes.map((s) => s[s.length - rank + i] ?? 1).filter((n) => n !== 1))
  ])
  return axes.every((all) => all.length < 2) ? axes.map(([n]) => n ?? 1) : undefined
}

describe('broadcast', () => {
  it('gives the one size other than 1 on each axis', () => {
    fc.assert(
      fc.property(stretchable, stretchable, (a, b) => {
        expect(Either.getOrElseW(() => undefined)(broadcast(a, b))).toEqual(common([a, b]))
      })
    )
  })

  it('is commutative', () => {
    fc.assert(
      fc.property(fc.oneof(alike, fc.tuple(shape(), shape())), ([a, b]) => {
        const [ab, ba] = [broadcast(a, b), broadcast(b, a)]
        expect(Either.isRight(ab)).toBe(Either.isRight(ba))
        if (Either.isRight(ab) && Either.isRight(ba)) expect(sameShape(ab.right, ba.right)).toBe(true)
      })
    )
  })

  it('is associative', () => {
    fc.assert(
      fc.property(stretchable, stretchable, stretchable, (a, b, c) => {
        const left = pipe(
          broadcast(a, b),
          Either.flatMap((ab) => broadcast(ab, c))
        )
        const right = pipe(
          broadcast(b, c),
          Either.flatMap((bc) => broadcast(a, bc))
        )
        expect(Either.getOrElseW(() => undefined)(left)).toEqual(common([a, b, c]))
        expect(Either.getOrElseW(() => undefined)(right)).toEqual(common([a, b, c]))
      })
    )
  })

  it('is idempotent, and a scalar is neutral', () => {
    fc.assert(
      fc.property(shape(), (a) => {
        expect(broadcast(a, a)).toEqual(Either.right(a))
        expect(broadcast(a, [])).toEqual(Either.right(a))
      })
    )
  })

  it('says who asked and for what', () => {
    expect(broadcast(['batch', 128], [64], 'add')).toEqual(
      Either.left('add: shapes [batch, 128] and [64] do not broadcast')
    )
  })
})

describe('broadcastTo', () => {
  it('reaches the common shape from both sides, and nothing from it but itself', () => {
    fc.assert(
      fc.property(stretchable, stretchable, (a, b) => {
        const both = broadcast(a, b)
        fc.pre(Either.isRight(both))
        if (Either.isRight(both)) {
          expect(broadcastTo(a, both.right)).toEqual(both)
          expect(broadcastTo(b, both.right)).toEqual(both)
          expect(Either.isRight(broadcastTo(both.right, a))).toBe(sameShape(both.right, a))
        }
      })
    )
  })

  it('never shrinks a shape', () => {
    fc.assert(fc.property(sizes(3), (s) => Either.isLeft(broadcastTo([2, ...s], s))))
    expect(broadcastTo([2, 5], [1, 5])).toEqual(Either.left('broadcastTo: [2, 5] does not broadcast to [1, 5]'))
  })
})
