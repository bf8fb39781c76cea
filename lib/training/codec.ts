/**
 * States as JSON: written, read back, and continued with the same bits.
 *
 * @since 0.1.0
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { showValue } from '../codec/index.ts'
import { slots } from '../network/index.ts'
import { optimizerSlots } from './optimizer-slots.ts'
import { raise } from '../shape/index.ts'
import {
  fromBytes,
  isLeaf,
  isTensor,
  pathsAndLeaves,
  replaceLeaves,
  showSlot,
  toBytes,
  withLeaves,
  type AnyTensor,
  type Slot
} from '../tensor/index.ts'
import type { AnyState } from './state.ts'
import type { AnyTraining, StateOf } from './training.ts'

// model

/** The name and version of the form in which states are written. */
const format = 'gradfold/state/1'

/** A tensor as JSON: its little-endian bytes in hexadecimal, so that every bit survives. */
interface Written {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: string
}

// encoding

const write = (self: AnyTensor): Written => ({ dtype: self.dtype, shape: self.shape, bytes: bytesToHex(toBytes(self)) })

const writeTree = (tree: unknown): unknown =>
  replaceLeaves(tree, (leaf) => (isTensor(leaf) ? write(leaf) : raise('encodeState: expected tensors in the state')))

/**
 * A state as a JSON value.
 *
 * @param self the state.
 * @returns a record with the state's fields; each tensor is `{ dtype, shape, bytes }`, its bytes in hexadecimal.
 * @example
 * import { dense, input, network } from 'gradfold/network'
 * import { meanSquaredError } from 'gradfold/objective'
 * import { gradientDescent } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import * as Training from 'gradfold/training'
 *
 * const training = Training.make({
 *   network: network(input(2), dense(1)),
 *   loss: meanSquaredError,
 *   optimizer: gradientDescent({ learningRate: 0.1 })
 * })
 * const start = training.init(key(1))
 * const text = JSON.stringify(Training.encodeState(start))
 * const again = Training.decodeState(training)(JSON.parse(text)) // right(start)
 * @category codec
 * @since 0.1.0
 */
export const encodeState = (self: AnyState): { readonly [name: string]: unknown } => ({
  format,
  step: self.step,
  cursor: self.cursor,
  rootKey: write(self.rootKey),
  params: writeTree(self.params),
  netState: writeTree(self.netState),
  optState: writeTree(self.optState)
})

// decoding

type Problems = readonly string[]

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

const isCount = (u: unknown): u is number => typeof u === 'number' && Number.isSafeInteger(u) && u >= 0

const isWritten = (u: unknown): u is Written =>
  isRecord(u) &&
  typeof u['dtype'] === 'string' &&
  typeof u['bytes'] === 'string' &&
  Array.isArray(u['shape']) &&
  u['shape'].every(isCount)

/** A tensor of one slot, or what is wrong with what is there. */
const readLeaf = (at: string, expected: Slot, found: unknown): Either.Either<Problems, AnyTensor> => {
  if (found === undefined) return Either.left([`state: ${at} is missing; it has to be ${showSlot(expected)}`])
  if (!isWritten(found)) return Either.left([`state: ${at} has to be a tensor { dtype, shape, bytes }`])
  if (showSlot(found) !== showSlot(expected))
    return Either.left([
      `state: ${at} has to be ${showSlot(expected)}, got ${showSlot(found)}; is it of another training?`
    ])
  return pipe(
    Either.tryCatch(
      () => hexToBytes(found.bytes),
      () => [`state: the bytes of ${at} are not hexadecimal`]
    ),
    Either.flatMap((bytes) =>
      pipe(
        fromBytes(expected.dtype, expected.shape)(bytes),
        Either.mapLeft((sentence) => [`state: ${at}: ${sentence}`])
      )
    )
  )
}

