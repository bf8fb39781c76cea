/**
 * Training as a fold: the step, over batches, from a state.
 *
 *     fold(xs ++ ys) = fold(ys) ∘ fold(xs), byte for byte
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { AtomSpec } from '../optimizer/index.ts'
import type { Spec } from '../network/index.ts'
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType } from '../tensor/index.ts'
import type { Failure } from './failure.ts'
import type { BatchFit, Examples, StateFit } from './fit.ts'
import { notify, type AnyObserver, type Observer } from './observer.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch, Outcome } from './step.ts'
import { emptyMemory, needsGradientNorm, overAfter, overBefore, remember, type Memory, type StopRule } from './stop.ts'
import {
  stepperIn,
  type AnyTraining,
  type Measurements,
  type Metrics,
  type StateOf,
  type Stepped,
  type Training
} from './training.ts'

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
 * Batches of shapes X and Y for a training, or the complaint about them.
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
 * How a run by stop rules ended: the state it came to, and the rule that ended it; `undefined` where the batches did.
 *
 * @category model
 * @since 0.1.0
 */
export interface Stopped<S> {
  readonly state: S
  readonly rule: StopRule | undefined
}

// the loop

/** The state before the first step, and after every step what it gave. */
type Visit = (outcome: Outcome, batch: AnyBatch) => boolean

/**
 * Steps over batches until they end, a step fails, or `visit` says that it is enough. A loop and not a recursion:
 * batches may be millions.
 */
const loop = (
  step: (state: AnyState, batch: AnyBatch) => Either.Either<Failure<AnyState>, Outcome>,
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

const tell = (
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

// folds

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
export const fold = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType,
  S
>(
  self: Training<I, O, Ls, Tag, A, M, F>,
  start: StateFit<StateOf<I, Ls, A, F>, S>,
  options: FoldOptions<Measurements<M>, StateOf<I, Ls, A, F>> = {}
): Fold<I, O, Tag, F, Either.Either<Failure<StateOf<I, Ls, A, F>>, StateOf<I, Ls, A, F>>> => {
  const run = foldAny(self, asState(start), options.observers ?? [])
  // a step gives a state of the type it was given
  return run as unknown as Fold<I, O, Tag, F, Either.Either<Failure<StateOf<I, Ls, A, F>>, StateOf<I, Ls, A, F>>>
}

/** The state behind its check: `StateFit` is the state itself wherever a call compiles. */
const asState = (state: unknown): AnyState => state as AnyState

const never = (): boolean => false

const foldAny =
  (self: AnyTraining, start: AnyState, observers: readonly unknown[]) =>
  (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, AnyState> =>
    loop(stepperIn(self).run, start, batches, never, (outcome, batch) => {
      tell(observers as readonly AnyObserver[], outcome, batch)
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
export const scan = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType,
  S
>(
  self: Training<I, O, Ls, Tag, A, M, F>,
  start: StateFit<StateOf<I, Ls, A, F>, S>
): Fold<I, O, Tag, F, Either.Either<Failure<StateOf<I, Ls, A, F>>, readonly Stepped<StateOf<I, Ls, A, F>, M>[]>> => {
  const run = (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, readonly Outcome[]> => {
    const seen: Outcome[] = []
    return pipe(
      loop(stepperIn(self).run, asState(start), batches, never, (outcome) => {
        // eslint-disable-next-line functional/immutable-data -- the results are collected in a list of this run
        seen.push(outcome)
        return false
      }),
      Either.map(() => seen)
    )
  }
  // as in `fold`
  return run as unknown as Fold<
    I,
    O,
    Tag,
    F,
    Either.Either<Failure<StateOf<I, Ls, A, F>>, readonly Stepped<StateOf<I, Ls, A, F>, M>[]>
  >
}

/**
 * The fold that may end before its batches do: at the first of some stop rules.
 *
 * @param self a training made by `make`.
 * @param start where it begins.
 * @param rules any of them ends the run; they are looked at before the first step and after every step.
 * @param options.observers as in `fold`.
 * @returns a function of the batches to the last state and the rule that ended the run, or to the failure.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { batches, fromArrays } from 'gradfold/data'
 * import { dense, input, network } from 'gradfold/network'
 * import { meanSquaredError } from 'gradfold/objective'
 * import { gradientDescent } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import * as Training from 'gradfold/training'
 *
 * const line = fromArrays([[0], [1], [2]], [[1], [3], [5]])
 * const training = Training.make({
 *   network: network(input(1), dense(1)),
 *   loss: meanSquaredError,
 *   optimizer: gradientDescent({ learningRate: 0.1 })
 * })
 * const stopped = pipe(
 *   batches(line, { batchSize: 3, epochs: Infinity }),
 *   Training.foldWhile(training, training.init(key(1)), [Training.lossBelow(1e-3), Training.maxSteps(5000)])
 * )
 * @category folds
 * @since 0.1.0
 */
export const foldWhile = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType,
  S
>(
  self: Training<I, O, Ls, Tag, A, M, F>,
  start: StateFit<StateOf<I, Ls, A, F>, S>,
  rules: readonly StopRule[],
  options: FoldOptions<Measurements<M>, StateOf<I, Ls, A, F>> = {}
): Fold<I, O, Tag, F, Either.Either<Failure<StateOf<I, Ls, A, F>>, Stopped<StateOf<I, Ls, A, F>>>> => {
  const observers: readonly unknown[] = options.observers ?? []
  const from = asState(start)
  const run = (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, Stopped<AnyState>> => {
    const ended: { rule: StopRule | undefined; memories: readonly Memory[] } = {
      rule: undefined,
      memories: rules.map(() => ({ ...emptyMemory, since: from.step }))
    }
    const step = stepperIn(self).runWith({ gradientNorm: needsGradientNorm(rules) })
    return pipe(
      loop(
        step,
        from,
        batches,
        (state) => {
          // eslint-disable-next-line functional/immutable-data -- what the rules remember is of this run
          ended.rule = overBefore(rules, state)
          return ended.rule !== undefined
        },
        (outcome, batch) => {
          tell(observers as readonly AnyObserver[], outcome, batch)
          const memories = rules.map((rule, i) => remember(rule, ended.memories[i] ?? emptyMemory, outcome))
          // eslint-disable-next-line functional/immutable-data -- as above
          ended.memories = memories
          // eslint-disable-next-line functional/immutable-data -- as above
          ended.rule = rules.find((rule, i) => overAfter(rule, memories[i] ?? emptyMemory, outcome))
          return ended.rule !== undefined
        }
      ),
      Either.map((state) => ({ state, rule: ended.rule }))
    )
  }
  // as in `fold`
  return run as unknown as Fold<
    I,
    O,
    Tag,
    F,
    Either.Either<Failure<StateOf<I, Ls, A, F>>, Stopped<StateOf<I, Ls, A, F>>>
  >
}
