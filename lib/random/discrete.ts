/**
 * Draws of a few values: coins, signs, whole numbers, classes.
 *
 * @since 0.1.0
 */
import { applyOne, converted, scalar, stretched, typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, show, type Init, type Mutable, type Shape, type Sizes } from '../shape/index.ts'
import { isFloat, showSlot, type FloatDType } from '../tensor/index.ts'
import { words32 } from './bits.ts'
import { gumbelValue } from './continuous.ts'
import { binary, bitcast, checkedShape } from './internal.ts'
import { keyValue, splitPair, type KeyLike } from './key.ts'
import { rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

// constructors

/**
 * Coins that show true with a given probability: `uniform in [0, 1) < probability`.
 *
 * @param options.shape the shape of the draw
 * @param options.probability from 0 to 1, rounded to f32, or a scalar expression. Default 0.5.
 * @returns a function from a key to an expression of bool
 * @see `jax.random.bernoulli` (its `mode='low'`, the default)
 * @example
 * import { bernoulli, key } from 'gradfold/random'
 * const kept = bernoulli({ shape: [128], probability: 0.9 })(key(7)) // Expr<[128], 'bool'>
 * @category constructors
 * @since 0.1.0
 */
export const bernoulli =
  <const S extends Sizes>(options: {
    readonly shape: S
    readonly probability?: number | Expr<[]> | Expr<[], 'f64'>
  }): ((key: KeyLike) => Expr<Mutable<S>, 'bool'>) =>
  (key) => {
    const bound = probabilityValue(options.probability ?? 0.5)
    const drawn = uniformValue(keyValue(key), checkedShape('bernoulli', options.shape), bound.dtype, 0, 1)
    return typed(binary('less', drawn, bound.value))
  }

/**
 * Random signs: −1 or 1, each with probability ½.
 *
 * @param options.shape the shape of the draw
 * @param options.dtype 'i32', 'f32' or 'f64'. Default 'i32'.
 * @returns a function from a key to an expression
 * @see `jax.random.rademacher`
 * @example
 * import { key, rademacher } from 'gradfold/random'
 * const signs = rademacher({ shape: [8] })(key(42)) // Expr<[8], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const rademacher =
  <const S extends Sizes, T extends 'i32' | FloatDType = 'i32'>(options: {
    readonly shape: S
    readonly dtype?: T
  }): ((key: KeyLike) => Expr<Mutable<S>, T>) =>
  (key) => {
    const drawn = uniformValue(keyValue(key), checkedShape('rademacher', options.shape), 'f32', 0, 1)
    const heads = converted(binary('less', drawn, 0.5), 'i32')
    return typed(converted(binary('subtract', binary('multiply', heads, 2), 1), options.dtype ?? 'i32'))
  }

/**
 * Whole numbers from `low` up to, but not including, `high`.
 *
 *     H, L = the words of the two keys of split(2)        n = high − low        m = (2¹⁶ mod n)² mod 2³² mod n
 *     x = low + ((H mod n) · m + L mod n) mod n        all of it modulo 2³²
 *
 * Where `high` is not above `low`, x is `low`. Numbers above 2¹⁶ come from L alone (m is 0 there), with a bias of at
 * most n / 2³², as in JAX.
 *
 * @param options.shape the shape of the draw
 * @param options.low the least value, an i32. Default 0.
 * @param options.high the bound above, from −2³¹ to 2³¹ (2³¹ includes the greatest i32)
 * @returns a function from a key to an expression of i32
 * @see `jax.random.randint`
 * @example
 * import { key, randint } from 'gradfold/random'
 * const dice = randint({ shape: [2], low: 1, high: 7 })(key(42)) // Expr<[2], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const randint =
  <const S extends Sizes>(options: {
    readonly shape: S
    readonly low?: number
    readonly high: number
  }): ((key: KeyLike) => Expr<Mutable<S>, 'i32'>) =>
  (key) =>
    typed(randintValue(keyValue(key), checkedShape('randint', options.shape), options.low ?? 0, options.high))

/**
 * Classes drawn with probabilities proportional to exp(logits) along the last axis, by the Gumbel-max trick.
 *
 *     class = argmax over c of logits[…, c] + gumbel[…, c]        the first greatest wins
 *
 * @param logits an expression f32 or f64 [batch…, classes] with at least one class
 * @param options.samples the shape of the draws for each distribution; its axes come first. Default [], one draw.
 * @returns a function from a key to an expression i32 [samples…, batch…]
 * @see Maddison et al. 2014, A* sampling; `jax.random.categorical`
 * @example
 * import { categorical, key, normal } from 'gradfold/random'
 * const logits = normal({ shape: [32, 10] })(key(1))
 * const classes = categorical(logits)(key(2)) // Expr<[32], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const categorical =
  <L extends Shape, F extends FloatDType, const N extends Sizes = []>(
    logits: Expr<L, F>,
    options: { readonly samples?: N } = {}
  ): ((key: KeyLike) => Expr<[...Mutable<N>, ...Init<L>], 'i32'>) =>
  (key) => {
    if (!isFloat(logits.dtype) || logits.shape.length === 0 || logits.shape.at(-1) === 0)
      raise(`categorical: takes logits f32 or f64 [..., classes], got ${showSlot(logits)}`)
    const shape = [...checkedShape('categorical', options.samples ?? []), ...logits.shape]
    const noise = gumbelValue(keyValue(key), shape, logits.dtype)
    return typed(applyOne('argMax', [binary('add', noise, stretched(logits, shape))], { axis: shape.length - 1 }))
  }

// internal

/** A probability as a scalar and the type to compare in. */
const probabilityValue = (probability: number | Value): { readonly value: Value; readonly dtype: FloatDType } => {
  if (typeof probability === 'number')
    return probability >= 0 && probability <= 1
      ? { value: scalar(rounded('f32', probability), 'f32'), dtype: 'f32' }
      : raise(`bernoulli: the probability has to be from 0 to 1, got ${probability}`)
  return isFloat(probability.dtype) && probability.shape.length === 0
    ? { value: probability, dtype: probability.dtype }
    : raise(`bernoulli: the probability has to be a number, f32[] or f64[], got ${showSlot(probability)}`)
}

const isWord = (n: number): boolean => Number.isInteger(n) && n >= -2147483648 && n <= 2147483647

/**
 * Whole numbers in a range, as a value.
 *
 * @internal
 */
export const randintValue = (key: Value, shape: Sizes, low: number, high: number): Value => {
  if (!isWord(low) || !isWord(high - 1))
    raise(`randint: low and high have to be whole numbers of 32 bits, got ${low} and ${high} for ${show(shape)}`)
  const span = (high > low ? high - low : 1) >>> 0
  const [k1, k2] = splitPair(key)
  const [more, less] = [words32(k1, shape), words32(k2, shape)]
  // a span of 2³² has no remainder to take
  const modulo = (x: Value): Value => (span === 0 ? x : binary('remainder', x, span))
  const half = span === 0 ? 65536 : 65536 % span
  const square = Math.imul(half, half) >>> 0
  const multiplier = span === 0 ? square : square % span
  const drawn = modulo(binary('add', binary('multiply', modulo(more), multiplier), modulo(less)))
  return binary('add', bitcast(drawn, 'i32'), low)
}
