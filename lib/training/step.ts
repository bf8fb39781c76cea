/**
 * One step of a training: a pure function of a state and a batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Cursor } from '../data/index.ts'
import type { MeasuredTensors } from '../objective/index.ts'
import { fromArray, isTensor, leavesOf, pathsAndLeaves, withLeaves, type AnyTensor } from '../tensor/index.ts'
import { bufferOf } from '../tensor/internal.ts'
import { batchComplaint, classComplaint, stateComplaint } from './complaint.ts'
import { mismatch, nonFinite, nonFiniteBatch, type Failure } from './failure.ts'
import { checkedLeaves, compile, type Compiled, type Extras, type Parts, type Results } from './program.ts'
import type { AnyState } from './state.ts'

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

/** The step of a training, with or without extras. */
export interface Stepper {
  readonly run: AnyStep
  readonly runWith: (extras: Extras) => AnyStep
}

// constructors

const numberOf = (tensor: unknown): number => (isTensor(tensor) ? Number(bufferOf(tensor)[0]) : Number.NaN)

const isTrue = (tensor: unknown): boolean => numberOf(tensor) === 1

/** What a state and a batch look like to a program: paths, shapes and types. */
const signature = (args: unknown, extras: Extras): string =>
  `${extras.gradientNorm ? 'norm ' : ''}${pathsAndLeaves(args)
    .map(([path, leaf]) => `${path.join('.')} ${leaf.dtype}${leaf.shape.join()}`)
    .join(' ')}`

/** What is not finite in a batch, if anything: looked for only where something is not finite after the step. */
const brokenBatch = (state: AnyState, { inputs, labels }: AnyBatch): Failure<AnyState> | undefined => {
  const found = [['inputs', inputs] as const, ['labels', labels] as const].flatMap(([path, tensor]) => {
    const numbers = bufferOf(tensor)
    const place = numbers.findIndex((x) => !Number.isFinite(x))
    return place < 0 ? [] : [nonFiniteBatch(state.step, path, Number(numbers[place]), place, state)]
  })
  return found[0]
}

const finish = (
  parts: Parts,
  state: AnyState,
  batch: AnyBatch,
  results: Results<AnyTensor>
): Either.Either<Failure<AnyState>, Outcome> => {
  const loss = numberOf(results.loss)
  if (!Number.isFinite(loss)) {
    // a label that is no class makes the loss NaN
    const complaint = classComplaint(parts, batch)
    return Either.left(
      complaint === undefined
        ? (brokenBatch(state, batch) ?? nonFinite(state.step, 'loss', loss, state))
        : mismatch(state.step, complaint, state)
    )
  }
  const broken = results.finite.findIndex((flag) => !isTrue(flag))
  if (broken >= 0) {
    const path = checkedLeaves(results)[broken]?.[0] ?? []
    return Either.left(brokenBatch(state, batch) ?? nonFinite(state.step, path.join('.'), undefined, state))
  }
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
  const runWith =
    (extras: Extras): AnyStep =>
    (state, batch) => {
      const args = {
        params: state.params,
        netState: state.netState,
        optState: state.optState,
        rootKey: state.rootKey,
        step: fromArray([state.step], [], 'i32'),
        inputs: batch.inputs,
        labels: batch.labels
      }
      const name = signature(args, extras)
      const found = known.get(name)
      if (found === undefined) {
        const complaint = stateComplaint(parts, state) ?? batchComplaint('step', parts, batch)
        if (complaint !== undefined) return Either.left(mismatch(state.step, complaint, state))
      }
      const compiled = found ?? compile(parts, extras, args)
      // eslint-disable-next-line functional/immutable-data -- compiled programs are kept, which changes no result
      known.set(name, compiled)
      const tensors = compiled.executable.run(leavesOf(args).filter((leaf) => isTensor(leaf)))
      // the tensors have the structure of the traced results
      return finish(parts, state, batch, withLeaves(compiled.results, tensors) as Results<AnyTensor>)
    }
  return { run: runWith({ gradientNorm: false }), runWith }
}
