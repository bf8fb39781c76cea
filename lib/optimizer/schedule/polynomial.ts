/**
 * A schedule that falls as a power of the steps that remain.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { add, divide, less, multiply, power, select, subtract } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Polynomial } from './model.ts'

export const polynomialDefinition: ScheduleDefinition<Polynomial> = {
  codec: taggedRecord('polynomial', { initial: nonNegative, final: nonNegative, steps: positive, power: positive }),
  evaluate: (_, { initial, final, steps, power: exponent }, step) => {
    const remaining = pipe(steps, subtract(step), divide(steps))
    const curve = pipe(initial, subtract(final), multiply(pipe(remaining, power(exponent))), add(final))
    return pipe(step, less(steps), select(curve, final))
  }
}

/**
 * Polynomial decay: the distance to the final value is a power of the part of the steps that remains.
 *
 *     value(t) = final + (initial − final) · (1 − t / steps)^power for t < steps, else final
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.final the value from step `steps` on; ≥ 0. Default 0.
 * @param options.steps the length of the decay; > 0.
 * @param options.power > 0; 1 is a straight line. Default 1.
 * @see `PolynomialLR` of PyTorch (final = 0)
 * @example
 * import { polynomial, at } from 'gradfold/optimizer'
 * const rate = at(polynomial({ initial: 1, steps: 4, power: 2 }))(2) // 0.25
 * @category schedules
 * @since 0.1.0
 */
export const polynomial = (options: {
  readonly initial: number
  readonly final?: number
  readonly steps: number
  readonly power?: number
}): Polynomial => build<Polynomial>('polynomial', polynomialDefinition.codec, { final: 0, power: 1 })(options)
