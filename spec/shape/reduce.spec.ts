import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shape, Sizes } from '../../lib/shape/index.ts'
import { broadcastTo, reduce } from '../../lib/shape/index.ts'
import { shape } from './arbitrary.ts'

const reducible: fc.Arbitrary<readonly [Shape, Sizes]> = shape(6).chain((s) =>
  fc.tuple(fc.constant(s), fc.shuffledSubarray(s.map((_, i) => i)))
)

describe('reduce', () => {
  it('keeps the other axes in their order', () => {
    fc.assert(
      fc.property(reducible, ([s, axes]) => {
        expect(reduce(s, axes)).toEqual(Either.right(s.filter((_, i) => !axes.includes(i))))
      })
    )
  })

  it('with keep it gives a shape that broadcasts back', () => {
    fc.assert(
      fc.property(reducible, ([s, axes]) => {
        const back = pipe(
          reduce(s, axes, true),
          Either.flatMap((kept) => broadcastTo(kept, s))
        )
        expect(back).toEqual(Either.right(s))
      })
    )
  })

  it('one axis after the other, from the last, is all at once', () => {
    fc.assert(
      fc.property(reducible, ([s, axes]) => {
        const oneByOne = [...axes]
          .sort((a, b) => b - a)
          .reduce<Either.Either<string, Shape>>(
            (rest, axis) =>
              pipe(
                rest,
                Either.flatMap((t) => reduce(t, axis))
              ),
            Either.right(s)
          )
        expect(oneByOne).toEqual(reduce(s, axes))
      })
    )
  })

  it('negative axes count from the back, and no axes are all axes', () => {
    fc.assert(
      fc.property(reducible, ([s, axes]) => {
        expect(
          reduce(
            s,
            axes.map((axis) => axis - s.length)
          )
        ).toEqual(reduce(s, axes))
        expect(reduce(s)).toEqual(Either.right([]))
        expect(reduce(s, undefined, true)).toEqual(Either.right(s.map(() => 1)))
        expect(reduce(s, [])).toEqual(Either.right(s))
      })
    )
  })

  it('refuses an axis that is not there, and one that is named twice', () => {
    expect(reduce(['batch', 784], 2, false, 'sum')).toEqual(Either.left('sum: [batch, 784] has no axis 2'))
    expect(reduce([], 0, false, 'sum')).toEqual(Either.left('sum: [] has no axis 0'))
    expect(reduce([4, 5], [0, -2], true, 'max')).toEqual(Either.left('max: axis -2 of [4, 5] is named twice'))
  })
})
