/**
 * One step of a training: a pure function of a state and a batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Cursor } from '../data/index.ts'
import type { MeasuredTensors } from '../objective/index.ts'
import { isTensor, leavesOf, pathsAndLeaves, withLeaves, type AnyTensor } from '../tensor/index.ts'
import { bufferOf } from '../tensor/internal.ts'
import { batchComplaint, stateComplaint } from './complaint.ts'
import { mismatch, type Failure } from './failure.ts'
import { argumentsOf, compile, type Compiled, type Extras, type Parts, type Results } from './program.ts'
import { session, type Session } from './session.ts'
import type { AnyState } from './state.ts'
import { failureOf } from './step-failure.ts'

// model

/** A batch of any shapes; one without a cursor leaves the state's where it is. */
export interface AnyBatch {
  readonly inputs: AnyTensor
  readonly labels: AnyTensor
  readonly cursor?: Cursor
}

/** What a step computes. */
export interface Outcome {
  readonly state: AnyState
  readonly loss: number
  readonly metrics: unknown
  /** of the gradient before the optimizer, where it was asked for */
  readonly gradientNorm: number | undefined
}

/** A step of a training of which nothing is known. */
export type AnyStep = (state: AnyState, batch: AnyBatch) => Either.Either<Failure<AnyState>, Outcome>

/** The step of a training: once, or again and again with the state inside of the engine. */
export interface Stepper {
  readonly run: AnyStep
  readonly session: (start: AnyState, extras?: Extras) => Session
}

// constructors

const numberOf = (tensor: unknown): number => (isTensor(tensor) ? Number(bufferOf(tensor)[0]) : Number.NaN)

const isTrue = (tensor: unknown): boolean => numberOf(tensor) === 1

/** What a state and a batch look like to a program: paths, shapes and types. */
const signature = (args: unknown, extras: Extras): string =>
  `${extras.gradientNorm ? 'norm ' : ''}${pathsAndLeaves(args)
    .map(([path, leaf]) => `${path.join('.')} ${leaf.dtype}${leaf.shape.join()}`)
    .join(' ')}`

const finish = (
  parts: Parts,
  compiled: Compiled,
  state: AnyState,
  batch: AnyBatch,
  results: Results<AnyTensor>
): Either.Either<Failure<AnyState>, Outcome> => {
  const loss = numberOf(results.loss)
  const broken = results.finite.findIndex((flag) => !isTrue(flag))
  if (!Number.isFinite(loss) || broken >= 0)
    return Either.left(failureOf(parts, compiled, () => state, batch, loss, broken))
  const [norm] = results.gradientNorm
  return Either.right({
    state: Object.freeze({
      step: state.step + 1,
      params: results.params,
      netState: results.netState,
      optState: results.optState,
      rootKey: state.rootKey,
      cursor: batch.cursor ?? state.cursor
    }),
    loss,
    // the metric reads what its own expressions evaluated to
    metrics: parts.metric.read(results.measured as MeasuredTensors),
    gradientNorm: norm === undefined ? undefined : numberOf(norm)
  })
}

/**
 * The step of a training. Programs are kept by what is returned, one for each shape of batch; the first use of a shape
 * checks state and batch and traces them.
 */
export const stepper = (parts: Parts): Stepper => {
  const known = new Map<string, Compiled>()
  const compiledFor = (
    state: AnyState,
    batch: AnyBatch,
    extras: Extras
  ): Either.Either<Failure<AnyState>, Compiled> => {
    const args = argumentsOf(state, batch)
    const name = signature(args, extras)
    const found = known.get(name)
    if (found !== undefined) return Either.right(found)
    const complaint = stateComplaint(parts, state) ?? batchComplaint('step', parts, batch)
    if (complaint !== undefined) return Either.left(mismatch(state.step, complaint, state))
    const compiled = compile(parts, extras, args)
    // eslint-disable-next-line functional/immutable-data -- compiled programs are kept, which changes no result
    known.set(name, compiled)
    return Either.right(compiled)
  }
  return {
    run: (state, batch) => {
      const compiled = compiledFor(state, batch, noExtras)
      if (Either.isLeft(compiled)) return compiled
      const args = leavesOf(argumentsOf(state, batch)).filter((leaf) => isTensor(leaf))
      const tensors = compiled.right.executable.run(args)
      // the tensors have the structure of the traced results
      const results = withLeaves(compiled.right.results, tensors) as Results<AnyTensor>
      return finish(parts, compiled.right, state, batch, results)
    },
    session: (start, extras = noExtras) => session(parts, (state, batch) => compiledFor(state, batch, extras), start)
  }
}

const noExtras: Extras = { gradientNorm: false }
