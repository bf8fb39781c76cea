/**
 * A schedule that falls as one over the time.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, taggedRecord } from '../../codec/index.ts'
import { add, divide, multiply } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { InverseTime } from './model.ts'

export const inverseTimeDefinition: ScheduleDefinition<InverseTime> = {
  codec: taggedRecord('inverseTime', { initial: nonNegative, decay: nonNegative }),
  evaluate: (_, { initial, decay }, step) => pipe(initial, divide(pipe(step, multiply(decay), add(1))))
}

/**
 * Inverse-time decay, under which stochastic descent on a convex function converges.
 *
 *     value(t) = initial / (1 + decay · t)
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.decay per step; ≥ 0.
 * @see Robbins & Monro 1951; the `lr_decay` of Adagrad in PyTorch
 * @example
 * import { inverseTime, at } from 'gradfold/optimizer'
 * const rate = at(inverseTime({ initial: 1, decay: 0.5 }))(2) // 0.5
 * @category schedules
 * @since 0.1.0
 */
export const inverseTime = (options: Omit<InverseTime, 'tag'>): InverseTime =>
  build<InverseTime>('inverseTime', inverseTimeDefinition.codec)(options)
