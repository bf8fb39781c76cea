/**
 * Normal draws, whole and truncated.
 *
 * @since 0.1.0
 */
import { scalar, typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, type Mutable, type Sizes } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { binary, checkedFloat, checkedNumber, checkedShape, filled, unary } from './internal.ts'
import { keyValue, type KeyLike } from './key.ts'
import { nextDown, nextUp, rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

// constructors

/**
 * Normally distributed numbers.
 *
 *     u = uniform in (−1, 1)        z = √2 · erfInv(u)        x = z · stddev + mean
 *
 * With mean 0 and stddev 1, x is z. In f32 erfInv is the polynomial of Giles with float32 multiply-adds, so z equals
 * JAX's on a CPU; in f64 it is the float64 erfInv.
 *
 * @param options.shape the shape of the draw
 * @param options.mean any finite number. Default 0.
 * @param options.stddev the standard deviation, from 0. Default 1.
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see Giles 2010, Approximating the erfinv function; `jax.random.normal`
 * @example
 * import { key, normal } from 'gradfold/random'
 * const drawn = normal({ shape: [2, 3] })(key(42)) // Expr<[2, 3], 'f32'>
 * @category constructors
 * @since 0.1.0
 */
export const normal =
  <const S extends Sizes, F extends FloatDType = 'f32'>(options: {
    readonly shape: S
    readonly mean?: number
    readonly stddev?: number
    readonly dtype?: F
  }): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) => {
    const { mean = 0, stddev = 1 } = options
    const dtype = checkedFloat('normal', options.dtype ?? 'f32')
    const shape = checkedShape('normal', options.shape)
    return typed(shifted(dtype, normalValue(keyValue(key), shape, dtype), finite('mean', mean), deviation(stddev)))
  }

/**
 * Normally distributed numbers within bounds, drawn by the inverse of the distribution function: none is rejected.
 *
 *     a = erf(lower / √2)        b = erf(upper / √2)        z = √2 · erfInv(uniform in [a, b)), kept strictly within the bounds
 *     x = z · stddev + mean
 *
 * The bounds count standard deviations of the normal distribution from its mean. Truncation makes the standard
 * deviation of x smaller than `stddev`: by the factor 0.8796… for the bounds −2 and 2.
 *
 * @param options.shape the shape of the draw
 * @param options.lower the bound below. Default −2.
 * @param options.upper the bound above, greater than `lower`. Default 2.
 * @param options.mean any finite number. Default 0.
 * @param options.stddev the standard deviation before truncation, from 0. Default 1.
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.truncated_normal`; erf is correctly rounded here, so the last bits may differ from JAX's
 * @example
 * import { key, truncatedNormal } from 'gradfold/random'
 * const drawn = truncatedNormal({ shape: [64], lower: 0 })(key(7)) // from 0 to 2
 * @category constructors
 * @since 0.1.0
 */
export const truncatedNormal =
  <const S extends Sizes, F extends FloatDType = 'f32'>(options: {
    readonly shape: S
    readonly lower?: number
    readonly upper?: number
    readonly mean?: number
    readonly stddev?: number
    readonly dtype?: F
  }): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) => {
    const { lower = -2, upper = 2, mean = 0, stddev = 1 } = options
    const dtype = checkedFloat('truncatedNormal', options.dtype ?? 'f32')
    const shape = checkedShape('truncatedNormal', options.shape)
    const drawn = truncatedNormalValue(keyValue(key), shape, dtype, lower, upper)
    return typed(shifted(dtype, drawn, finite('mean', mean), deviation(stddev)))
  }

// internal

const finite = (name: string, value: number): number =>
  Number.isFinite(value) ? value : raise(`normal: ${name} has to be finite, got ${value}`)

const deviation = (stddev: number): number =>
  finite('stddev', stddev) >= 0 ? stddev : raise(`normal: stddev has to be 0 or more, got ${stddev}`)

/**
 * Standard numbers with another mean and standard deviation.
 *
 * @internal
 */
export const shifted = (dtype: FloatDType, z: Value, mean: number, stddev: number): Value => {
  const spread = stddev === 1 ? z : binary('multiply', z, rounded(dtype, stddev))
  return mean === 0 ? spread : binary('add', spread, rounded(dtype, mean))
}

const squareRootOfTwo = 1.4142135623730951

/** √2 · erfInv(u). */
const quantile = (dtype: FloatDType, u: Value): Value =>
  binary('multiply', unary('erfInv', u), rounded(dtype, squareRootOfTwo))

/**
 * Standard normal numbers, as a value.
 *
 * @internal
 */
export const normalValue = (key: Value, shape: Sizes, dtype: FloatDType): Value =>
  quantile(dtype, uniformValue(key, shape, dtype, nextUp(dtype, -1), 1))

/**
 * Truncated standard normal numbers, as a value.
 *
 * @internal
 */
export const truncatedNormalValue = (
  key: Value,
  shape: Sizes,
  dtype: FloatDType,
  lower: number,
  upper: number
): Value => {
  const low = rounded(dtype, checkedNumber('truncatedNormal', 'lower', lower))
  const high = rounded(dtype, checkedNumber('truncatedNormal', 'upper', upper))
  if (!(low < high)) raise(`truncatedNormal: lower has to be less than upper, got ${lower} and ${upper}`)
  const portion = (bound: number): Value =>
    unary('erf', scalar(rounded(dtype, bound / rounded(dtype, squareRootOfTwo)), dtype))
  const drawn = quantile(dtype, uniformValue(key, shape, dtype, portion(low), portion(high)))
  return binary(
    'minimum',
    binary('maximum', drawn, filled(nextUp(dtype, low), shape, dtype)),
    filled(nextDown(dtype, high), shape, dtype)
  )
}
