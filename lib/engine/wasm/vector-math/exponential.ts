/**
 * Exponentials of four floats: exp and exp2.
 *
 *     e^x = 2^(8 y),  y = x log2(e)/8 = n/8 + f,  |f| ≤ 1/16        2^(8 y) = 2^n (2^f)^8
 *
 * 2^f is a polynomial of degree 5, which three squarings carry to a whole octave: fewer operations than one polynomial
 * for the octave, and no table. It was found by Remez' exchange in 50 digits, minimax for the relative error, which is
 * 2^-41.6 with the coefficients rounded to doubles; the squarings make it 2^-38.6.
 *
 * @since 0.1.0
 */
import { f32x4, i64x2, v128, type Instruction } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { difference, polynomial, product, promoted, sum } from './doubles.ts'
import { isFrom, type Approximation } from './rounding.ts'

const LOG2_E = 1.4426950408889634

/** 2^f for |f| ≤ 1/16. */
const POWER = [
  1.0000000000002869, 0.6931471805591216, 0.24022650563720688, 0.05550410940647499, 0.009619031624226828,
  0.001333266482455019
]

/**
 * So great that the last bit of its doubles counts eighths: adding it rounds to them, and leaves n, with the bias of
 * exponents, in the low bits.
 */
const EIGHTHS = 1.5 * 562949953421312 + 1023 / 8

/** `2^(8 y)` for |8 y| < 1000. */
const octavesOfEighths = (writer: Writer, y: Instruction<'v128'>): Instruction<'v128'> => {
  const whole = keep(writer, y)
  const shifted = keep(writer, sum(whole, EIGHTHS))
  const rest = keep(writer, difference(whole, difference(shifted, EIGHTHS)))
  const first = keep(writer, polynomial(rest, POWER))
  const second = keep(writer, product(first, first))
  const fourth = keep(writer, product(second, second))
  return product(product(fourth, fourth), i64x2.shiftLeft(shifted, 52))
}

/** Four floats, kept between two bounds; NaN stays. */
export const clamped = (x: Instruction<'v128'>, least: number, greatest: number): Instruction<'v128'> =>
  f32x4.pseudoMaximum(f32x4.pseudoMinimum(x, v128.constantF32(greatest)), v128.constantF32(least))

/** The exponential whose argument counts `octaves` each; it vanishes below `least` and overflows above `greatest`. */
const exponential = (name: 'exp' | 'exp2', octaves: number, least: number, greatest: number): Approximation => ({
  name,
  bits: 38,
  doubles: (writer, x) => {
    const inside = keep(writer, clamped(x, least, greatest))
    return (half) => octavesOfEighths(writer, product(promoted(inside, half), octaves / 8))
  },
  isSpecial: (_, result) => isFrom(result, 1, 0x00800000)
})

export const exp = exponential('exp', LOG2_E, -105, 89)
export const exp2 = exponential('exp2', 1, -151, 129)
