/**
 * A schedule of constant pieces.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { less, select } from '../../expr/index.ts'
import { raise } from '../../shape/index.ts'
import { build, listOf, nonNegative, positive, taggedRecord, type Codec } from '../options.ts'
import type { Scalar } from '../tree.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Piecewise } from './model.ts'

const fields: Codec<Piecewise> = taggedRecord('piecewise', { boundaries: listOf(positive), values: listOf(nonNegative) })

const isAscending = (list: readonly number[]): boolean => list.every((n, i) => i === 0 || n > (list[i - 1] ?? n))

const codec: Codec<Piecewise> = new t.Type<Piecewise, unknown>(
  'piecewise',
  fields.is,
  (u, context) =>
    pipe(
      fields.validate(u, context),
      Either.flatMap((self) =>
        self.values.length !== self.boundaries.length + 1
          ? t.failure(
              u,
              context,
              `has to have one value more than boundaries, got ${self.values.length} values and ${self.boundaries.length} boundaries`
            )
          : isAscending(self.boundaries)
            ? t.success(self)
            : t.failure(u, context, `has to have ascending boundaries, got ${self.boundaries.join(', ')}`)
      )
    ),
  fields.encode
)

export const piecewiseDefinition: ScheduleDefinition<Piecewise> = {
  codec,
  evaluate: (_, { boundaries, values }, step) => {
    const last = values.at(-1) ?? raise('piecewise: has no value')
    return boundaries.reduceRight<Scalar>(
      (later, boundary, i) => pipe(step, less(boundary), select(values[i] ?? last, later)),
      last
    )
  }
}

/**
 * Constant pieces: `values[i]` before `boundaries[i]`, the last value from the last boundary on.
 *
 *     value(t) = values[i] for the first i with t < boundaries[i], else the last value
 *
 * @param options.boundaries ascending steps; may be empty.
 * @param options.values ≥ 0, one more than boundaries.
 * @see `MultiStepLR` of PyTorch, with the values written out
 * @example
 * import { piecewise, at } from 'gradfold/optimizer'
 * const rate = at(piecewise({ boundaries: [10, 20], values: [1, 0.5, 0.25] }))(10) // 0.5
 * @category schedules
 * @since 0.1.0
 */
export const piecewise = (options: Omit<Piecewise, 'tag'>): Piecewise => build<Piecewise>('piecewise', codec)(options)
