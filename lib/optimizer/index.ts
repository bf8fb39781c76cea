/**
 * Optimizers: transformations of gradients, their monoid, schedules.
 *
 * @since 0.1.0
 */
export * from './atom.ts'
export { adaGrad, adaGradDefinition, type AdaGrad, type AdaGradBuilder, type AdaGradOptions } from './atom/ada-grad.ts'
export type { AdamRule, Amsgrad, EpsilonPlacement } from './atom/adam-rule.ts'
export { adamW, adamWDefinition, type AdamW, type AdamWOptions } from './atom/adam-w.ts'
export { adam, adamDefinition, type Adam } from './atom/adam.ts'
export { addDecayedWeights, addDecayedWeightsDefinition, type AddDecayedWeights } from './atom/add-decayed-weights.ts'
export {
  clipByGlobalNorm,
  clipByGlobalNormDefinition,
  globalNorm,
  type ClipByGlobalNorm
} from './atom/clip-by-global-norm.ts'
export { clipByValue, clipByValueDefinition, type ClipByValue } from './atom/clip-by-value.ts'
export { dampen, dampenDefinition, type Dampen } from './atom/dampen.ts'
export { ema, emaDefinition, type Ema } from './atom/ema.ts'
export { gradientDescent, gradientDescentDefinition, type GradientDescent } from './atom/gradient-descent.ts'
export type { RootEpsilon } from './atom/moments.ts'
export { momentum, momentumDefinition, type Momentum, type MomentumConvention } from './atom/momentum.ts'
export { nesterov, nesterovDefinition, type Nesterov, type NesterovConvention } from './atom/nesterov.ts'
export { rmsProp, rmsPropDefinition, type RmsProp, type RmsPropBuilder, type RmsPropOptions } from './atom/rms-prop.ts'
export {
  scaleByLearningRate,
  scaleByLearningRateDefinition,
  type ScaleByLearningRate
} from './atom/scale-by-learning-rate.ts'
export { scale, scaleDefinition, type Scale } from './atom/scale.ts'
export { trace, traceDefinition, type Trace } from './atom/trace.ts'
export { builtInAtoms, decode, encode, show, transformEq as Eq } from './codec.ts'
export { hyperParameters, type HyperParameters, type Working } from './hyper-parameters.ts'
export { chooses, everything, except, named, under, type PathFilter } from './path-filter.ts'
export type { Rate } from './rate.ts'
export * from './schedule/index.ts'
export { atomNames, init, type FloatIn, type SlotsIn, type StateFor, type StateOf } from './state.ts'
export {
  atom,
  chain,
  identity,
  transformMonoid as Monoid,
  type AnyTransform,
  type Concatenated,
  type Transform
} from './transform.ts'
export {
  mapTree,
  sumTree,
  zerosTree,
  zipTrees,
  zipTreesWithPath,
  type Leaf,
  type ParameterTree,
  type Scalar
} from './tree.ts'
export { applyUpdates, update, type Context, type Needs } from './update.ts'
