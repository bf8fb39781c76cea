/**
 * Schedules with a warm-up.
 *
 * @since 0.1.0
 */
import { build } from '../../codec/index.ts'
import { raise } from '../../shape/index.ts'
import { cosine } from './cosine.ts'
import type { Cosine, Schedule, Warmup } from './model.ts'
import { scheduleDefinitions } from './table.ts'

/**
 * Linear warm-up: a straight rise to the first value of another schedule, which follows from its own step 0 on.
 *
 *     value(t) = from + (then(0) − from) · t / steps for t < steps, else then(t − steps)
 *
 * @param options.steps the length of the rise; > 0.
 * @param options.from the value at step 0; ≥ 0. Default 0, so that the first step changes nothing.
 * @param options.then what follows.
 * @example
 * import { warmup, constant, at } from 'gradfold/optimizer'
 * const rate = at(warmup({ steps: 4, then: constant(1) }))(1) // 0.25
 * @category schedules
 * @since 0.1.0
 */
export const warmup = <S extends Schedule>(options: {
  readonly steps: number
  readonly from?: number
  readonly then: S
}): Warmup<S> =>
  // the codec gives back the schedule that was given
  build<Warmup>('warmup', scheduleDefinitions.warmup.codec, { from: 0 })(options) as Warmup<S>

/**
 * Linear warm-up, then cosine decay.
 *
 *     value(t) = from + (peak − from) · t / warmupSteps                          for t < warmupSteps
 *     value(t) = final + (peak − final) · ½ (1 + cos(π (t − w) / (totalSteps − w)))  after, w = warmupSteps
 *     value(t) = final                                                           from totalSteps on
 *
 * @param options.peak the value at step `warmupSteps`; ≥ 0.
 * @param options.warmupSteps the length of the rise; > 0.
 * @param options.totalSteps all steps, those of the warm-up included (as `decay_steps` of Optax); > warmupSteps.
 * @param options.from the value at step 0; ≥ 0. Default 0.
 * @param options.final the value from step `totalSteps` on; ≥ 0. Default 0.
 * @example
 * import { warmupCosine, at } from 'gradfold/optimizer'
 * const rate = at(warmupCosine({ peak: 1, warmupSteps: 10, totalSteps: 100 }))(10) // 1
 * @category schedules
 * @since 0.1.0
 */
export const warmupCosine = (options: {
  readonly peak: number
  readonly warmupSteps: number
  readonly totalSteps: number
  readonly from?: number
  readonly final?: number
}): Warmup<Cosine> => {
  const { peak, warmupSteps, totalSteps, from = 0, final = 0 } = options
  return totalSteps > warmupSteps
    ? warmup({ steps: warmupSteps, from, then: cosine({ initial: peak, final, steps: totalSteps - warmupSteps }) })
    : raise(
        `warmupCosine: totalSteps has to be more than warmupSteps, which it includes, got ${totalSteps} and ${warmupSteps}`
      )
}
