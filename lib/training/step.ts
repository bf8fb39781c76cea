/**
 * One step of a training: a pure function of a state and a batch.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Cursor } from '../data/index.ts'
import { outputShape, slots } from '../network/index.ts'
import { binds, outputFor } from '../network/internal.ts'
import { checkLabels, type MeasuredTensors } from '../objective/index.ts'
import { namedAtoms } from '../optimizer/state.ts'
import { show } from '../shape/index.ts'
import { fromArray, isTensor, leavesOf, pathsAndLeaves, showSlot, withLeaves, type AnyTensor } from '../tensor/index.ts'
import { bufferOf } from '../tensor/internal.ts'
import { mismatch, nonFinite, nonFiniteBatch, type Failure } from './failure.ts'
import { checkedLeaves, compile, type Compiled, type Extras, type Parts, type Results } from './program.ts'
import { optimizerSlots } from './optimizer-slots.ts'
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

// checks

/** Where a tree of tensors is not what a tree of slots says. */
const treeComplaint = (expected: unknown, got: unknown): string | undefined => {
  const leaves = new Map(pathsAndLeaves(got).map(([path, leaf]) => [path.join('.'), showSlot(leaf)]))
  const wanted = pathsAndLeaves(expected).map(([path, leaf]) => [path.join('.'), showSlot(leaf)] as const)
  const wrong = wanted.find(([path, text]) => leaves.get(path) !== text)
  if (wrong !== undefined) {
    const found = leaves.get(wrong[0])
    return found === undefined ? `${wrong[0]} is missing` : `${wrong[0]} has to be ${wrong[1]}, got ${found}`
  }
  const extra = [...leaves.keys()].find((path) => !wanted.some(([other]) => other === path))
  return extra === undefined ? undefined : `${extra} is not one of its leaves`
}

const stateComplaint = ({ network, optimizer, dtype }: Parts, state: AnyState): string | undefined => {
  const plan = slots(network, { dtype })
  const wrong = treeComplaint(plan.params, state.params) ?? treeComplaint(plan.state, state.netState)
  if (wrong !== undefined) return `step: this is the state of another network: ${wrong}`
  // an entry of the optimizer's state belongs to an atom
  const atoms = namedAtoms(optimizer).map(({ name }) => name)
  const strange = Object.keys(state.optState as object).find((name) => !atoms.includes(name))
  if (strange !== undefined)
    return `step: the optimizer keeps ${atoms.join(', ') || 'nothing'}, the state is one of ${strange}`
  const other = treeComplaint(optimizerSlots(optimizer, plan.params), state.optState)
  return other === undefined ? undefined : `step: this is the state of another optimizer: ${other}`
}

const batchComplaint = ({ network, loss, dtype }: Parts, { inputs, labels }: AnyBatch): string | undefined => {
  if (inputs.shape.length === 0 || !binds(network.input, inputs.shape.slice(1)))
    return `step: the network takes a batch ${show(['batch', ...network.input])}, got ${show(inputs.shape)}`
  if (inputs.shape[0] === 0) return 'step: expected at least one example, got an empty batch'
  if ((inputs.dtype === 'f32' || inputs.dtype === 'f64') && inputs.dtype !== dtype)
    return `step: the training is made in ${dtype}, the inputs are ${inputs.dtype}; make both the same with the dtype option`
  if (labels.shape[0] !== inputs.shape[0])
    return `step: expected one label for each example, got ${String(inputs.shape[0])} examples and labels ${show(labels.shape)}`
  return pipe(
    outputFor(network, inputs.shape.slice(1)),
    Either.flatMap((shape) => checkLabels(loss, { shape, dtype }, { shape: labels.shape, dtype: labels.dtype })),
    Either.match(
      (sentence) => sentence,
      () => undefined
    )
  )
}

/** A class number that is none: the loss is NaN then, so it is looked for only where the loss is not finite. */
const classComplaint = ({ network, loss }: Parts, { labels }: AnyBatch): string | undefined => {
  const classes = outputShape(network).at(-1)
  if (labels.dtype !== 'i32' || typeof classes !== 'number') return undefined
  const numbers = bufferOf(labels)
  const bad = numbers.findIndex((label) => label < 0 || label >= classes)
  return bad < 0
    ? undefined
    : `${loss.tag}: labels have to be class numbers from 0 to ${classes - 1}, got ${String(numbers[bad])} at element ${bad}`
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
        const complaint = stateComplaint(parts, state) ?? batchComplaint(parts, batch)
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
