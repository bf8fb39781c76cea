/**
 * Poisson draws.
 *
 * @since 0.1.0
 */
import { applyOne, converted, typed, type Expr } from '../expr/internal.ts'
import { raise, size, type Mutable, type Sizes } from '../shape/index.ts'
import { binary, checkedShape, filled, unary } from './internal.ts'
import { keyValue, splitPair, type KeyLike } from './key.ts'
import { repeatWhile } from './loop.ts'
import { rounded } from './rounding.ts'
import { uniformValue } from './uniform.ts'

/**
 * Poisson numbers of a small rate, by Knuth's method: how many uniform numbers can be multiplied before their product
 * falls to exp(−rate).
 *
 * Rates from 10 need the logarithm of the gamma function and depend on the whole shape in JAX: they are refused.
 *
 * @param options.shape the shape of the draw
 * @param options.rate the mean, from 0 and below 10
 * @returns a function from a key to an expression of i32
 * @see Knuth, The art of computer programming, volume 2, 3.4.1; `jax.random.poisson`
 * @example
 * import { key, poisson } from 'gradfold/random'
 * const drawn = poisson({ shape: [8], rate: 5 })(key(42)) // Expr<[8], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const poisson =
  <const S extends Sizes>(options: {
    readonly shape: S
    readonly rate: number
  }): ((key: KeyLike) => Expr<Mutable<S>, 'i32'>) =>
  (key) => {
    const shape = checkedShape('poisson', options.shape)
    const { rate } = options
    if (!(rate >= 0 && rate < 10)) raise(`poisson: the rate has to be from 0 and below 10, got ${rate}`)
    const none = filled(0, shape, 'i32')
    if (rate === 0 || size(shape) === 0) return typed(none)
    const least = -rounded('f32', rate)
    const [, count] = repeatWhile(
      [keyValue(key), none, filled(0, shape, 'f32')],
      // empty shapes never get here, so there is a greatest
      (carry) => applyOne('reduceMax', [binary('less', least, carry(2))], { axes: shape.map((_, axis) => axis) }),
      (carry) => {
        const [next, sub] = splitPair(carry(0))
        const open = converted(binary('less', least, carry(2)), 'i32')
        const sum = binary('add', carry(2), unary('log', uniformValue(sub, shape, 'f32', 0, 1)))
        return [next, binary('add', carry(1), open), sum]
      }
    )
    return typed(count === undefined ? raise('poisson: the loop has three results') : binary('subtract', count, 1))
  }
