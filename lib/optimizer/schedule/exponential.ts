/**
 * A schedule that falls exponentially.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { divide, multiply, power } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Exponential } from './model.ts'

export const exponentialDefinition: ScheduleDefinition<Exponential> = {
  codec: taggedRecord('exponential', { initial: nonNegative, factor: positive, every: positive }),
  evaluate: (_, { initial, factor, every }, step) => pipe(factor, power(pipe(step, divide(every))), multiply(initial))
}

/**
 * Exponential decay: the value falls smoothly by a factor in every `every` steps.
 *
 *     value(t) = initial · factor^(t / every)
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.factor > 0; below 1 the value falls.
 * @param options.every steps per factor; > 0. Default 1.
 * @see `step` for the same as a staircase; `ExponentialLR` of PyTorch (every = 1)
 * @example
 * import { exponential, at } from 'gradfold/optimizer'
 * const rate = at(exponential({ initial: 1, factor: 0.5, every: 10 }))(20) // 0.25
 * @category schedules
 * @since 0.1.0
 */
export const exponential = (options: {
  readonly initial: number
  readonly factor: number
  readonly every?: number
}): Exponential => build<Exponential>('exponential', exponentialDefinition.codec, { every: 1 })(options)
