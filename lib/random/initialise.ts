/**
 * Drawing the weights that an initialiser describes.
 *
 * @since 0.1.0
 */
import { typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, show, type Mutable, type Sizes } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { checkedFans, fansOf, type Fans } from './fans.ts'
import type { FanMode, Initialiser, ScaledDistribution } from './initialiser.ts'
import { binary, checkedFloat, checkedShape, filled } from './internal.ts'
import { keyValue, type KeyLike } from './key.ts'
import { normalValue, shifted, truncatedNormalValue } from './normal.ts'
import { orthogonalValue } from './orthogonal.ts'
import { rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

// interpretation

/**
 * The weights that an initialiser draws for a shape.
 *
 * Constant ones do not depend on the key. The fans of variance scaling are those of the shape (see `fansOf`) unless given.
 *
 * @param initialiser how the weights begin
 * @param options.shape the shape of the weights
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @param options.fans the inputs and outputs of a unit where the shape does not tell
 * @returns a function from a key to an expression
 * @example
 * import { glorotUniform, initialise, key } from 'gradfold/random'
 * const kernel = initialise(glorotUniform(), { shape: [784, 128] })(key(42)) // Expr<[784, 128], 'f32'>
 * @category interpretation
 * @since 0.1.0
 */
export const initialise =
  <const S extends Sizes, F extends FloatDType = 'f32'>(
    initialiser: Initialiser,
    options: { readonly shape: S; readonly dtype?: F; readonly fans?: Fans }
  ): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) => {
    const shape = checkedShape('initialise', options.shape)
    const dtype = checkedFloat('initialise', options.dtype ?? 'f32')
    const fans = options.fans === undefined ? fansOf(shape) : checkedFans(options.fans)
    return typed(weights(initialiser, keyValue(key), shape, dtype, fans))
  }

// internal

const weights = (initialiser: Initialiser, key: Value, shape: Sizes, dtype: FloatDType, fans: Fans): Value => {
  switch (initialiser.tag) {
    case 'zeros':
      return filled(0, shape, dtype)
    case 'ones':
      return filled(1, shape, dtype)
    case 'constant':
      return filled(initialiser.value, shape, dtype)
    case 'randomUniform':
      return uniformValue(key, shape, dtype, initialiser.low, initialiser.high)
    case 'randomNormal':
      return shifted(dtype, normalValue(key, shape, dtype), initialiser.mean, initialiser.stddev)
    case 'randomTruncatedNormal': {
      const { lower, upper, stddev, mean } = initialiser
      return shifted(dtype, truncatedNormalValue(key, shape, dtype, lower, upper), mean, stddev)
    }
    case 'varianceScaling': {
      const variance = initialiser.scale / Math.max(1, fanOf(initialiser.mode, fans))
      return scaled[initialiser.distribution](key, shape, dtype, rounded(dtype, variance))
    }
    case 'orthogonal':
      return shape.length < 2
        ? raise(`orthogonal: takes a shape of at least two axes, got ${show(shape)}`)
        : binary('multiply', orthogonalValue(key, shape, dtype), rounded(dtype, initialiser.gain))
  }
}

const fanOf = (mode: FanMode, { fanIn, fanOut }: Fans): number => {
  const fans: Readonly<Record<FanMode, number>> = { fanIn, fanOut, fanAverage: (fanIn + fanOut) / 2 }
  return fans[mode]
}

/** The standard deviation of the standard normal distribution cut at −2 and 2. */
const truncatedDeviation = 0.87962566103423978

type Scaled = (key: Value, shape: Sizes, dtype: FloatDType, variance: number) => Value

/** Draws of a given variance; the factors round as JAX's do, once for each operation in the weights' type. */
const scaled: Readonly<Record<ScaledDistribution, Scaled>> = {
  normal: (key, shape, dtype, variance) =>
    binary('multiply', normalValue(key, shape, dtype), rounded(dtype, Math.sqrt(variance))),
  truncatedNormal: (key, shape, dtype, variance) => {
    const deviation = rounded(dtype, rounded(dtype, Math.sqrt(variance)) / rounded(dtype, truncatedDeviation))
    return binary('multiply', truncatedNormalValue(key, shape, dtype, -2, 2), deviation)
  },
  uniform: (key, shape, dtype, variance) => {
    const bound = rounded(dtype, Math.sqrt(rounded(dtype, 3 * variance)))
    return binary('multiply', uniformValue(key, shape, dtype, -1, 1), bound)
  }
}
