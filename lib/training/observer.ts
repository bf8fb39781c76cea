/**
 * Observers: who is told about every step of a run, and cannot change it.
 *
 * @since 0.1.0
 */
import type { Cursor } from '../data/index.ts'
import type { AnyState } from './state.ts'

/**
 * What is told of a step.
 *
 * @category model
 * @since 0.1.0
 */
export interface StepEvent<M> {
  /** how many updates were made, this one included */
  readonly step: number
  /** the loss of the batch before the update */
  readonly loss: number
  /** what the metrics measured of the batch, by name */
  readonly metrics: M
  /** how many examples the batch had */
  readonly examples: number
  /** the cursor that follows the batch */
  readonly cursor: Cursor
  /** of the gradient before the optimizer; there only where a stop rule asked for it */
  readonly gradientNorm: number | undefined
}

/**
 * Someone who watches a run: gets scalars, returns nothing.
 *
 * @category model
 * @since 0.1.0
 */
export interface ScalarObserver<M> {
  readonly snapshot?: false
  readonly observe: (event: StepEvent<M>) => void
}

/**
 * Someone who also wants the state after the step: an immutable value that may be kept.
 *
 * @category model
 * @since 0.1.0
 */
export interface SnapshotObserver<M, S> {
  readonly snapshot: true
  readonly observe: (event: StepEvent<M>, state: S) => void
}

/**
 * Someone who watches a run.
 *
 * @category model
 * @since 0.1.0
 */
export type Observer<M, S> = ScalarObserver<M> | SnapshotObserver<M, S>

/** An observer of which nothing is known. */
export type AnyObserver = Observer<never, never>

/** Tells every observer, in order; the state is only made where somebody wants it. */
export const notify = (observers: readonly AnyObserver[], event: StepEvent<unknown>, state: () => AnyState): void => {
  // an observer is only ever given events and states of its own training
  for (const observer of observers as readonly Observer<unknown, AnyState>[])
    if (observer.snapshot === true) observer.observe(event, state())
    else observer.observe(event)
}
