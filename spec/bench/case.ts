/**
 * A case of the benchmarks: a training and one batch of it, ready to be timed, stepped or checked.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Engine } from 'gradfold/engine'
import { time, type Plan, type Timing } from './timing.ts'

// model

/** What a training of one batch can do; throws where a step fails. */
export interface Prepared {
  /** times one fold over the batch, again and again */
  readonly time: (plan: Plan) => Timing
  /** the loss of each of the first steps */
  readonly losses: (steps: number) => readonly number[]
}

export type Case = (engine: Engine) => Prepared

// constructors

interface Failed {
  readonly message: string
}

interface Stepped {
  readonly loss: number
}

const orThrow = <A>(outcome: Either.Either<Failed, A>): A =>
  pipe(
    outcome,
    Either.getOrElse<Failed, A>(({ message }) => {
      throw new Error(message)
    })
  )

/** A case from its batch, and from `Training.fold` and `Training.scan` of its training from the first state. */
export const prepared = <B>(
  batch: B,
  fold: (batches: Iterable<B>) => Either.Either<Failed, unknown>,
  scan: (batches: Iterable<B>) => Either.Either<Failed, readonly Stepped[]>
): Prepared => ({
  time: (plan) =>
    time(batch, plan, (batches) => {
      orThrow(fold(batches))
    }),
  losses: (steps) => orThrow(scan(Array.from({ length: steps }, () => batch))).map(({ loss }) => loss)
})
