/**
 * What fits a training, as types: where a state or a batch does not fit, the type of the parameter is the sentence.
 *
 * @since 0.1.0
 */
import type { LabelMessage } from '../objective/index.ts'
import type { Dim, SameShape, Shape, Show, Unnamed } from '../shape/index.ts'
import type { DType, FloatDType, Tensor, TensorDifference } from '../tensor/index.ts'
import type { TrainState } from './state.ts'

// batches

/**
 * Some examples with their labels, and where the next ones are.
 *
 * @category model
 * @since 0.1.0
 */
export interface Examples<X extends Shape, TX extends DType, Y extends Shape, TY extends DType> {
  readonly inputs: Tensor<X, TX>
  readonly labels: Tensor<Y, TY>
}

type InputsMessage<I extends Shape, X extends Shape> = X extends readonly [Dim, ...infer R extends Shape]
  ? SameShape<Unnamed<I>, R> extends true
    ? never
    : `step: the network takes a batch ${Show<['batch', ...I]>}, got ${Show<X>}`
  : number extends X['length']
    ? never
    : `step: the network takes a batch ${Show<['batch', ...I]>}, got ${Show<X>}`

/** An element type that is not known, as in an empty list, is left to run time. */
type FloatMessage<F extends FloatDType, TX extends DType> = [DType] extends [TX]
  ? never
  : TX extends FloatDType
    ? TX extends F
      ? never
      : `step: the training is made in ${F}, the inputs are ${TX}; make both the same with the dtype option`
    : never

type LabelsMessage<
  Tag extends string,
  O extends Shape,
  Y extends Shape,
  TY extends DType,
  F extends FloatDType,
  B extends Dim
> = [DType] extends [TY] ? never : LabelMessage<Tag, O, Y, TY, F, B>

type First<X extends Shape> = X extends readonly [infer B extends Dim, ...Shape] ? B : number

/** The batch of shapes X and Y, or the first complaint about it. */
export type BatchFit<
  I extends Shape,
  O extends Shape,
  Tag extends string,
  F extends FloatDType,
  X extends Shape,
  TX extends DType,
  Y extends Shape,
  TY extends DType,
  B
> = [InputsMessage<I, X>] extends [never]
  ? [FloatMessage<F, TX>] extends [never]
    ? [LabelsMessage<Tag, Unnamed<O>, Y, TY, F, First<X>>] extends [never]
      ? B
      : LabelsMessage<Tag, O, Y, TY, F, First<X>>
    : FloatMessage<F, TX>
  : InputsMessage<I, X>

// states

/** The atoms of an optimizer's state, as a text. */
type Atoms<O> = [keyof O] extends [never] ? 'nothing' : keyof O & string

/** The state S where a training has states `State`, or the first complaint about it. */
export type StateFit<State, S> =
  State extends TrainState<infer P, infer N, infer O>
    ? S extends TrainState<infer Q, infer M, infer R>
      ? Q extends P
        ? M extends N
          ? R extends O
            ? S
            : `step: the optimizer keeps ${Atoms<O>}, the state is one of ${Atoms<R>}`
          : `step: this is the state of another network: ${TensorDifference<N, M>}`
        : `step: this is the state of another network: ${TensorDifference<P, Q>}`
      : 'step: expected a state made by init, step or fold'
    : never
