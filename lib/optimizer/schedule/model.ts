/**
 * Schedules: hyper-parameters that change with the step, as data.
 *
 * A schedule sees step 0 first. It is evaluated inside the compiled step, from numbers that are in the optimizer's state.
 *
 * @since 0.1.0
 */

/**
 * A value for every step, as data.
 *
 * @category model
 * @since 0.1.0
 */
export type Schedule = Constant | Step | Piecewise | Exponential | Linear | Polynomial | Cosine | InverseTime | Warmup

/**
 * The schedule with a tag.
 *
 * @category types
 * @since 0.1.0
 */
export type ScheduleOf<Tag extends Schedule['tag']> = Extract<Schedule, { readonly tag: Tag }>

/**
 * One value at every step.
 *
 * @category model
 * @since 0.1.0
 */
export interface Constant {
  readonly tag: 'constant'
  readonly value: number
}

/**
 * A staircase.
 *
 * @category model
 * @since 0.1.0
 */
export interface Step {
  readonly tag: 'step'
  readonly initial: number
  readonly factor: number
  readonly every: number
}

/**
 * One value up to each boundary, and one after the last.
 *
 * @category model
 * @since 0.1.0
 */
export interface Piecewise {
  readonly tag: 'piecewise'
  readonly boundaries: readonly number[]
  readonly values: readonly number[]
}

/**
 * An exponential curve.
 *
 * @category model
 * @since 0.1.0
 */
export interface Exponential {
  readonly tag: 'exponential'
  readonly initial: number
  readonly factor: number
  readonly every: number
}

/**
 * A straight line.
 *
 * @category model
 * @since 0.1.0
 */
export interface Linear {
  readonly tag: 'linear'
  readonly initial: number
  readonly final: number
  readonly steps: number
}

/**
 * A power of the remaining steps.
 *
 * @category model
 * @since 0.1.0
 */
export interface Polynomial {
  readonly tag: 'polynomial'
  readonly initial: number
  readonly final: number
  readonly steps: number
  readonly power: number
}

/**
 * Half a cosine.
 *
 * @category model
 * @since 0.1.0
 */
export interface Cosine {
  readonly tag: 'cosine'
  readonly initial: number
  readonly final: number
  readonly steps: number
}

/**
 * One over the time.
 *
 * @category model
 * @since 0.1.0
 */
export interface InverseTime {
  readonly tag: 'inverseTime'
  readonly initial: number
  readonly decay: number
}

/**
 * A straight rise to where another schedule begins, then that schedule.
 *
 * @category model
 * @since 0.1.0
 */
export interface Warmup<S extends Schedule = Schedule> {
  readonly tag: 'warmup'
  readonly from: number
  readonly steps: number
  readonly then: S
}
