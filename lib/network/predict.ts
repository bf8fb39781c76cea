/**
 * What a network with its parameters makes of inputs: tensors in, tensors out.
 *
 * @since 0.1.0
 */
import { reference, run, type Engine } from '../engine/index.ts'
import type { Expr } from '../expr/index.ts'
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType, Tensor, TensorDifference, Tensors } from '../tensor/index.ts'
import { applyUntyped, type BatchFit, type OutputsFor } from './apply.ts'
import { evaluate } from './mode.ts'
import type { Network } from './model.ts'
import type { ParamsList, Spec, StateList } from './rules.ts'

// types

/** The float type of parameters P for a network whose slots are L. */
type FloatOf<L, P> = P extends Tensors<L> ? 'f32' : P extends Tensors<L, 'f64'> ? 'f64' : 'f32'

/** Parameters of a network whose slots are L, or the complaint. */
type ParamsFit<L, P> =
  P extends Tensors<L, FloatOf<L, P>>
    ? P
    : `predict: these are the parameters of another network: ${TensorDifference<Tensors<L>, P>}`

/**
 * A network from I to O with its parameters, as a function of a batch.
 *
 * @category model
 * @since 0.1.0
 */
export interface Predicting<I extends Shape, O extends Shape, F extends FloatDType> {
  <X extends Shape, T extends DType>(x: BatchFit<I, X, Tensor<X, T>>): Tensor<OutputsFor<I, O, X>, F>
}

/**
 * What the prediction is computed with.
 *
 * @category model
 * @since 0.1.0
 */
export interface PredictOptions<S> {
  /** the network's state; `{}` where it has none */
  readonly state?: S
  /** what computes; default `reference` */
  readonly engine?: Engine
}

// interpreters

interface Given {
  readonly params: unknown
  readonly state: unknown
  readonly x: Expr<Shape>
}

/**
 * The outputs of a network for a batch of inputs, in evaluation mode.
 *
 * @param net a network from shape I to shape O.
 * @returns a function of the parameters, tensors f32 or f64 (and of `{ state, engine }`), to a function of inputs
 * [batch, ...I] to outputs [batch, ...O]. Programs are kept by the last, one for each shape of batch.
 * @throws where the parameters, the state or the batch do not belong to the network.
 * @example
 * import { dense, input, network, predict, sigmoid } from 'gradfold/network'
 * import { tensor } from 'gradfold/tensor'
 * const net = network(input(2), dense(2), sigmoid)
 * const given = { dense_0: { kernel: tensor([[0.2, 0.8], [0.5, 0.1]]), bias: tensor([0.3, 0.3]) } }
 * const outputs = predict(net)(given)(tensor([[1, 0.5]])) // Tensor<[1, 2]>, near [[0.679, 0.760]]
 * @category interpreters
 * @since 0.1.0
 */
export const predict =
  <I extends Shape, O extends Shape, Ls extends readonly Spec[]>(net: Network<I, O, Ls>) =>
  <P>(
    params: ParamsFit<ParamsList<I, Ls>, P>,
    options: PredictOptions<Tensors<StateList<I, Ls>, FloatOf<ParamsList<I, Ls>, P>>> = {}
  ): Predicting<I, O, FloatOf<ParamsList<I, Ls>, P>> => {
    const { state = {}, engine = reference } = options
    const compiled = run((given: Given) => applyUntyped(net)(given.params, given.state, given.x, evaluate)[0], engine)
    const outputs = (x: unknown): unknown =>
      // tensors for the expressions of `Given`
      compiled({ params, state, x } as Parameters<typeof compiled>[0])
    // the outputs have the shapes of the network's rules
    return outputs as Predicting<I, O, FloatOf<ParamsList<I, Ls>, P>>
  }
