/**
 * Randomness without state: keys, draws, initialisers.
 *
 * Bit-compatible with `jax.random` in its default mode (Threefry-2x32, partitionable, 64-bit types off). JAX promises
 * the distribution of a draw and may change its numbers; here the numbers are promised.
 *
 * @since 0.1.0
 */
export { evaluateKey, foldIn, key, split, splitList, type Key, type KeyLike, type Mark } from './key.ts'
export { bits } from './bits.ts'
export { uniform } from './uniform.ts'
export { normal, truncatedNormal } from './normal.ts'
export { bernoulli, categorical, rademacher, randint } from './discrete.ts'
export { cauchy, exponential, gumbel, laplace, logistic, type Draw } from './continuous.ts'
export { gamma, logGamma, type GammaOptions } from './gamma.ts'
export { poisson } from './poisson.ts'
export { choice, permutation, shuffle } from './permutation.ts'
export {
  constant,
  ones,
  orthogonal,
  randomNormal,
  randomTruncatedNormal,
  randomUniform,
  varianceScaling,
  zeros,
  type FanMode,
  type Initialiser,
  type ScaledDistribution
} from './initialiser.ts'
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type Truncation
} from './preset.ts'
export { fansOf, type Fans } from './fans.ts'
export { initialise } from './initialise.ts'
export { initialiserCodec } from './codec.ts'
