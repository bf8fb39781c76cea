/**
 * A schedule of constant pieces.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, checked, list, nonNegative, positive, taggedRecord, type Codec } from '../../codec/index.ts'
import { less, select } from '../../expr/index.ts'
import { raise } from '../../shape/index.ts'
import type { Scalar } from '../tree.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Piecewise } from './model.ts'

const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? n))

const problem = ({ boundaries, values }: Piecewise): string | undefined => {
  if (values.length !== boundaries.length + 1)
    return `has to have one value more than boundaries, got ${values.length} values and ${boundaries.length} boundaries`
  return isAscending(boundaries) ? undefined : `has to have ascending boundaries, got ${boundaries.join(', ')}`
}

const codec: Codec<Piecewise> = checked(
  taggedRecord<Piecewise>('piecewise', { boundaries: list(positive), values: list(nonNegative) }),
  problem
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
