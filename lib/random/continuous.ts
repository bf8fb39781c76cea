/**
 * Draws from continuous distributions, by the inverse of their distribution functions.
 *
 * log, log1p and tan are correctly rounded here; JAX's on a CPU are not, so the last bits may differ from its draws.
 *
 * @since 0.1.0
 */
import { typed, type Expr, type Value } from '../expr/internal.ts'
import type { Mutable, Sizes } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { binary, checkedFloat, checkedShape, unary } from './internal.ts'
import { keyValue, type KeyLike } from './key.ts'
import { limits, rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

// model

/**
 * The shape and the element type of a draw.
 *
 * @category model
 * @since 0.1.0
 */
export interface Draw<S extends Sizes, F extends FloatDType> {
  readonly shape: S
  /** Default 'f32'. */
  readonly dtype?: F
}

/** A sampler without further options. */
type Sampler = <const S extends Sizes, F extends FloatDType = 'f32'>(
  options: Draw<S, F>
) => (key: KeyLike) => Expr<Mutable<S>, F>

const sampler =
  (name: string, draw: (key: Value, shape: Sizes, dtype: FloatDType) => Value): Sampler =>
  (options) =>
  (key) =>
    typed(draw(keyValue(key), checkedShape(name, options.shape), checkedFloat(name, options.dtype ?? 'f32')))

const negate = (self: Value): Value => unary('negate', self)

/**
 * Standard Gumbel numbers, as a value.
 *
 * @internal
 */
export const gumbelValue = (key: Value, shape: Sizes, dtype: FloatDType): Value =>
  negate(unary('log', negate(unary('log', uniformValue(key, shape, dtype, limits[dtype].tiny, 1)))))

// constructors

/**
 * Standard Gumbel numbers: `−log(−log(u))`, u uniform from the least normal number to 1.
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.gumbel` (`jax_high_dynamic_range_gumbel` off)
 * @example
 * import { gumbel, key } from 'gradfold/random'
 * const drawn = gumbel({ shape: [4] })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const gumbel: Sampler = sampler('gumbel', gumbelValue)

/**
 * Exponential numbers of rate 1: `−log1p(−u)`, u uniform in [0, 1).
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.exponential`
 * @example
 * import { exponential, key } from 'gradfold/random'
 * const drawn = exponential({ shape: [3] })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const exponential: Sampler = sampler('exponential', (key, shape, dtype) =>
  negate(unary('log1p', negate(uniformValue(key, shape, dtype, 0, 1))))
)

/**
 * Laplace numbers of scale 1: `sign(u) · log1p(−|u|)`, u uniform in (−1, 1).
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.laplace`
 * @example
 * import { key, laplace } from 'gradfold/random'
 * const drawn = laplace({ shape: [3] })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const laplace: Sampler = sampler('laplace', (key, shape, dtype) => {
  const u = uniformValue(key, shape, dtype, -1 + limits[dtype].epsilon / 2, 1)
  return binary('multiply', unary('sign', u), unary('log1p', negate(unary('abs', u))))
})

/**
 * Logistic numbers of scale 1: `log(u / (1 − u))`, u uniform from 2⁻²³ (f64: 2⁻⁵²) to 1.
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.logistic`
 * @example
 * import { key, logistic } from 'gradfold/random'
 * const drawn = logistic({ shape: [3] })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const logistic: Sampler = sampler('logistic', (key, shape, dtype) => {
  const u = uniformValue(key, shape, dtype, limits[dtype].epsilon, 1)
  return unary('log', binary('divide', u, binary('subtract', 1, u)))
})

const pi = 3.141592653589793

/**
 * Cauchy numbers of scale 1: `tan(π · (u − ½))`, u uniform from 2⁻²³ (f64: 2⁻⁵²) to 1.
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.cauchy`
 * @example
 * import { cauchy, key } from 'gradfold/random'
 * const drawn = cauchy({ shape: [3] })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const cauchy: Sampler = sampler('cauchy', (key, shape, dtype) => {
  const u = uniformValue(key, shape, dtype, limits[dtype].epsilon, 1)
  return unary('tan', binary('multiply', binary('subtract', u, 0.5), rounded(dtype, pi)))
})
