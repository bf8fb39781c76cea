/**
 * A schedule that is a straight line, then constant.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { add, divide, less, multiply, select, subtract } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Linear } from './model.ts'

export const linearDefinition: ScheduleDefinition<Linear> = {
  codec: taggedRecord('linear', { initial: nonNegative, final: nonNegative, steps: positive }),
  evaluate: (_, { initial, final, steps }, step) => {
    const line = pipe(final, subtract(initial), multiply(pipe(step, divide(steps))), add(initial))
    return pipe(step, less(steps), select(line, final))
  }
}

/**
 * A straight line from one value to another, which then stays.
 *
 *     value(t) = initial + (final − initial) · t / steps for t < steps, else final
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.final the value from step `steps` on; ≥ 0. Default 0.
 * @param options.steps the length of the line; > 0.
 * @example
 * import { linear, at } from 'gradfold/optimizer'
 * const rate = at(linear({ initial: 1, final: 0, steps: 4 }))(1) // 0.75
 * @category schedules
 * @since 0.1.0
 */
export const linear = (options: {
  readonly initial: number
  readonly final?: number
  readonly steps: number
}): Linear => build<Linear>('linear', linearDefinition.codec, { final: 0 })(options)
