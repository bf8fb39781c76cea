/**
 * Hyper-parameters that are a number or a schedule.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { either, positive, type Codec } from '../codec/index.ts'
import { add, convert, scalar, type Expr } from '../expr/index.ts'
import { evaluateSchedule } from './schedule/evaluate.ts'
import type { Schedule } from './schedule/model.ts'
import { scheduleCodec } from './schedule/table.ts'
import { floatTypeOf, type ParameterTree, type Scalar } from './tree.ts'

// model

/**
 * A learning rate: a positive number, or a schedule.
 *
 * @category model
 * @since 0.1.0
 */
export type Rate = number | Schedule

/** The type of a rate as it is kept: which number it is is in the state, not in the type. */
export type Widened<R> = R extends number ? number : R

/** A step counter. */
export type Counter = Expr<[], 'i32'>

// codec

/** A learning rate from and to plain data. */
export const rate: Codec<Rate> = either(positive, scheduleCodec)

// interpretation

/** The value at a step of a rate whose numbers are in the state. */
export const rateAt = (self: Rate, numbers: unknown, step: Counter): Scalar =>
  typeof self === 'number'
    ? // the number of a rate that is a number
      (numbers as Scalar)
    : evaluateSchedule(self, numbers, asFloat(step, numbers))

/** A counter as a float of the type of some numbers. */
const asFloat = (step: Counter, numbers: unknown): Scalar =>
  // atoms are written in the types of f32
  pipe(step, convert(floatTypeOf(numbers as ParameterTree))) as unknown as Scalar

/** The counter of the first step. */
export const firstStep = (): Counter => scalar(0, 'i32')

/** The counter of the next step. */
export const nextStep = (step: Counter): Counter => pipe(step, add(1))
