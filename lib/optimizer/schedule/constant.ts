/**
 * The schedule that never changes.
 *
 * @since 0.1.0
 */
import { build, nonNegative, taggedRecord } from '../../codec/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Constant } from './model.ts'

export const constantDefinition: ScheduleDefinition<Constant> = {
  codec: taggedRecord('constant', { value: nonNegative }),
  evaluate: (_, { value }) => value
}

/**
 * The schedule that is the same at every step, for places where a schedule is asked for, such as after a warm-up.
 *
 *     value(t) = value
 *
 * @param value ≥ 0.
 * @example
 * import { constant, at } from 'gradfold/optimizer'
 * const rate = at(constant(0.5))(1000) // 0.5
 * @category schedules
 * @since 0.1.0
 */
export const constant = (value: number): Constant => build<Constant>('constant', constantDefinition.codec)({ value })
