/**
 * Stop rules: when a run is over, as data.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import type { AnyState } from './state.ts'

// model

/**
 * Stops before the step with this number: a run from the beginning makes so many updates.
 *
 * @category model
 * @since 0.1.0
 */
export interface MaxSteps {
  readonly tag: 'maxSteps'
  readonly steps: number
}

/**
 * Stops when so many epochs of the data are done.
 *
 * @category model
 * @since 0.1.0
 */
export interface MaxEpochs {
  readonly tag: 'maxEpochs'
  readonly epochs: number
}

/**
 * Stops after a step whose batch had a loss below the threshold.
 *
 * @category model
 * @since 0.1.0
 */
export interface LossBelow {
  readonly tag: 'lossBelow'
  readonly threshold: number
}

/**
 * Stops after a step whose gradient had a norm below the threshold.
 *
 * @category model
 * @since 0.1.0
 */
export interface GradientNormBelow {
  readonly tag: 'gradientNormBelow'
  readonly threshold: number
}

/**
 * Stops when the loss has not fallen by more than `minDelta` below its best for `patience` steps.
 *
 * @category model
 * @since 0.1.0
 */
export interface NoImprovement {
  readonly tag: 'noImprovement'
  readonly patience: number
  readonly minDelta: number
}

/**
 * When a run is over.
 *
 * @category model
 * @since 0.1.0
 */
export type StopRule = MaxSteps | MaxEpochs | LossBelow | GradientNormBelow | NoImprovement

// constructors

const whole = (name: string, what: string, value: number, least: number): number =>
  Number.isSafeInteger(value) && value >= least
    ? value
    : raise(`${name}: ${what} has to be a whole number of at least ${least}, got ${value}`)

const finite = (name: string, what: string, value: number, least: number): number =>
  Number.isFinite(value) && value >= least
    ? value
    : raise(`${name}: ${what} has to be a finite number of at least ${least}, got ${value}`)

/**
 * Stops when the state's step is `steps`, so a resumed run ends where the whole one would.
 *
 * @param steps from 0.
 * @example
 * import { maxSteps } from 'gradfold/training'
 * const rule = maxSteps(1000)
 * @category stop rules
 * @since 0.1.0
 */
export const maxSteps = (steps: number): MaxSteps => ({ tag: 'maxSteps', steps: whole('maxSteps', 'steps', steps, 0) })

/**
 * Stops when the state's cursor has come to epoch `epochs`.
 *
 * @param epochs from 0.
 * @example
 * import { maxEpochs } from 'gradfold/training'
 * const rule = maxEpochs(10)
 * @category stop rules
 * @since 0.1.0
 */
export const maxEpochs = (epochs: number): MaxEpochs => ({
  tag: 'maxEpochs',
  epochs: whole('maxEpochs', 'epochs', epochs, 0)
})

/**
 * Stops after the first step whose loss, measured before its update, is below the threshold.
 *
 * @example
 * import { lossBelow } from 'gradfold/training'
 * const rule = lossBelow(0.01)
 * @category stop rules
 * @since 0.1.0
 */
export const lossBelow = (threshold: number): LossBelow => ({
  tag: 'lossBelow',
  threshold: finite('lossBelow', 'threshold', threshold, -Number.MAX_VALUE)
})

/**
 * Stops after the first step whose gradient, before the optimizer, has a Euclidean norm below the threshold.
 *
 * @param threshold from 0.
 * @example
 * import { gradientNormBelow } from 'gradfold/training'
 * const rule = gradientNormBelow(1e-4)
 * @category stop rules
 * @since 0.1.0
 */
export const gradientNormBelow = (threshold: number): GradientNormBelow => ({
  tag: 'gradientNormBelow',
  threshold: finite('gradientNormBelow', 'threshold', threshold, 0)
})

/**
 * Stops when the loss has not improved for `patience` steps: loss < best − minDelta did not hold in any of them.
 *
 * The best loss is remembered within one run; a resumed run begins to remember anew.
 *
 * @param options.patience steps, from 1.
 * @param options.minDelta from 0; default 0.
 * @example
 * import { noImprovement } from 'gradfold/training'
 * const rule = noImprovement({ patience: 100, minDelta: 1e-4 })
 * @category stop rules
 * @since 0.1.0
 */
export const noImprovement = (options: { readonly patience: number; readonly minDelta?: number }): NoImprovement => ({
  tag: 'noImprovement',
  patience: whole('noImprovement', 'patience', options.patience, 1),
  minDelta: finite('noImprovement', 'minDelta', options.minDelta ?? 0, 0)
})

// interpretation

/** What the rules remember between steps. */
export interface Memory {
  readonly best: number
  /** the step at which the loss was best */
  readonly since: number
}

export const emptyMemory: Memory = { best: Infinity, since: 0 }

/** Where a run is. */
export type Position = Pick<AnyState, 'step' | 'cursor'>

/** What the rules know of the last step. */
export interface Progress {
  /** after it */
  readonly position: Position
  readonly loss: number
  readonly gradientNorm: number | undefined
}

/** Whether any rule looks at the gradient. */
export const needsGradientNorm = (rules: readonly StopRule[]): boolean =>
  rules.some((rule) => rule.tag === 'gradientNormBelow')

/** The first rule by which a run is over before its next step. */
export const overBefore = (rules: readonly StopRule[], position: Position): StopRule | undefined =>
  rules.find((rule) => {
    switch (rule.tag) {
      case 'maxSteps':
        return position.step >= rule.steps
      case 'maxEpochs':
        return position.cursor.epoch >= rule.epochs
      case 'lossBelow':
      case 'gradientNormBelow':
      case 'noImprovement':
        return false
    }
  })

/** The memory after a step; each rule of improvement has its own. */
export const remember = (rule: StopRule, memory: Memory, { position, loss }: Progress): Memory =>
  rule.tag === 'noImprovement' && loss < memory.best - rule.minDelta ? { best: loss, since: position.step } : memory

/** Whether a run is over after a step, by one rule. */
export const overAfter = (rule: StopRule, memory: Memory, { position, loss, gradientNorm }: Progress): boolean => {
  switch (rule.tag) {
    case 'lossBelow':
      return loss < rule.threshold
    case 'gradientNormBelow':
      return gradientNorm !== undefined && gradientNorm < rule.threshold
    case 'noImprovement':
      return position.step - memory.since >= rule.patience
    case 'maxSteps':
    case 'maxEpochs':
      return overBefore([rule], position) !== undefined
  }
}
