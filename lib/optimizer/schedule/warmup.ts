/**
 * A schedule that rises before another begins.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { nonNegative, positive, taggedRecord, type Codec } from '../../codec/index.ts'
import { add, divide, less, maximum, multiply, select, subtract, zerosLike } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Schedule, Warmup } from './model.ts'

/** The definition, given the codec of what follows the warm-up. */
export const warmupDefinition = (codec: Codec<Schedule>): ScheduleDefinition<Warmup> => ({
  codec: taggedRecord<Warmup>('warmup', { from: nonNegative, steps: positive, then: codec }),
  evaluate: ({ then }, { from, steps, then: numbers }, step, evaluate) => {
    // the schedule that follows is never asked about a step before its first
    const after = evaluate(then, numbers, pipe(step, subtract(steps), maximum(0)))
    const peak = evaluate(then, numbers, zerosLike(step))
    const rise = pipe(peak, subtract(from), multiply(pipe(step, divide(steps))), add(from))
    return pipe(step, less(steps), select(rise, after))
  }
})
