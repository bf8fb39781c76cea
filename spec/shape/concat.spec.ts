import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sizes } from '../../lib/shape/index.ts'
import { concat, concatAll, size } from '../../lib/shape/index.ts'
import { shape, sizes, smallSize } from './arbitrary.ts'

/** Some shapes that agree but on one axis. */
const joinable = fc
  .tuple(sizes(3), sizes(2), fc.array(smallSize, { minLength: 1, maxLength: 4 }))
  .map(([before, after, along]) => ({
    axis: before.length,
    shapes: along.map((n): Sizes => [...before, n, ...after]),
    joined: [...before, along.reduce((a, b) => a + b), ...after]
  }))

describe('concat', () => {
  it('adds the sizes of the axis and keeps all others', () => {
    fc.assert(
      fc.property(joinable, ({ axis, shapes, joined }) => {
        expect(concatAll(shapes, axis)).toEqual(Either.right(joined))
        expect(concatAll(shapes, axis - joined.length)).toEqual(Either.right(joined))
      })
    )
  })

  it('has as many elements as its parts together', () => {
    fc.assert(
      fc.property(joinable, ({ axis, shapes }) => {
        const joined = concatAll(shapes, axis)
        const parts = shapes.map(size).reduce((a, b) => a + b)
        expect(Either.map(size)(joined)).toEqual(Either.right(parts))
      })
    )
  })

  it('is associative, and a list is joined from the left', () => {
    fc.assert(
      fc.property(joinable, ({ axis, shapes }) => {
        const [first = [], ...rest] = shapes
        const folded = rest.reduce<Either.Either<string, Sizes>>(
          (all, s) =>
            pipe(
              all,
              Either.flatMap((a) => concat(a, s, axis))
            ),
          Either.right(first)
        )
        expect(folded).toEqual(concatAll(shapes, axis))
      })
    )
  })

  it('keeps what is known of the other axes, and a sum with a name is not known', () => {
    expect(concat(['?', 2], [5, 3], 1)).toEqual(Either.right([5, 5]))
    expect(concat(['time', 4], ['time', 4], 0)).toEqual(Either.right(['?', 4]))
  })

  it('refuses other ranks, other sizes off the axis, no such axis, and nothing', () => {
    fc.assert(fc.property(shape(), (s) => Either.isLeft(concat(s, [...s, 1], 0))))
    expect(concat([2, 3], [3, 3], 1)).toEqual(Either.left('concat: [2, 3] and [3, 3] differ off axis 1'))
    expect(
      concatAll(
        [
          [2, 3],
          [2, 4],
          [3, 5]
        ],
        1
      )
    ).toEqual(Either.left('concat: [2, 3] and [3, 5] differ off axis 1'))
    expect(concat([2, 3], [2], 0)).toEqual(Either.left('concat: [2, 3] and [2] have different ranks'))
    expect(concat([2, 3], [2, 3], 2)).toEqual(Either.left('concat: [2, 3] has no axis 2'))
    expect(concatAll([], 0)).toEqual(Either.left('concat: expected at least one shape, got none'))
  })
})
