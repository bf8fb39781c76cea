/** One of every optimizer and transform: each law is tested for all of them. */
import * as Optimizer from '../../lib/optimizer/index.ts'

const {
  adaGrad,
  adam,
  adamW,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  clipByValue,
  cosine,
  dampen,
  ema,
  exponential,
  gradientDescent,
  momentum,
  named,
  nesterov,
  piecewise,
  rmsProp,
  scale,
  scaleByLearningRate,
  trace,
  warmupCosine
} = Optimizer

/** Optimizers: they make updates that descend. */
export const optimizers: Readonly<Record<string, Optimizer.AnyTransform>> = {
  gradientDescent: gradientDescent({ learningRate: 0.1 }),
  'gradientDescent, exponential': gradientDescent({ learningRate: exponential({ initial: 0.1, factor: 0.99 }) }),
  'momentum, classical': momentum({ learningRate: 0.01 }),
  'momentum, rate inside': momentum({
    learningRate: piecewise({ boundaries: [3], values: [0.02, 0.01] }),
    convention: 'rateInside'
  }),
  'momentum, moving average': momentum({ learningRate: 0.1, convention: 'movingAverage' }),
  'momentum, debiased': momentum({ learningRate: 0.1, convention: 'debiased', momentum: 0.8 }),
  'nesterov, classical': nesterov({ learningRate: 0.01 }),
  'nesterov, rate inside': nesterov({
    learningRate: cosine({ initial: 0.02, final: 0.01, steps: 10 }),
    convention: 'rateInside'
  }),
  'adaGrad, torch': adaGrad({ learningRate: 0.1 }),
  'adaGrad, keras': adaGrad.keras({ learningRate: 0.1 }),
  'rmsProp, torch': rmsProp({ learningRate: 0.01 }),
  'rmsProp, keras': rmsProp.keras({ learningRate: 0.01 }),
  'rmsProp, centered with momentum': rmsProp({ learningRate: 0.002, centered: true, momentum: 0.5 }),
  'rmsProp, momentum, rate inside': rmsProp.optax({ learningRate: 0.01, momentum: 0.5 }),
  'rmsProp, tensorflow 1': rmsProp.tensorflow1({ learningRate: 0.01 }),
  adam: adam({ learningRate: 0.05 }),
  'adam, inside': adam({ learningRate: 0.05, epsilonPlacement: 'inside' }),
  'adam, hat': adam({ learningRate: 0.05, epsilonPlacement: 'hat', epsilon: 1e-7 }),
  'adam, amsgrad raw': adam({ learningRate: 0.05, amsgrad: 'raw' }),
  'adam, amsgrad corrected': adam({ learningRate: 0.05, amsgrad: 'corrected' }),
  'adam, warm-up': adam({ learningRate: warmupCosine({ peak: 0.05, from: 0.01, warmupSteps: 3, totalSteps: 1000 }) }),
  'adam, clipped': chain(clipByGlobalNorm(1), adam({ learningRate: 0.05 })),
  'gradientDescent, clipped by value': chain(clipByValue(0.5), gradientDescent({ learningRate: 0.1 })),
  'trace, scaled': chain(trace({ decay: 0.5, nesterov: true }), scale(0.5), scaleByLearningRate({ learningRate: 0.1 })),
  'ema, scaled': chain(ema({ decay: 0.5, debias: true }), scaleByLearningRate({ learningRate: 0.1 })),
  'momentum, dampened': chain(dampen(0.5), momentum({ learningRate: 0.05 }))
}

/** Optimizers that move parameters without a gradient as well. */
export const decaying: Readonly<Record<string, Optimizer.AnyTransform>> = {
  adamW: adamW({ learningRate: 0.05 }),
  'adamW, on kernels': adamW({ learningRate: 0.05, weightDecay: 0.1, only: named('kernel') }),
  'adamW, as in the paper': adamW({ learningRate: 0.05, decayScale: 'none', weightDecay: 1e-3 }),
  'gradientDescent with L2': chain(addDecayedWeights(0.1), gradientDescent({ learningRate: 0.1 }))
}

export const everyOptimizer: readonly (readonly [name: string, transform: Optimizer.AnyTransform])[] = Object.entries({
  ...optimizers,
  ...decaying
})
