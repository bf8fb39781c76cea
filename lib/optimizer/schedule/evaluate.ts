/**
 * The value of a schedule at a step: as an expression, and as a number computed by that same expression.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { evaluate } from '../../engine/index.ts'
import { convert, scalar } from '../../expr/index.ts'
import { raise } from '../../shape/index.ts'
import { item, type FloatDType } from '../../tensor/index.ts'
import { hyperParameters } from '../hyper-parameters.ts'
import type { Scalar } from '../tree.ts'
import type { EvaluateSchedule, ScheduleDefinition } from './definition.ts'
import type { Schedule } from './model.ts'
import { scheduleDefinitions } from './table.ts'

/** The value of a schedule, its numbers given as expressions, at a step given as a float. */
export const evaluateSchedule: EvaluateSchedule = (self, numbers, step) =>
  // the definition and the numbers under a tag belong to the schedule with that tag
  (scheduleDefinitions[self.tag] as unknown as ScheduleDefinition<Schedule>).evaluate(
    self,
    numbers as never,
    step,
    evaluateSchedule
  )

/**
 * The value of a schedule at a step, computed by the expression that training uses.
 *
 * @param self the schedule.
 * @param dtype the float type to compute in. Default f32, as in training.
 * @returns a function of the step, a whole number from 0.
 * @example
 * import { linear, at } from 'gradfold/optimizer'
 * const rates = [0, 1, 2].map(at(linear({ initial: 1, steps: 2 }))) // [1, 0.5, 0]
 * @category destructors
 * @since 0.1.0
 */
export const at =
  (self: Schedule, dtype: FloatDType = 'f32') =>
  (step: number): number => {
    if (!Number.isSafeInteger(step) || step < 0) raise(`at: step has to be a whole number from 0, got ${step}`)
    // formulas are written in the types of f32
    const counter = pipe(scalar(step, 'i32'), convert(dtype)) as unknown as Scalar
    return item(evaluate(evaluateSchedule(self, hyperParameters(self, dtype), counter)))
  }