/** The node of written data at a path. */
const at = (data: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((node, key) => (isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined), data)

/** Keys of written records that the expected tree does not have. */
const strangers = (path: readonly string[], expected: unknown, data: unknown): Problems =>
  !isRecord(data) || isLeaf(expected)
    ? []
    : Object.entries(data).flatMap(([key, child]) =>
        isRecord(expected) && Object.hasOwn(expected, key)
          ? strangers([...path, key], expected[key], child)
          : [`state: there is no ${[...path, key].join('.')} in this training`]
      )

/** A tree of tensors of the expected slots, or all problems with what is there. */
const readTree = (name: string, expected: unknown, data: unknown): Either.Either<Problems, unknown> => {
  if (!isRecord(data)) return Either.left([`state: ${name} has to be a record, got ${showValue(data)}`])
  const leaves = pathsAndLeaves(expected).map(([path, leaf]) =>
    // the expected tree is one of slots
    readLeaf([name, ...path].join('.'), leaf as Slot, at(data, path))
  )
  const problems = [
    ...leaves.flatMap((leaf) => (Either.isLeft(leaf) ? leaf.left : [])),
    ...strangers([name], expected, data)
  ]
  const tensors = leaves.flatMap((leaf) => (Either.isRight(leaf) ? [leaf.right] : []))
  return problems.length > 0 ? Either.left(problems) : Either.right(withLeaves(expected, tensors))
}

const known = ['format', 'step', 'cursor', 'rootKey', 'params', 'netState', 'optState']

const readCursor = (u: unknown): Either.Either<Problems, AnyState['cursor']> =>
  isRecord(u) && isCount(u['epoch']) && isCount(u['batch']) && Object.keys(u).length === 2
    ? Either.right(Object.freeze({ epoch: u['epoch'], batch: u['batch'] }))
    : Either.left(['state: cursor has to be { epoch, batch }, whole numbers from 0'])

const leftOf = (result: Either.Either<Problems, unknown>): Problems => (Either.isLeft(result) ? result.left : [])

/**
 * Reads a state of a training from a JSON value: every key, shape and element type is checked.
 *
 * @param self the training the state is of.
 * @returns a function to the state, or to all problems, one sentence each.
 * @example
 * import { dense, input, network } from 'gradfold/network'
 * import { meanSquaredError } from 'gradfold/objective'
 * import { gradientDescent } from 'gradfold/optimizer'
 * import * as Training from 'gradfold/training'
 *
 * const training = Training.make({
 *   network: network(input(2), dense(1)),
 *   loss: meanSquaredError,
 *   optimizer: gradientDescent({ learningRate: 0.1 })
 * })
 * Training.decodeState(training)(7) // left(['state: expected a record, got 7'])
 * @category codec
 * @since 0.1.0
 */
export const decodeState = <T extends AnyTraining>(
  self: T
): ((u: unknown) => Either.Either<readonly string[], StateOf<T>>) =>
  // every leaf is checked against the slots that the types are made of
  decodeAny(self) as (u: unknown) => Either.Either<readonly string[], StateOf<T>>

const decodeAny =
  (self: AnyTraining) =>
  (u: unknown): Either.Either<Problems, AnyState> => {
    if (!isRecord(u)) return Either.left([`state: expected a record, got ${showValue(u)}`])
    if (u['format'] !== format)
      return Either.left([`state: expected the format '${format}', got ${showValue(u['format'])}`])
    const plan = slots(self.network, { dtype: self.dtype })
    const step = u['step']
    const cursor = readCursor(u['cursor'])
    const rootKey = readLeaf('rootKey', { shape: [2], dtype: 'u32' }, u['rootKey'])
    const params = readTree('params', plan.params, u['params'])
    const netState = readTree('netState', plan.state, u['netState'])
    const optState = readTree('optState', optimizerSlots(self.optimizer, plan.params), u['optState'])
    const problems = [
      ...Object.keys(u)
        .filter((key) => !known.includes(key))
        .map((key) => `state: there is no field '${key}'; the fields are ${known.join(', ')}`),
      ...(isCount(step) ? [] : [`state: step has to be a whole number from 0, got ${showValue(step)}`]),
      ...[cursor, rootKey, params, netState, optState].flatMap(leftOf)
    ]
    return problems.length === 0 &&
      isCount(step) &&
      Either.isRight(cursor) &&
      Either.isRight(rootKey) &&
      Either.isRight(params) &&
      Either.isRight(netState) &&
      Either.isRight(optState)
      ? Either.right(
          Object.freeze({
            step,
            cursor: cursor.right,
            // readLeaf compared it with a u32 [2]
            rootKey: rootKey.right as AnyState['rootKey'],
            params: params.right,
            netState: netState.right,
            optState: optState.right
          })
        )
      : Either.left(problems)
  }
