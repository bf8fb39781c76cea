/**
 * What a kind of schedule is: a codec and a formula.
 *
 * @since 0.1.0
 */
import type { Codec, Tagged } from '../../codec/index.ts'
import type { HyperParameters, Working } from '../hyper-parameters.ts'
import type { Scalar } from '../tree.ts'
import type { Schedule } from './model.ts'

/** The value of a schedule, its numbers given as expressions, at a step given as a float. */
export type EvaluateSchedule = (self: Schedule, numbers: unknown, step: Scalar) => Scalar

/** The definition of one kind of schedule. */
export interface ScheduleDefinition<S extends Tagged> {
  readonly codec: Codec<S>
  readonly evaluate: (self: S, numbers: Working<HyperParameters<S>>, step: Scalar, evaluate: EvaluateSchedule) => Scalar
}
