/**
 * Trainings: a network, a loss and an optimizer, from which a state and a pure step follow.
 *
 * @since 0.1.0
 */
import type * as Either from 'fp-ts/lib/Either.js'
import type { Engine } from '../engine/index.ts'
import type * as Network from '../network/index.ts'
import type { Spec } from '../network/index.ts'
import type { AnyLoss, AnyMetric, Loss, MeasurementOf, ValueOf } from '../objective/index.ts'
import type { AnyTransform, AtomSpec, StateOf as OptimizerState, Transform } from '../optimizer/index.ts'
import type { Key } from '../random/index.ts'
import type { Shape } from '../shape/index.ts'
import type { DType, FloatDType, Tensors } from '../tensor/index.ts'
import type { Failure } from './failure.ts'
import type { BatchFit, Examples, StateFit } from './fit.ts'
import type { AnyState, TrainState } from './state.ts'

// model

/**
 * Metrics by the names they are reported under.
 *
 * @category model
 * @since 0.1.0
 */
export type Metrics = Readonly<Record<string, AnyMetric>>

/** No metric at all. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-generated-empty-object-type -- the record without entries
export type NoMetrics = Readonly<{}>

/**
 * What is measured of one batch, by name.
 *
 * @category model
 * @since 0.1.0
 */
export type Measurements<M extends Metrics> = { readonly [K in keyof M]: MeasurementOf<M[K]> }

/**
 * What a person reads of the metrics, by name.
 *
 * @category model
 * @since 0.1.0
 */
export type Values<M extends Metrics> = { readonly [K in keyof M]: ValueOf<M[K]> }

/**
 * What a step gives: the next state, the loss of the batch before the update, and what the metrics measured of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Stepped<S, M extends Metrics> {
  readonly state: S
  readonly loss: number
  readonly metrics: Measurements<M>
}

/**
 * The state of a training of network layers Ls on inputs I, with optimizer atoms A, in floats F.
 *
 * @category model
 * @since 0.1.0
 */
export type StateFor<
  I extends Shape,
  Ls extends readonly Spec[],
  A extends readonly AtomSpec[],
  F extends FloatDType
> = TrainState<
  Tensors<Network.ParamsList<I, Ls>, F>,
  Tensors<Network.StateList<I, Ls>, F>,
  Tensors<OptimizerState<Transform<A>, Network.ParamsList<I, Ls>>, F>
>

/**
 * One update by one batch; `step(state, batch)` leaves the state as it was.
 *
 * @category model
 * @since 0.1.0
 */
export interface Step<
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType
> {
  <S, X extends Shape, TX extends DType, Y extends Shape, TY extends DType>(
    state: StateFit<StateFor<I, Ls, A, F>, S>,
    batch: BatchFit<I, O, Tag, F, X, TX, Y, TY, Examples<X, TX, Y, TY>>
  ): Either.Either<Failure<StateFor<I, Ls, A, F>>, Stepped<StateFor<I, Ls, A, F>, M>>
}

/**
 * A training: data and pure functions.
 *
 * @category model
 * @since 0.1.0
 */
export interface Training<
  I extends Shape,
  O extends Shape,
  Ls extends readonly Spec[],
  Tag extends string,
  A extends readonly AtomSpec[],
  M extends Metrics,
  F extends FloatDType
> {
  readonly network: Network.Network<I, O, Ls>
  readonly loss: Loss<Tag, 'mean' | 'sum'>
  readonly optimizer: Transform<A>
  readonly metrics: M
  readonly dtype: F
  readonly engine: Engine
  /** the state before the first step */
  readonly init: (key: Key) => StateFor<I, Ls, A, F>
  readonly step: Step<I, O, Ls, Tag, A, M, F>
}

/**
 * A training of which nothing is known.
 *
 * @category model
 * @since 0.1.0
 */
export interface AnyTraining {
  readonly network: Network.AnyNetwork
  readonly loss: AnyLoss
  readonly optimizer: AnyTransform
  readonly metrics: Metrics
  readonly dtype: FloatDType
  readonly engine: Engine
}

// types of a training

/**
 * The state of a training: `StateOf<typeof training>`.
 *
 * @category types
 * @since 0.1.0
 */
export type StateOf<T> =
  T extends Training<infer I, infer _O, infer Ls, infer _Tag, infer A, infer _M, infer F>
    ? StateFor<I, Ls, A, F>
    : AnyState

/**
 * What the metrics of a training measure of one batch, by name.
 *
 * @category types
 * @since 0.1.0
 */
export type MeasurementsOf<T extends AnyTraining> = Measurements<T['metrics']>

/**
 * What a person reads of the metrics of a training, by name.
 *
 * @category types
 * @since 0.1.0
 */
export type ValuesOf<T extends AnyTraining> = Values<T['metrics']>
