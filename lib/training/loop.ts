/**
 * The loop under every fold, and the types its users see.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType } from '../tensor/index.ts'
import type { Failure } from './failure.ts'
import type { BatchFit, Examples } from './fit.ts'
import { notify, type AnyObserver, type Observer } from './observer.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch, AnyStep, Outcome } from './step.ts'
import type { Training } from './training.ts'

// model

/**
 * Who watches a run.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoldOptions<M, S> {
  readonly observers?: readonly Observer<M, S>[]
}

/**
 * A function of batches to R: batches of shapes X and Y that fit, or the complaint about them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fold<I extends Shape, O extends Shape, Tag extends string, F extends FloatDType, R> {
  <X extends Shape, TX extends DType, Y extends Shape, TY extends DType>(
    batches: BatchFit<I, O, Tag, F, X, TX, Y, TY, Iterable<Examples<X, TX, Y, TY>>>
  ): R
}

/**
 * A function of the batches of a training T to R.
 *
 * @category model
 * @since 0.1.0
 */
export type FoldOf<T, R> =
  T extends Training<infer I, infer O, infer _Ls, infer Tag, infer _A, infer _M, infer F>
    ? Fold<I, O, Tag, F, R>
    : (batches: Iterable<AnyBatch>) => R

// interpretation

/** What is done after a step; true where the run is over. */
type Visit = (outcome: Outcome, batch: AnyBatch) => boolean

/**
 * Steps over batches until they end, a step fails, or `visit` says that it is enough. A loop and not a recursion:
 * batches may be millions.
 */
export const loop = (
  step: AnyStep,
  start: AnyState,
  batches: Iterable<AnyBatch>,
  before: (state: AnyState) => boolean,
  visit: Visit
): Either.Either<Failure<AnyState>, AnyState> => {
  // eslint-disable-next-line functional/no-let -- the one loop of the library that runs over data
  let state = start
  if (before(state)) return Either.right(state)
  for (const batch of batches) {
    const next = step(state, batch)
    if (Either.isLeft(next)) return next
    state = next.right.state
    if (visit(next.right, batch)) return Either.right(state)
  }
  return Either.right(state)
}

/** Tells observers of a step. */
export const tell = (
  observers: readonly AnyObserver[],
  { state, loss, metrics, gradientNorm }: Outcome,
  batch: AnyBatch
): void => {
  if (observers.length > 0)
    notify(
      observers,
      { step: state.step, loss, metrics, examples: batch.inputs.shape[0] ?? 0, cursor: state.cursor, gradientNorm },
      state
    )
}

/** The state behind its check: `StateFit` is the state itself wherever a call compiles. */
export const asState = (state: unknown): AnyState => state as AnyState
