/**
 * Arbitrary dimensions, shapes and arguments, shared by the specs of shapes. `'?'` stands for a dimension that is not known.
 */
import * as fc from 'fast-check'
import type { Dim, Shape, Sizes } from '../../lib/shape/index.ts'

export const smallSize: fc.Arbitrary<number> = fc.constantFrom(0, 1, 1, 2, 3, 4, 5, 6, 8, 12)
export const sizes = (maxRank = 4): fc.Arbitrary<Sizes> => fc.array(smallSize, { maxLength: maxRank })
export const dim: fc.Arbitrary<Dim> = fc.oneof(
  { weight: 6, arbitrary: smallSize },
  { weight: 3, arbitrary: fc.constantFrom('batch', 'time', 'batch*time', 'time*batch', 'time*4') },
  { weight: 1, arbitrary: fc.constant('?') }
)
export const shape = (maxRank = 4): fc.Arbitrary<Shape> => fc.array(dim, { maxLength: maxRank })

/** A shape and another one that differs from it in few axes, so that both agreement and mismatch are common. */
export const alike: fc.Arbitrary<readonly [Shape, Shape]> = shape().chain((a) =>
  fc.tuple(
    fc.constant(a),
    fc
      .tuple(
        fc.array(fc.option(fc.oneof(dim, fc.constant<Dim>(1)), { nil: undefined, freq: 5 }), {
          minLength: a.length,
          maxLength: a.length
        }),
        fc.nat({ max: 6 })
      )
      .map(([other, cut]): Shape => a.map((d, i) => other[i] ?? d).slice(cut < 5 ? 0 : cut - 4))
  )
)

/** An axis for a shape of this rank, mostly a proper one. */
export const axisFor = (rank: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -Math.max(1, rank), max: Math.max(0, rank - 1) }) },
    { weight: 1, arbitrary: fc.integer({ min: -9, max: 9 }) }
  )
