/**
 * Gamma draws, and their logarithms.
 *
 * @since 0.1.0
 */
import { reshaped, scalar, typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, size, type Mutable, type Sizes } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { binary, checkedFloat, checkedShape, select, unary } from './internal.ts'
import { foldValue, split, splitPair, type KeyLike } from './key.ts'
import { mapRows, repeatWhile } from './loop.ts'
import { normalValue } from './normal.ts'
import { rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

// model

/**
 * The options of a gamma draw.
 *
 * @category model
 * @since 0.1.0
 */
export interface GammaOptions<S extends Sizes, F extends FloatDType> {
  readonly shape: S
  /** The shape parameter α of the distribution, greater than 0. */
  readonly concentration: number
  /** Default 'f32'. */
  readonly dtype?: F
}

// constructors

/**
 * Gamma numbers of scale 1, by the rejection method of Marsaglia and Tsang.
 *
 *     d = α − 1/3        c = 1 / (3 √d)        v = (1 + c x)³, x normal, until v > 0
 *     accepted where u < 1 − 0.0331 x⁴ or log u < x²/2 + d (1 − v + log v)        result d v
 *     for α < 1: a draw for α + 1, times u^(1/α)
 *
 * Element i has a key of its own, row i of split, so it does not depend on the others. The elements are drawn one
 * after the other.
 *
 * @param options.shape the shape of the draw
 * @param options.concentration α > 0
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see Marsaglia & Tsang 2000, A simple method for generating gamma variables; `jax.random.gamma`
 * @example
 * import { gamma, key } from 'gradfold/random'
 * const drawn = gamma({ shape: [8], concentration: 2.5 })(key(42)) // Expr<[8], 'f32'>
 * @category constructors
 * @since 0.1.0
 */
export const gamma =
  <const S extends Sizes, F extends FloatDType = 'f32'>(
    options: GammaOptions<S, F>
  ): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) =>
    typed(
      eachElement('gamma', key, options, (self, dtype) => {
        const { volume, d, boost, sub } = accepted(self, options.concentration, dtype)
        const drawn = binary('multiply', volume, d)
        if (boost === undefined) return drawn
        const share = binary('subtract', 1, uniformValue(sub, [], dtype, 0, 1))
        return binary('multiply', drawn, binary('power', share, boost))
      })
    )

/**
 * The logarithms of gamma numbers; unlike the logarithm of `gamma` they do not become −∞ for small α.
 *
 *     log d + log v        for α < 1: that for α + 1, plus log(u) / α
 *
 * @param options.shape the shape of the draw
 * @param options.concentration α > 0
 * @param options.dtype 'f32' or 'f64'. Default 'f32'.
 * @returns a function from a key to an expression
 * @see `jax.random.loggamma`
 * @example
 * import { key, logGamma } from 'gradfold/random'
 * const drawn = logGamma({ shape: [8], concentration: 0.1 })(key(42))
 * @category constructors
 * @since 0.1.0
 */
export const logGamma =
  <const S extends Sizes, F extends FloatDType = 'f32'>(
    options: GammaOptions<S, F>
  ): ((key: KeyLike) => Expr<Mutable<S>, F>) =>
  (key) =>
    typed(
      eachElement('logGamma', key, options, (self, dtype) => {
        const { volume, d, boost, sub } = accepted(self, options.concentration, dtype)
        const drawn = binary('add', unary('log', scalar(d, dtype)), unary('log', volume))
        if (boost === undefined) return drawn
        const exponent = unary('log1p', unary('negate', uniformValue(sub, [], dtype, 0, 1)))
        const zero = scalar(0, dtype)
        const raised = select(binary('equal', exponent, zero), zero, binary('multiply', exponent, boost))
        return binary('add', drawn, raised)
      })
    )

// internal

const eachElement = (
  name: string,
  key: KeyLike,
  options: GammaOptions<Sizes, FloatDType>,
  draw: (key: Value, dtype: FloatDType) => Value
): Value => {
  const { concentration } = options
  if (!(concentration > 0 && concentration < Infinity))
    raise(`${name}: the concentration has to be a number greater than 0, got ${concentration}`)
  const shape = checkedShape(name, options.shape)
  const dtype = checkedFloat(name, options.dtype ?? 'f32')
  return reshaped(
    mapRows(split(size(shape))(key), (row) => draw(row, dtype)),
    shape
  )
}

interface Accepted {
  readonly volume: Value
  readonly d: number
  /** 1/α where α is below 1 */
  readonly boost: number | undefined
  /** the key that is left for the power of a uniform number */
  readonly sub: Value
}

/** A draw for α, or for α + 1 where α is below 1, before it is multiplied by d. */
const accepted = (self: Value, concentration: number, dtype: FloatDType): Accepted => {
  const round = (x: number): number => rounded(dtype, x)
  const alpha = round(concentration)
  const third = round(1 / 3)
  const d = round((alpha >= 1 ? alpha : round(alpha + 1)) - third)
  const c = round(third / round(Math.sqrt(d)))
  const [key, sub] = splitPair(self)
  const start = [key, scalar(0, dtype), scalar(1, dtype), scalar(2, dtype)]
  const result = repeatWhile(
    start,
    (carry) => isRejected(carry(1), carry(2), carry(3), d),
    (carry) => {
      const [next, forNormal, forUniform] = [0, 1, 2].map((i) => foldValue(carry(0), i))
      if (next === undefined || forNormal === undefined || forUniform === undefined) return []
      const [x, v] = positive(forNormal, c, dtype)
      return [
        next,
        binary('multiply', x, x),
        binary('multiply', binary('multiply', v, v), v),
        uniformValue(forUniform, [], dtype, 0, 1)
      ]
    }
  )
  const volume = result[2] ?? raise('gamma: the loop has four results')
  return { volume, d, boost: alpha >= 1 ? undefined : round(1 / alpha), sub }
}

/** u ≥ 1 − 0.0331 s² and log u ≥ s/2 + d ((1 − v) + log v), s the square of the normal number. */
const isRejected = (s: Value, v: Value, u: Value, d: number): Value => {
  const squeeze = binary('subtract', 1, binary('multiply', binary('multiply', s, s), 0.0331))
  const bound = binary('add', binary('subtract', 1, v), unary('log', v))
  const exact = binary('add', binary('multiply', s, 0.5), binary('multiply', bound, d))
  return binary('and', binary('lessEqual', squeeze, u), binary('lessEqual', exact, unary('log', u)))
}

/** A normal number x and v = 1 + c x, drawn until v is positive. */
const positive = (key: Value, c: number, dtype: FloatDType): readonly [x: Value, v: Value] => {
  const result = repeatWhile(
    [key, scalar(0, dtype), scalar(-1, dtype)],
    (carry) => binary('lessEqual', carry(2), scalar(0, dtype)),
    (carry) => {
      const [next, sub] = splitPair(carry(0))
      const x = normalValue(sub, [], dtype)
      return [next, x, binary('add', binary('multiply', x, c), 1)]
    }
  )
  const [, x, v] = result
  return x === undefined || v === undefined ? raise('gamma: the loop has three results') : [x, v]
}
