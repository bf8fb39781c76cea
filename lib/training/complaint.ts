/**
 * Complaints: what is wrong with a state or a batch that a training is given, in one sentence.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { outputShape, slots } from '../network/index.ts'
import { binds, outputFor } from '../network/internal.ts'
import { checkLabels, sparseSoftmaxCrossEntropy } from '../objective/index.ts'
import { namedAtoms } from '../optimizer/state.ts'
import { show } from '../shape/index.ts'
import { pathsAndLeaves, showSlot, type AnyTensor } from '../tensor/index.ts'
import { bufferOf } from '../tensor/internal.ts'
import { optimizerSlots } from './optimizer-slots.ts'
import type { AnyState } from './state.ts'
import type { AnyTraining } from './training.ts'

/** A batch without its cursor. */
interface Given {
  readonly inputs: AnyTensor
  readonly labels: AnyTensor
}

type Made = Pick<AnyTraining, 'network' | 'loss' | 'optimizer' | 'dtype'>

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

/** What is wrong with a state: it is of another network or of another optimizer. */
export const stateComplaint = ({ network, optimizer, dtype }: Made, state: AnyState): string | undefined => {
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

/** What is wrong with the shapes and types of a batch; `name` is the function that was given it. */
export const batchComplaint = (
  name: string,
  { network, loss, dtype }: Made,
  { inputs, labels }: Given
): string | undefined => {
  if (inputs.shape.length === 0 || !binds(network.input, inputs.shape.slice(1)))
    return `${name}: the network takes a batch ${show(['batch', ...network.input])}, got ${show(inputs.shape)}`
  if (inputs.shape[0] === 0) return `${name}: expected at least one example, got an empty batch`
  if ((inputs.dtype === 'f32' || inputs.dtype === 'f64') && inputs.dtype !== dtype)
    return `${name}: the training is made in ${dtype}, the inputs are ${inputs.dtype}; make both the same with the dtype option`
  if (labels.shape[0] !== inputs.shape[0])
    return `${name}: expected one label for each example, got ${String(inputs.shape[0])} examples and labels ${show(labels.shape)}`
  return pipe(
    outputFor(network, inputs.shape.slice(1)),
    Either.flatMap((shape) => checkLabels(loss, { shape, dtype }, { shape: labels.shape, dtype: labels.dtype })),
    Either.match(
      (sentence) => sentence,
      () => undefined
    )
  )
}

/** A class number that is none, where the labels are class numbers. */
export const classComplaint = ({ network, loss }: Made, { labels }: Given): string | undefined => {
  const classes = outputShape(network).at(-1)
  if (loss.tag !== sparseSoftmaxCrossEntropy.tag || typeof classes !== 'number') return undefined
  const numbers = bufferOf(labels)
  const bad = numbers.findIndex((label) => label < 0 || label >= classes)
  return bad < 0
    ? undefined
    : `${loss.tag}: labels have to be class numbers from 0 to ${classes - 1}, got ${String(numbers[bad])} at element ${bad}`
}
