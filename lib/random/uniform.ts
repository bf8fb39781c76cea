/**
 * Uniform draws.
 *
 * @since 0.1.0
 */
import { scalar, typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, type Mutable, type Sizes } from '../shape/index.ts'
import { showSlot, type FloatDType } from '../tensor/index.ts'
import { fractions } from './bits.ts'
import { binary, checkedFloat, checkedNumber, checkedShape } from './internal.ts'
import { keyValue, type KeyLike } from './key.ts'
import { rounded } from './rounding.ts'

// constructors

/**
 * Uniform numbers from `low` up to, but not including, `high`.
 *
 *     f = (23 bits of the draw) · 2⁻²³        x = max(low, f · (high − low) + low)
 *
 * Each operation rounds once. Where the range is wide, rounding can give `high` itself, as in JAX. In f64 there are 52 bits.
 *
 * @param options.shape the shape of the draw
 * @param options.low the least value: a number, or a scalar expression. Default 0.
 * @param options.high the bound above, not below `low`. Default 1.
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.uniform`
 * @example
 * import { key, uniform } from 'gradfold/random'
 * const drawn = uniform({ shape: [2, 3], low: -1 })(key(42)) // Expr<[2, 3], 'f32'>
 * @category constructors
 * @since 0.1.0
 */
export const uniform =
  <const S extends Sizes, F extends FloatDType = 'f32'>(options: {
    readonly shape: S
    readonly low?: number | Expr<[], F>
    readonly high?: number | Expr<[], F>
    readonly dtype?: F
  }): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) => {
    const { low = 0, high = 1 } = options
    const dtype = checkedFloat('uniform', options.dtype ?? 'f32')
    return typed(uniformValue(keyValue(key), checkedShape('uniform', options.shape), dtype, low, high))
  }

// internal

/**
 * The same on values.
 *
 * @internal
 */
export const uniformValue = (
  key: Value,
  shape: Sizes,
  dtype: FloatDType,
  low: number | Value,
  high: number | Value
): Value => {
  const fraction = fractions(key, shape, dtype)
  if (typeof low === 'number' && typeof high === 'number') {
    const [from, to] = [checkedBound(dtype, 'low', low), checkedBound(dtype, 'high', high)]
    if (from > to) raise(`uniform: low has to be at most high, got ${low} and ${high}`)
    return scaled(fraction, from, rounded(dtype, to - from))
  }
  const [from, to] = [boundValue(dtype, 'low', low), boundValue(dtype, 'high', high)]
  return scaled(fraction, from, binary('subtract', to, from))
}

const checkedBound = (dtype: FloatDType, name: string, bound: number): number =>
  Number.isFinite(checkedNumber('uniform', name, bound)) && Number.isFinite(rounded(dtype, bound))
    ? rounded(dtype, bound)
    : raise(`uniform: ${name} has to be finite in ${dtype}, got ${bound}`)

const boundValue = (dtype: FloatDType, name: string, bound: number | Value): Value => {
  if (typeof bound === 'number') return scalar(checkedBound(dtype, name, bound), dtype)
  return bound.dtype === dtype && bound.shape.length === 0
    ? bound
    : raise(`uniform: ${name} has to be a number or ${dtype}[], got ${showSlot(bound)}`)
}

/** max(low, fraction · width + low); the fraction itself for [0, 1), which these operations would not change. */
const scaled = (fraction: Value, low: number | Value, width: number | Value): Value =>
  low === 0 && width === 1 ? fraction : binary('maximum', binary('add', binary('multiply', fraction, width), low), low)
