/**
 * Training: a pure fold of steps over batches.
 *
 * @since 0.1.0
 */
export type { AnyState, TrainState } from './state.ts'
export { withParams } from './with-params.ts'
export type { Failure, Mismatch, NonFinite } from './failure.ts'
export type { Examples } from './fit.ts'
export { make } from './make.ts'
export type { TrainingOptions } from './make.ts'
export type {
  AnyTraining,
  Measurements,
  MeasurementsOf,
  Metrics,
  StateFor,
  StateOf,
  Step,
  Stepped,
  Training,
  Values,
  ValuesOf
} from './training.ts'
export { evaluate, predict } from './evaluation.ts'
export type { Predict } from './evaluation.ts'
export { fold, scan } from './fold.ts'
export { foldWhile } from './fold-while.ts'
export type { Stopped } from './fold-while.ts'
export type { Fold, FoldOf, FoldOptions } from './loop.ts'
export type { Observer, ScalarObserver, SnapshotObserver, StepEvent } from './observer.ts'
export { gradientNormBelow, lossBelow, maxEpochs, maxSteps, noImprovement } from './stop.ts'
export type { GradientNormBelow, LossBelow, MaxEpochs, MaxSteps, NoImprovement, StopRule } from './stop.ts'
export { decodeState, encodeState } from './codec.ts'
