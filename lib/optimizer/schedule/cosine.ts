/**
 * A schedule that falls along half a cosine, then stays.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { build, nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { add, cos, divide, less, multiply, select, subtract } from '../../expr/index.ts'
import type { ScheduleDefinition } from './definition.ts'
import type { Cosine } from './model.ts'

export const cosineDefinition: ScheduleDefinition<Cosine> = {
  codec: taggedRecord('cosine', { initial: nonNegative, final: nonNegative, steps: positive }),
  evaluate: (_, { initial, final, steps }, step) => {
    const part = pipe(step, divide(steps), multiply(Math.PI), cos, add(1), multiply(0.5))
    const curve = pipe(initial, subtract(final), multiply(part), add(final))
    return pipe(step, less(steps), select(curve, final))
  }
}

/**
 * Cosine decay: slow at first, fast in the middle, slow at the end.
 *
 *     value(t) = final + (initial − final) · ½ (1 + cos(π t / steps)) for t < steps, else final
 *
 * After `steps` the value stays; `CosineAnnealingLR` of PyTorch would rise again.
 *
 * @param options.initial the value at step 0; ≥ 0.
 * @param options.final the value from step `steps` on; ≥ 0. Default 0.
 * @param options.steps the length of the decay; > 0.
 * @see Loshchilov & Hutter 2017, arXiv 1608.03983, without restarts
 * @example
 * import { cosine, at } from 'gradfold/optimizer'
 * const rate = at(cosine({ initial: 1, steps: 10 }))(10) // 0
 * @category schedules
 * @since 0.1.0
 */
export const cosine = (options: {
  readonly initial: number
  readonly final?: number
  readonly steps: number
}): Cosine => build<Cosine>('cosine', cosineDefinition.codec, { final: 0 })(options)
