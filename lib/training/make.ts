/**
 * Making a training of its parts.
 *
 * @since 0.1.0
 */
import { showValue } from '../codec/index.ts'
import { requireKnown } from '../codec/options.ts'
import { start } from '../data/batch.ts'
import { defaultEngine } from '../engine/default.ts'
import { evaluate, type Engine } from '../engine/index.ts'
import { constant } from '../expr/index.ts'
import * as Network from '../network/index.ts'
import type { Spec } from '../network/index.ts'
import { allOf, type AnyLoss, type Loss, type Metric } from '../objective/index.ts'
import type { AtomSpec, Transform } from '../optimizer/index.ts'
import { initTree } from '../optimizer/state.ts'
import type { Key } from '../random/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import { isTensor, replaceLeaves, type FloatDType } from '../tensor/index.ts'
import type { AnyState } from './state.ts'
import { stepper, type Stepper } from './step.ts'
import type { AnyTraining, Metrics, NoMetrics, Training } from './training.ts'

// model

const stepperOf: unique symbol = Symbol('gradfold/training')

/**
 * The untyped step of a training.
 *
 * @internal
 */
export const stepperIn = (self: AnyTraining): Stepper =>
  // `stepperOf` is not part of the public type
  (self as unknown as { readonly [stepperOf]: Stepper })[stepperOf]

// constructors

/**
 * What a training is made of.
 *
 * @category model
 * @since 0.1.0
 */
export interface TrainingOptions<
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType
> {
  readonly network: Network.Network<I, O, Ls>
  /** reduced to a scalar: its reduction is `mean` or `sum` */
  readonly loss: Loss<Tag, 'mean' | 'sum'>
  readonly optimizer: Transform<A>
  /** measured of every batch; none where it is not given */
  readonly metrics?: M
  /** the type of all floats; default f32 */
  readonly dtype?: F
  /** what computes; default `wasm()` */
  readonly engine?: Engine
}

const known = ['network', 'loss', 'optimizer', 'metrics', 'dtype', 'engine']

const holds = (u: unknown, keys: readonly string[]): boolean =>
  typeof u === 'object' && u !== null && keys.every((key) => Object.hasOwn(u, key))

/** What the types promise, for programs that are not checked by them. */
const check = (options: {
  readonly network: unknown
  readonly loss: AnyLoss
  readonly optimizer: unknown
  readonly dtype?: unknown
}): void => {
  requireKnown('make', known, options)
  const { network, loss, optimizer, dtype = 'f32' } = options
  const expected = (name: string, words: string, got: unknown): never =>
    raise(`make: ${name} has to be ${words}, got ${showValue(got)}`)
  if (!Network.isNetwork(network)) expected('network', 'a network, as in network(input(2), dense(1))', network)
  if (!holds(loss, ['tag', 'reduction', 'definition'])) expected('loss', 'a loss, such as meanSquaredError', loss)
  if (!holds(optimizer, ['atoms', 'definitions'])) expected('optimizer', 'a transform, as adam() makes one', optimizer)
  if (dtype !== 'f32' && dtype !== 'f64') expected('dtype', "'f32' or 'f64'", dtype)
  if (loss.reduction !== 'mean' && loss.reduction !== 'sum')
    raise(`make: the loss has to be reduced to a scalar by 'mean' or 'sum', got '${loss.reduction}'`)
}

/**
 * A training of a network by a loss and an optimizer.
 *
 * The whole step (forward, loss, gradient, update, metrics) is one program, traced once for each shape of batch and
 * compiled by the engine.
 *
 * @param options see `TrainingOptions`.
 * @returns `{ init, step, … }`: `init(key)` is the first state, `step(state, batch)` the next one.
 * @throws where an option is misspelt, or the loss does not give a scalar.
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { dense, input, network, relu } from 'gradfold/network'
 * import { sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * import { adam } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import { tensor } from 'gradfold/tensor'
 * import * as Training from 'gradfold/training'
 *
 * const training = Training.make({
 *   network: network(input(2), dense(8), relu, dense(2)),
 *   loss: sparseSoftmaxCrossEntropy,
 *   optimizer: adam({ learningRate: 1e-2 })
 * })
 * const start = training.init(key(42))
 * const next = training.step(start, { inputs: tensor([[0, 1], [1, 1]]), labels: tensor([1, 0], 'i32') })
 * console.log(Either.isRight(next))
 * @category constructors
 * @since 0.1.0
 */
export const make = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  const A extends readonly AtomSpec[],
  M extends Metrics = NoMetrics,
  F extends FloatDType = 'f32'
>(
  options: TrainingOptions<I, O, Ls, Tag, A, M, F>
): Training<I, O, Ls, Tag, A, M, F> => {
  check(options)
  const { network, loss, optimizer, engine = defaultEngine } = options
  const [dtype, metrics]: readonly [FloatDType, Metrics] = [options.dtype ?? 'f32', options.metrics ?? {}]
  const untyped = { network, loss, optimizer, metrics, dtype, engine }
  // each metric reads only what its own expressions evaluated to
  const step = stepper({ ...untyped, metric: allOf(metrics) as unknown as Metric<unknown, unknown> })
  const init = (key: Key): AnyState => {
    const { params, state } = Network.init(network, { dtype })(key)
    // zeros and copies: compiling them would take longer than making them
    const optState = evaluate(initTree(optimizer, asExprs(params)), engine)
    return Object.freeze({ step: 0, params, netState: state, optState, rootKey: key, cursor: start })
  }
  // the state's trees are those of the types, by the rules of network and optimizer
  return Object.freeze({ ...untyped, init, step: step.run, [stepperOf]: step }) as unknown as Training<
    I,
    O,
    Ls,
    Tag,
    A,
    M,
    F
  >
}

/** A tree of tensors as a tree of constants. */
const asExprs = (tree: unknown) =>
  // constants have the shapes and types of their tensors
  replaceLeaves(tree, (leaf) => (isTensor(leaf) ? constant(leaf) : leaf)) as Parameters<typeof initTree>[1]
