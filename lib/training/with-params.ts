/**
 * Given weights: a state with other parameters.
 *
 * @since 0.1.0
 */
import type { TensorDifference } from '../tensor/index.ts'
import type { AnyState, TrainState } from './state.ts'

/** The state S where parameters P fit it, or the complaint. */
type WithParams<P, S> =
  S extends TrainState<infer Q, unknown, unknown>
    ? P extends Q
      ? S
      : `withParams: these are the parameters of another network: ${TensorDifference<Q, P>}`
    : 'withParams: expected a state made by init, step or fold'

/**
 * The state with other parameters: given weights, or those of another run.
 *
 * @param params a tree of the same structure, shapes and types.
 * @returns a function of a state; the optimizer's state and the cursor stay as they are.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { dense, input, network } from 'gradfold/network'
 * import { meanSquaredError } from 'gradfold/objective'
 * import { gradientDescent } from 'gradfold/optimizer'
 * import { key } from 'gradfold/random'
 * import { tensor } from 'gradfold/tensor'
 * import * as Training from 'gradfold/training'
 *
 * const training = Training.make({
 *   network: network(input(2), dense(1)),
 *   loss: meanSquaredError,
 *   optimizer: gradientDescent({ learningRate: 0.1 })
 * })
 * const start = pipe(
 *   training.init(key(1)),
 *   Training.withParams({ dense_0: { kernel: tensor([[0.5], [-0.5]]), bias: tensor([0]) } })
 * )
 * @category combinators
 * @since 0.1.0
 */
export const withParams =
  <P>(params: P) =>
  <S>(self: WithParams<P, S>): S =>
    // `WithParams` is the state itself wherever a call compiles, and its parameters have the type of the new ones
    Object.freeze({ ...(self as AnyState), params }) as S
