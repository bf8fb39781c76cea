/**
 * Training that may end before its batches do.
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
import type { AnyBatch } from './step.ts'
import { emptyMemory, needsGradientNorm, overAfter, overBefore, remember, type Memory, type StopRule } from './stop.ts'
import { stepperIn } from './make.ts'
import type { AnyTraining, MeasurementsOf, StateOf } from './training.ts'

// model

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

// interpretation

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
export const foldWhile = <T extends AnyTraining, S>(
  self: T,
  start: StateFit<StateOf<T>, S>,
  rules: readonly StopRule[],
  options: FoldOptions<MeasurementsOf<T>, StateOf<T>> = {}
): FoldOf<T, Either.Either<Failure<StateOf<T>>, Stopped<StateOf<T>>>> => {
  const observers: readonly unknown[] = options.observers ?? []
  const from = asState(start)
  const run = (batches: Iterable<AnyBatch>): Either.Either<Failure<AnyState>, Stopped<AnyState>> => {
    const ended: { rule: StopRule | undefined; memories: readonly Memory[] } = {
      rule: undefined,
      memories: rules.map(() => ({ ...emptyMemory, since: from.step }))
    }
    const before = overBefore(rules, from)
    if (before !== undefined) return Either.right({ state: from, rule: before })
    const session = stepperIn(self).session(from, { gradientNorm: needsGradientNorm(rules) })
    return pipe(
      loop(session, batches, (told, batch) => {
        tell(observers as readonly AnyObserver[], told, batch)
        const memories = rules.map((rule, i) => remember(rule, ended.memories[i] ?? emptyMemory, told))
        // eslint-disable-next-line functional/immutable-data -- what the rules remember is of this run
        ended.memories = memories
        // eslint-disable-next-line functional/immutable-data -- as above
        ended.rule = rules.find((rule, i) => overAfter(rule, memories[i] ?? emptyMemory, told))
        return ended.rule !== undefined
      }),
      Either.map((state) => ({ state, rule: ended.rule }))
    )
  }
  // as in `fold`
  return run as unknown as FoldOf<T, Either.Either<Failure<StateOf<T>>, Stopped<StateOf<T>>>>
}
