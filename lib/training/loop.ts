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
import type { Session, Told } from './session.ts'
import type { AnyBatch } from './step.ts'
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
type Visit = (told: Told, batch: AnyBatch) => boolean

/**
 * Steps over batches until they end, a step fails, or `visit` says that it is enough. A loop and not a recursion:
 * batches may be millions.
 */
export const loop = (
  session: Session,
  batches: Iterable<AnyBatch>,
  visit: Visit
): Either.Either<Failure<AnyState>, AnyState> => {
  try {
    for (const batch of batches) {
      const next = session.next(batch)
      if (Either.isLeft(next)) return next
      if (visit(next.right, batch)) break
    }
    return Either.right(session.state())
  } finally {
    session.dispose()
  }
}

/** Tells observers of a step. */
export const tell = (observers: readonly AnyObserver[], told: Told, batch: AnyBatch): void => {
  if (observers.length === 0) return
  const { position, loss, gradientNorm } = told
  notify(
    observers,
    {
      step: position.step,
      loss,
      metrics: told.metrics(),
      examples: batch.inputs.shape[0] ?? 0,
      cursor: position.cursor,
      gradientNorm
    },
    told.state
  )
}

/** The state behind its check: `StateFit` is the state itself wherever a call compiles. */
export const asState = (state: unknown): AnyState => state as AnyState
