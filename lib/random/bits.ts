/**
 * Random bits: the words that every other draw is made of.
 *
 * @since 0.1.0
 */
import { applyOne, converted, reshaped, typed, type Expr, type Value } from '../expr/internal.ts'
import { raise, size, type Mutable, type Sizes } from '../shape/index.ts'
import { binary, bitcast, checkedShape, cipher, filled } from './internal.ts'
import { keyValue, words, type KeyLike } from './key.ts'

// constructors

/**
 * Uniform random bits.
 *
 *     (a, b) = Threefry(key, (⌊i / 2³²⌋, i mod 2³²))        element i = a xor b, or its low 16 or 8 bits
 *
 * i is the row-major index of the element plus `offset`, so an element depends on the key and on i only: any part of
 * a draw can be drawn alone, and a larger draw begins like a smaller one.
 *
 * @param options.shape the shape of the draw
 * @param options.width bits for each element: 32, 16 or 8. Default 32.
 * @param options.offset the index of the first element, a whole number from 0 to 2⁵³ − 1. Default 0.
 * @returns a function from a key to an expression u32, elements from 0 to 2^width − 1
 * @see Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3; `jax.random.bits`
 * @example
 * import { bits, key } from 'gradfold/random'
 * const drawn = bits({ shape: [2, 3] })(key(42)) // Expr<[2, 3], 'u32'>
 * @category constructors
 * @since 0.1.0
 */
export const bits =
  <const S extends Sizes>(options: {
    readonly shape: S
    readonly width?: 8 | 16 | 32
    readonly offset?: number
  }): ((key: KeyLike) => Expr<Mutable<S>, 'u32'>) =>
  (key) => {
    const { width = 32, offset = 0 } = options
    const [a, b] = blocks(keyValue(key), checkedShape('bits', options.shape), offset)
    const drawn = binary('xor', a, b)
    return typed(width === 32 ? drawn : binary('and', drawn, checkedWidth(width) === 16 ? 0xffff : 0xff))
  }

// internal

const checkedWidth = (width: number): number =>
  width === 8 || width === 16 ? width : raise(`bits: the width has to be 8, 16 or 32, got ${width}`)

/** The counters of the elements of a shape: the high and the low words of their indices. */
const counters = (count: number, offset: number): readonly [high: Value, low: Value] => {
  if (!Number.isSafeInteger(offset) || offset < 0)
    raise(`bits: the offset has to be a whole number from 0 to 2^53 - 1, got ${offset}`)
  const index = applyOne('iota', [], { shape: [count], axis: 0, dtype: 'u32' })
  if (offset === 0) return [filled(0, [count], 'u32'), index]
  const [high, first] = [Math.floor(offset / 4294967296), offset >>> 0]
  const low = binary('add', index, first)
  const carry = converted(binary('less', low, first), 'u32')
  return [binary('add', carry, high), low]
}

/** Two words for each element of a shape. */
const blocks = (key: Value, shape: Sizes, offset = 0): readonly [Value, Value] => {
  const [k0, k1] = words(key)
  const [a, b] = cipher(k0, k1, ...counters(size(shape), offset))
  return [reshaped(a, shape), reshaped(b, shape)]
}

/**
 * One word for each element of a shape.
 *
 * @internal
 */
export const words32 = (key: Value, shape: Sizes): Value => binary('xor', ...blocks(key, shape))

/** 2⁻³² and 2⁻⁵², exactly. */
const [wordUnit, fractionUnit] = [1 / 4294967296, 1 / 4503599627370496]

/**
 * Fractions in [0, 1): multiples of 2⁻²³ in f32, of 2⁻⁵² in f64, as if the high bits were a float's fraction in [1, 2).
 *
 * @internal
 */
export const fractions = (key: Value, shape: Sizes, dtype: 'f32' | 'f64'): Value => {
  const [a, b] = blocks(key, shape)
  if (dtype === 'f32') {
    const pattern = binary('or', binary('shiftRight', binary('xor', a, b), 9), 0x3f800000)
    return binary('subtract', bitcast(pattern, 'f32'), 1)
  }
  // a·2³² + b is the 64-bit word; its first 52 bits make a sum of two exact products, itself exact
  const high = binary('multiply', converted(a, 'f64'), wordUnit)
  const low = binary('multiply', converted(binary('shiftRight', b, 12), 'f64'), fractionUnit)
  return binary('add', high, low)
}
