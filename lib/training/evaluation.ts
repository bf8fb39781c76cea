/**
 * What a trained network makes of data: metrics and predictions, in evaluation mode.
 *
 * @since 0.1.0
 */
import { run } from '../engine/index.ts'
import type { AnyExpr, Expr } from '../expr/index.ts'
import { applyUntyped } from '../network/apply.ts'
import { evaluate as evaluateMode, type Spec } from '../network/index.ts'
import { allOf, type MeasuredTensors, type Metric } from '../objective/index.ts'
import type { AtomSpec } from '../optimizer/index.ts'
import type { Dim, Shape } from '../shape/index.ts'
import type { DType, FloatDType, Tensor } from '../tensor/index.ts'
import type { BatchFit } from './fit.ts'
import type { Fold } from './fold.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch } from './step.ts'
import type { AnyTraining, Metrics, StateOf, Training, Values } from './training.ts'

/**
 * The metrics of a training over batches, in evaluation mode: merged batch by batch, left to right, by their monoids.
 *
 * @param self a training with metrics.
 * @param state whose parameters are evaluated.
 * @returns a function of the batches to the value of each metric, by name.
 * @example
 * import { batches, fromArrays } from 'gradfold/data'
 * import { dense, input, network, tanh } from 'gradfold/network'
 * import { accuracy, sparseSoftmaxCrossEntropy } from 'gradfold/objective'
 * import { adam } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import * as Training from 'gradfold/training'
 *
 * const xor = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { labels: 'i32' })
 * const training = Training.make({
 *   network: network(input(2), dense(8), tanh, dense(2)),
 *   loss: sparseSoftmaxCrossEntropy,
 *   optimizer: adam({ learningRate: 0.05 }),
 *   metrics: { accuracy }
 * })
 * const evaluated = Training.evaluate(training, training.init(key(1)))(batches(xor, { batchSize: 2, epochs: 1 }))
 * console.log(Object.keys(evaluated)) // ['accuracy']
 * @category evaluation
 * @since 0.1.0
 */
export const evaluate = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType
>(
  self: Training<I, O, Ls, Tag, A, M, F>,
  state: StateOf<I, Ls, A, F>
): Fold<I, O, Tag, F, Values<M>> =>
  // the metrics' values are those of their types
  evaluateAny(self, state) as unknown as Fold<I, O, Tag, F, Values<M>>

/** A compiled function of the forward pass in evaluation mode; `result` gives a tree of expressions. */
const forward = (self: AnyTraining, state: AnyState, result: (predictions: AnyExpr, labels: AnyExpr) => unknown) => {
  const compiled = run((theta: Forward) => {
    const [predictions] = applyUntyped(self.network)(theta.params, theta.netState, theta.inputs, evaluateMode)
    return result(predictions, theta.labels)
  }, self.engine)
  return ({ inputs, labels }: AnyBatch): unknown =>
    // tensors for the expressions of `Forward`
    compiled({ params: state.params, netState: state.netState, inputs, labels } as never)
}

interface Forward {
  readonly params: unknown
  readonly netState: unknown
  readonly inputs: Expr<Shape>
  readonly labels: AnyExpr
}

const evaluateAny = (self: AnyTraining, state: AnyState): ((batches: Iterable<AnyBatch>) => unknown) => {
  // each metric reads only what its own expressions evaluated to
  const metric = allOf(self.metrics) as unknown as Metric<unknown, unknown>
  const measure = forward(self, state, metric.batch)
  return (batches) => {
    // eslint-disable-next-line functional/no-let -- batches are measured as they come, so that they need not fit into memory
    let total = metric.monoid.empty
    for (const batch of batches) total = metric.monoid.concat(total, metric.read(measure(batch) as MeasuredTensors))
    return metric.value(total)
  }
}

/** Inputs of a batch for a network of inputs I in floats F, or the complaint. */
type InputsFit<I extends Shape, F extends FloatDType, X extends Shape, TX extends DType, B> = BatchFit<
  I,
  Shape,
  never,
  F,
  X,
  TX,
  Shape,
  DType,
  B
>

type BatchOf<X extends Shape> = X extends readonly [infer B extends Dim, ...Shape] ? B : Dim

/**
 * What the network gives for some inputs, in evaluation mode.
 *
 * @param self a training.
 * @param state whose parameters are used.
 * @returns a function of inputs `[batch, …]` to outputs `[batch, …]`.
 * @example
 * import { dense, input, network } from 'gradfold/network'
 * import { meanSquaredError } from 'gradfold/objective'
 * import { gradientDescent } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import { tensor } from 'gradfold/tensor'
 * import * as Training from 'gradfold/training'
 *
 * const training = Training.make({
 *   network: network(input(2), dense(3)),
 *   loss: meanSquaredError,
 *   optimizer: gradientDescent({ learningRate: 0.1 })
 * })
 * const outputs = Training.predict(training, training.init(key(1)))(tensor([[1, 2], [3, 4]])) // Tensor<[2, 3]>
 * @category evaluation
 * @since 0.1.0
 */
export const predict = <
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType
>(
  self: Training<I, O, Ls, Tag, A, M, F>,
  state: StateOf<I, Ls, A, F>
): (<X extends Shape, TX extends DType>(
  inputs: InputsFit<I, F, X, TX, Tensor<X, TX>>
) => Tensor<[BatchOf<X>, ...O], F>) => {
  const compiled = forward(self, state, (predictions) => predictions)
  // the network's output for a batch, by the rules of its layers
  return (inputs) => compiled({ inputs: inputs as never, labels: inputs as never }) as never
}
