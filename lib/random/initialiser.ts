/**
 * Initialisers: how the weights of a layer begin, as data.
 *
 * An initialiser is a frozen record with a tag; `initialise` draws from it, `initialiserCodec` stores and loads it.
 *
 * @since 0.1.0
 */
import { build } from '../codec/index.ts'
import { initialiserCodec } from './codec.ts'

// model

/**
 * The number that a variance is divided by: inputs, outputs, or their mean.
 *
 * @category model
 * @since 0.1.0
 */
export type FanMode = 'fanIn' | 'fanOut' | 'fanAverage'

/**
 * The distribution of a scaled initialiser.
 *
 * @category model
 * @since 0.1.0
 */
export type ScaledDistribution = 'normal' | 'truncatedNormal' | 'uniform'

/**
 * How the weights of a layer begin.
 *
 * @category model
 * @since 0.1.0
 */
export type Initialiser =
  | { readonly tag: 'zeros' }
  | { readonly tag: 'ones' }
  | { readonly tag: 'constant'; readonly value: number }
  | { readonly tag: 'randomUniform'; readonly low: number; readonly high: number }
  | { readonly tag: 'randomNormal'; readonly mean: number; readonly stddev: number }
  | {
      readonly tag: 'randomTruncatedNormal'
      readonly mean: number
      readonly stddev: number
      readonly lower: number
      readonly upper: number
    }
  | {
      readonly tag: 'varianceScaling'
      readonly scale: number
      readonly mode: FanMode
      readonly distribution: ScaledDistribution
    }
  | { readonly tag: 'orthogonal'; readonly gain: number }

// constructors

/** An initialiser with the options of its builder over their defaults, checked. */
const make = (tag: Initialiser['tag'], options: object, defaults: object = {}): Initialiser =>
  build(tag, initialiserCodec, defaults)(options)

/**
 * All weights 0.
 *
 * @example
 * import { zeros } from 'gradfold/random'
 * const bias = zeros()
 * @category initialisers
 * @since 0.1.0
 */
export const zeros = (): Initialiser => make('zeros', {})

/**
 * All weights 1.
 *
 * @example
 * import { ones } from 'gradfold/random'
 * const scale = ones()
 * @category initialisers
 * @since 0.1.0
 */
export const ones = (): Initialiser => make('ones', {})

/**
 * All weights one number.
 *
 * @param value any finite number
 * @example
 * import { constant } from 'gradfold/random'
 * const bias = constant(0.1)
 * @category initialisers
 * @since 0.1.0
 */
export const constant = (value: number): Initialiser => make('constant', { value })

/**
 * Uniform weights in [low, high), whatever the shape.
 *
 * @param options.low the least value
 * @param options.high the bound above, not below `low`
 * @see the defaults of libraries differ (Keras −0.05 to 0.05, JAX 0 to 0.01, PyTorch 0 to 1), so there is none here
 * @example
 * import { randomUniform } from 'gradfold/random'
 * const kernel = randomUniform({ low: -0.05, high: 0.05 })
 * @category initialisers
 * @since 0.1.0
 */
export const randomUniform = (options: { readonly low: number; readonly high: number }): Initialiser =>
  make('randomUniform', options)

/**
 * Normally distributed weights, whatever the shape.
 *
 * @param options.stddev the standard deviation, from 0
 * @param options.mean any finite number. Default 0.
 * @see the defaults of libraries differ (Keras 0.05, JAX 0.01, PyTorch 1), so stddev has none here
 * @example
 * import { randomNormal } from 'gradfold/random'
 * const kernel = randomNormal({ stddev: 0.02 })
 * @category initialisers
 * @since 0.1.0
 */
export const randomNormal = (options: { readonly stddev: number; readonly mean?: number }): Initialiser =>
  make('randomNormal', options, { mean: 0 })

/**
 * Normally distributed weights within bounds, whatever the shape.
 *
 * `stddev` is that of the distribution before truncation, as in JAX, Keras and PyTorch: that of the weights is smaller.
 *
 * @param options.stddev the standard deviation before truncation, from 0
 * @param options.mean any finite number. Default 0.
 * @param options.lower the bound below, in standard deviations from the mean. Default −2.
 * @param options.upper the bound above, in standard deviations from the mean. Default 2.
 * @example
 * import { randomTruncatedNormal } from 'gradfold/random'
 * const kernel = randomTruncatedNormal({ stddev: 0.02 })
 * @category initialisers
 * @since 0.1.0
 */
export const randomTruncatedNormal = (options: {
  readonly stddev: number
  readonly mean?: number
  readonly lower?: number
  readonly upper?: number
}): Initialiser => make('randomTruncatedNormal', options, { mean: 0, lower: -2, upper: 2 })

/**
 * Weights whose variance suits the number of inputs or outputs of a unit.
 *
 *     variance = scale / n        n = fan in, fan out, or their mean, at least 1
 *     uniform           in ±√(3 · variance)
 *     normal            stddev √variance
 *     truncatedNormal   stddev √variance / 0.87962566103423978, cut at ±2 of it: after the cut the variance is the wanted one
 *
 * The constant is the standard deviation of the standard normal distribution cut at ±2; JAX and Keras divide by the same.
 *
 * @param options.scale from 0. Default 1.
 * @param options.mode what n is. Default 'fanIn'.
 * @param options.distribution the kind of draw. Default 'truncatedNormal'.
 * @see `jax.nn.initializers.variance_scaling`, `keras.initializers.VarianceScaling`
 * @example
 * import { varianceScaling } from 'gradfold/random'
 * const torchLinear = varianceScaling({ scale: 1 / 3, mode: 'fanIn', distribution: 'uniform' }) // ±1/√(fan in)
 * @category initialisers
 * @since 0.1.0
 */
export const varianceScaling = (
  options: { readonly scale?: number; readonly mode?: FanMode; readonly distribution?: ScaledDistribution } = {}
): Initialiser => make('varianceScaling', options, { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal' })

/**
 * A random matrix with orthonormal columns (or rows, whichever are fewer), times a gain.
 *
 * All axes but the last are taken as one. The matrix is the Q of a normal matrix whose R has a positive diagonal, so
 * that it is uniformly distributed over all such matrices.
 *
 * @param options.gain a factor, any finite number. Default 1.
 * @see Saxe et al. 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks,
 *   arXiv 1312.6120; Mezzadri 2007, How to generate random matrices from the classical compact groups
 * @example
 * import { orthogonal } from 'gradfold/random'
 * const recurrent = orthogonal()
 * @category initialisers
 * @since 0.1.0
 */
export const orthogonal = (options: { readonly gain?: number } = {}): Initialiser =>
  make('orthogonal', options, { gain: 1 })
