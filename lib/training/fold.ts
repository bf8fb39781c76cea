/**
 * Training as a fold: the step, over batches, from a state.
 *
 *     fold(xs ++ ys) = fold(ys) ∘ fold(xs), byte for byte
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Failure } from './failure.ts'
import type { StateFit } from './fit.ts'
import { asState, loop, tell, type FoldOf, type FoldOptions } from './loop.ts'
import type { AnyObserver } from './observer.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch, Outcome } from './step.ts'
import { stepperIn } from './make.ts'
import type { AnyTraining, MeasurementsOf, StateOf, Stepped } from './training.ts'

/**
 * The state after all batches.
 *
 *     fold(training, s)([b₁, …, bₙ]) = step(… step(step(s, b₁), b₂) …, bₙ)
 *
 * @param self a training made by `make`.
 * @param start where it begins; unchanged by the run.
 * @param options.observers who is told of every step; they cannot change the run.
 * @returns a function of the batches (any iterable, read once) to the last state, or to the failure that ended it,
 * which has the last good state.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { batches, fromArrays } from 'gradfold/data'
 * import { dense, input, network, tanh } from 'gradfold/network'
 * import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * import { adam } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import * as Training from 'gradfold/training'
 *
 * const xor = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { labels: 'i32' })
 * const training = Training.make({
 *   network: network(input(2), dense(8), tanh, dense(2)),
 *   loss: sparseSoftmaxCrossEntropy,
 *   optimizer: adam({ learningRate: 0.05 })
 * })
 * const final = pipe(batches(xor, { batchSize: 4, epochs: 100 }), Training.fold(training, training.init(key(1))))
 * console.log(final._tag) // Right
 * @category folds
 * @since 0.1.0
 */
export const fold = <T extends AnyTraining, S>(
  self: T,
  start: StateFit<StateOf<T>, S>,
  options: FoldOptions<MeasurementsOf<T>, StateOf<T>> = {}
): FoldOf<T, Either.Either<Failure<StateOf<T>>, StateOf<T>>> => {
  const run = foldAny(self, asState(start), options.observers ?? [])
  // a step gives a state of the type it was given
  return run as unknown as FoldOf<T, Either.Either<Failure<StateOf<T>>, StateOf<T>>>
}

const foldAny =
  (self: AnyTraining, start: AnyState, observers: readonly unknown[]) =>
  (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, AnyState> =>
    loop(stepperIn(self).session(start), batches, (told, batch) => {
      tell(observers as readonly AnyObserver[], told, batch)
      return false
    })

/**
 * Every state on the way, with its loss and metrics: the fold that keeps everything.
 *
 * @param self a training made by `make`.
 * @param start where it begins; it is not among the results.
 * @returns a function of the batches to what every step gave, in order, or to the failure that ended it.
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { batches, fromArrays } from 'gradfold/data'
 * import { dense, input, network, tanh } from 'gradfold/network'
 * import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * import { adam } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import * as Training from 'gradfold/training'
 *
 * const xor = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { labels: 'i32' })
 * const training = Training.make({
 *   network: network(input(2), dense(8), tanh, dense(2)),
 *   loss: sparseSoftmaxCrossEntropy,
 *   optimizer: adam({ learningRate: 0.05 })
 * })
 * const steps = pipe(batches(xor, { batchSize: 4, epochs: 3 }), Training.scan(training, training.init(key(1))))
 * const numbers = pipe(steps, Either.map((all) => all.map(({ state }) => state.step))) // right([1, 2, 3])
 * @category folds
 * @since 0.1.0
 */
export const scan = <T extends AnyTraining, S>(
  self: T,
  start: StateFit<StateOf<T>, S>
): FoldOf<T, Either.Either<Failure<StateOf<T>>, readonly Stepped<StateOf<T>, T['metrics']>[]>> => {
  const run = (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, readonly Outcome[]> => {
    const seen: Outcome[] = []
    return pipe(
      loop(stepperIn(self).session(asState(start)), batches, ({ state, loss, metrics, gradientNorm }) => {
        // eslint-disable-next-line functional/immutable-data -- the results are collected in a list of this run
        seen.push({ state: state(), loss, metrics: metrics(), gradientNorm })
        return false
      }),
      Either.map(() => seen)
    )
  }
  // as in `fold`
  return run as unknown as FoldOf<T, Either.Either<Failure<StateOf<T>>, readonly Stepped<StateOf<T>, T['metrics']>[]>>
}
