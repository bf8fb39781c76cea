/**
 * The scaled initialisers that have names.
 *
 * @since 0.1.0
 */
import { varianceScaling, type Initialiser, type ScaledDistribution } from './initialiser.ts'

// model

/**
 * Whether a normal initialiser is cut at two standard deviations.
 *
 * @category model
 * @since 0.1.0
 */
export interface Truncation {
  /** Default true, as in JAX and Keras; PyTorch's `_normal_` initialisers do not truncate. */
  readonly truncated?: boolean
}

const normalKind = ({ truncated = true }: Truncation): ScaledDistribution => (truncated ? 'truncatedNormal' : 'normal')

// constructors

/**
 * Glorot's (Xavier's) uniform initialiser: ±√(6 / (fan in + fan out)).
 *
 * @see Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks
 * @example
 * import { glorotUniform } from 'gradfold/random'
 * const kernel = glorotUniform()
 * @category initialisers
 * @since 0.1.0
 */
export const glorotUniform = (): Initialiser =>
  varianceScaling({ scale: 1, mode: 'fanAverage', distribution: 'uniform' })

/**
 * Glorot's (Xavier's) normal initialiser: variance 2 / (fan in + fan out).
 *
 * @param options.truncated whether the distribution is cut at ±2 standard deviations. Default true.
 * @see Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks
 * @example
 * import { glorotNormal } from 'gradfold/random'
 * const kernel = glorotNormal()
 * @category initialisers
 * @since 0.1.0
 */
export const glorotNormal = (options: Truncation = {}): Initialiser =>
  varianceScaling({ scale: 1, mode: 'fanAverage', distribution: normalKind(options) })

/**
 * He's (Kaiming's) uniform initialiser: ±√(6 / fan in), for layers followed by relu.
 *
 * @see He et al. 2015, Delving deep into rectifiers, arXiv 1502.01852
 * @example
 * import { heUniform } from 'gradfold/random'
 * const kernel = heUniform()
 * @category initialisers
 * @since 0.1.0
 */
export const heUniform = (): Initialiser => varianceScaling({ scale: 2, mode: 'fanIn', distribution: 'uniform' })

/**
 * He's (Kaiming's) normal initialiser: variance 2 / fan in, for layers followed by relu.
 *
 * @param options.truncated whether the distribution is cut at ±2 standard deviations. Default true.
 * @see He et al. 2015, Delving deep into rectifiers, arXiv 1502.01852
 * @example
 * import { heNormal } from 'gradfold/random'
 * const kernel = heNormal({ truncated: false }) // as PyTorch's kaiming_normal_
 * @category initialisers
 * @since 0.1.0
 */
export const heNormal = (options: Truncation = {}): Initialiser =>
  varianceScaling({ scale: 2, mode: 'fanIn', distribution: normalKind(options) })

/**
 * LeCun's uniform initialiser: ±√(3 / fan in).
 *
 * @see LeCun et al. 1998, Efficient BackProp
 * @example
 * import { lecunUniform } from 'gradfold/random'
 * const kernel = lecunUniform()
 * @category initialisers
 * @since 0.1.0
 */
export const lecunUniform = (): Initialiser => varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'uniform' })

/**
 * LeCun's normal initialiser: variance 1 / fan in; the one for selu networks.
 *
 * @param options.truncated whether the distribution is cut at ±2 standard deviations. Default true.
 * @see LeCun et al. 1998, Efficient BackProp; Klambauer et al. 2017, arXiv 1706.02515
 * @example
 * import { lecunNormal } from 'gradfold/random'
 * const kernel = lecunNormal()
 * @category initialisers
 * @since 0.1.0
 */
export const lecunNormal = (options: Truncation = {}): Initialiser =>
  varianceScaling({ scale: 1, mode: 'fanIn', distribution: normalKind(options) })
