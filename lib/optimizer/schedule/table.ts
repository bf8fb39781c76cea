/**
 * The one table of the schedules.
 *
 * @since 0.1.0
 */
import { taggedUnion, type Codec } from '../../codec/index.ts'
import { constantDefinition } from './constant.ts'
import { cosineDefinition } from './cosine.ts'
import type { ScheduleDefinition } from './definition.ts'
import { exponentialDefinition } from './exponential.ts'
import { inverseTimeDefinition } from './inverse-time.ts'
import { linearDefinition } from './linear.ts'
import type { Schedule, ScheduleOf } from './model.ts'
import { piecewiseDefinition } from './piecewise.ts'
import { polynomialDefinition } from './polynomial.ts'
import { stepDefinition } from './step.ts'
import { warmupDefinition } from './warmup.ts'

/** The codec of every schedule; the table is looked up late, because a warm-up contains a schedule. */
export const scheduleCodec: Codec<Schedule> = taggedUnion<Schedule>('schedule', () => ({
  constant: scheduleDefinitions.constant.codec,
  step: scheduleDefinitions.step.codec,
  piecewise: scheduleDefinitions.piecewise.codec,
  exponential: scheduleDefinitions.exponential.codec,
  linear: scheduleDefinitions.linear.codec,
  polynomial: scheduleDefinitions.polynomial.codec,
  cosine: scheduleDefinitions.cosine.codec,
  inverseTime: scheduleDefinitions.inverseTime.codec,
  warmup: scheduleDefinitions.warmup.codec
}))

/** The codec and the formula of each kind of schedule. */
export const scheduleDefinitions: { readonly [Tag in Schedule['tag']]: ScheduleDefinition<ScheduleOf<Tag>> } = {
  constant: constantDefinition,
  step: stepDefinition,
  piecewise: piecewiseDefinition,
  exponential: exponentialDefinition,
  linear: linearDefinition,
  polynomial: polynomialDefinition,
  cosine: cosineDefinition,
  inverseTime: inverseTimeDefinition,
  warmup: warmupDefinition(scheduleCodec)
}
