/**
 * A schedule that falls by a factor every so many steps.
 *
 * @since 0.1.0
 */
import { build, nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { divide, floor, multiply, power } from '../../expr/index.ts'
import { pipe } from 'fp-ts/lib/function.js'
import type { ScheduleDefinition } from './definition.ts'
import type { Step } from './model.ts'

export const stepDefinition: ScheduleDefinition<Step> = {
  codec: taggedRecord('step', { initial: nonNegative, factor: positive, every: positive }),
  evaluate: (_, { initial, factor, every }, step) =>
    pipe(factor, power(pipe(step, divide(every), floor)), multiply(initial))
}

/**
 * Step decay: the value is multiplied by a factor after every `every` steps.
 *
 *     value(t) = initial · factor^⌊t / every⌋
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.factor > 0; below 1 the value falls.
 * @param options.every the length of a stair in steps; > 0.
 * @see `StepLR` of PyTorch gives the same values
 * @example
 * import { step, at } from 'gradfold/optimizer'
 * const rate = at(step({ initial: 1, factor: 0.5, every: 10 }))(25) // 0.25
 * @category schedules
 * @since 0.1.0
 */
export const step = (options: Omit<Step, 'tag'>): Step => build<Step>('step', stepDefinition.codec)(options)
