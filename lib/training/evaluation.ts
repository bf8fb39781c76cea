/**
 * What a trained network makes of data: metrics and predictions, in evaluation mode.
 *
 * @since 0.1.0
 */
import { run } from '../engine/index.ts'
import type { AnyExpr, Expr } from '../expr/index.ts'
import { applyUntyped, type OutputsFor } from '../network/internal.ts'
import { evaluate as evaluateMode } from '../network/index.ts'
import { allOf, type MeasuredTensors, type Metric } from '../objective/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import type { AnyTensor, DType, FloatDType, Tensor } from '../tensor/index.ts'
import { batchComplaint, classComplaint } from './complaint.ts'
import type { BatchFit } from './fit.ts'
import { asState, type FoldOf } from './loop.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch } from './step.ts'
import type { AnyTraining, StateOf, Training, ValuesOf } from './training.ts'

/**
 * The metrics of a training over batches, in evaluation mode: merged batch by batch, left to right, by their monoids.
 *
 * @param self a training with metrics.
 * @param state whose parameters are evaluated.
 * @returns a function of the batches to the value of each metric, by name.
 * @throws one sentence where there is no batch, or one does not fit the training.
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
export const evaluate = <T extends AnyTraining>(self: T, state: StateOf<T>): FoldOf<T, ValuesOf<T>> =>
  // the metrics' values are those of their types
  evaluateAny(self, asState(state)) as unknown as FoldOf<T, ValuesOf<T>>

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
    let [total, count] = [metric.monoid.empty, 0]
    for (const batch of batches) {
      const complaint = batchComplaint('evaluate', self, batch) ?? classComplaint(self, batch)
      if (complaint !== undefined) raise(complaint)
      total = metric.monoid.concat(total, metric.read(measure(batch) as MeasuredTensors))
      count += 1
    }
    return count > 0 ? metric.value(total) : raise('evaluate: expected at least one batch, got none')
  }
}

/** What is wrong with inputs for a network of inputs I in floats F, or the inputs. */
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

/**
 * A network from I to O with its parameters, as a function.
 *
 * @category model
 * @since 0.1.0
 */
export interface Predict<I extends Shape, O extends Shape, F extends FloatDType> {
  <X extends Shape, TX extends DType>(inputs: InputsFit<I, F, X, TX, Tensor<X, TX>>): Tensor<OutputsFor<I, O, X>, F>
}

/** The predictions of a training T. */
type PredictOf<T> =
  T extends Training<infer I, infer O, infer _Ls, infer _Tag, infer _A, infer _M, infer F>
    ? Predict<I, O, F>
    : (inputs: AnyTensor) => AnyTensor

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
export const predict = <T extends AnyTraining>(self: T, state: StateOf<T>): PredictOf<T> => {
  const compiled = forward(self, asState(state), (predictions) => predictions)
  const outputs = (inputs: AnyTensor): unknown => compiled({ inputs, labels: inputs })
  // the network's output for a batch, by the rules of its layers
  return outputs as unknown as PredictOf<T>
}
