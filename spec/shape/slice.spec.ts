import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stop } from '../../lib/shape/index.ts'
import { slice } from '../../lib/shape/index.ts'
import { shape } from './arbitrary.ts'

describe('slice', () => {
  it('gives the length that Array.prototype.slice gives, wherever it does not reach beyond the axis', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 12 }),
        fc.integer({ min: -14, max: 14 }),
        fc.option(fc.integer({ min: -14, max: 14 })),
        fc.integer({ min: 1, max: 5 }),
        (n, start, stop, stride) => {
          const front = (index: number): number => (index < 0 ? n + index : index)
          const [from, to] = [front(start), stop === null ? n : front(stop)]
          const elements = Array.from({ length: n }, (_, i) => i)
            .slice(start, stop ?? undefined)
            .filter((_, i) => i % stride === 0)
          expect(slice([n], [start], [stop], [stride])).toEqual(
            from < 0 || to > n || from > to
              ? Either.left(`slice: ${start} to ${stop ?? 'the end'} is no part of axis 0 of [${n}]`)
              : Either.right([elements.length])
          )
        }
      ),
      { numRuns: 500 }
    )
  })

  it('treats every axis by itself', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: -9, max: 9 }), fc.option(fc.integer({ min: -9, max: 9 }))),
          { maxLength: 4 }
        ),
        (axes) => {
          const alone = axes.map(([n, a, b]) => slice([n], [a], [b]))
          const all = slice(
            axes.map(([n]) => n),
            axes.map(([, a]) => a),
            axes.map(([, , b]): Stop => b)
          )
          expect(Either.isRight(all)).toBe(alone.every(Either.isRight))
          if (Either.isRight(all)) expect(alone).toEqual(all.right.map((n) => Either.right([n])))
        }
      )
    )
  })

  it('from 0 to the end is all of it', () => {
    fc.assert(
      fc.property(shape(), (s) => {
        expect(
          slice(
            s,
            s.map(() => 0),
            s.map(() => null)
          )
        ).toEqual(Either.right(s))
      })
    )
  })

  it('of a named axis the size is known from the front only', () => {
    expect(slice(['time', 4], [0, 0], [5, 4])).toEqual(Either.right([5, 4]))
    expect(slice(['time', 4], [1, 0], [null, 4])).toEqual(Either.right(['?', 4]))
    expect(slice(['time', 4], [0, 0], [-1, 4])).toEqual(Either.right(['?', 4]))
    expect(slice(['time', 4], [3, 0], [2, 4])).toEqual(Either.left('slice: 3 to 2 is no part of axis 0 of [time, 4]'))
  })

  it('wants one start, stop and stride for each axis, and strides that go forward', () => {
    expect(slice([4, 8], [0], [4, 8])).toEqual(Either.left('slice: expected one start for each axis of [4, 8], got 1'))
    expect(slice([4, 8], [0, 0], [4])).toEqual(Either.left('slice: expected one stop for each axis of [4, 8], got 1'))
    expect(slice([4], [0], [4], [1, 1])).toEqual(Either.left('slice: expected one stride for each axis of [4], got 2'))
    expect(slice([4], [0], [4], [0])).toEqual(Either.left('slice: a stride has to be a positive whole number, got 0'))
    expect(slice([4, 8], [0, 2], [4, 9])).toEqual(Either.left('slice: 2 to 9 is no part of axis 1 of [4, 8]'))
  })
})
