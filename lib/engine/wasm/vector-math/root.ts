/**
 * Roots of four floats: the reciprocal square root and the cube root, refined from float32 once.
 *
 * @since 0.1.0
 */
import { f32x4, i32x4, v128, type Instruction } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { difference, product, promoted, quotient, sum } from './doubles.ts'
import { isFrom, type Approximation } from './rounding.ts'

/**
 * `1/√x` by one step of Newton's iteration, y (3 − x y²)/2, from the float32 quotient: that is within 2^-23, so the step is
 * within 1.5 · 2^-46. Half of x has to be exact, so what is below 2^-125 is special.
 */
export const rsqrt: Approximation = {
  name: 'rsqrt',
  bits: 44,
  doubles: (writer, x) => {
    const rough = keep(writer, f32x4.divide(v128.constantF32(1), f32x4.sqrt(x)))
    const halved = keep(writer, f32x4.multiply(x, v128.constantF32(0.5)))
    return (half) => {
      const y = keep(writer, promoted(rough, half))
      return product(y, difference(1.5, product(promoted(halved, half), product(y, y))))
    }
  },
  isSpecial: (x) => v128.not(isFrom(x, 0x01000000, 0x7e800000))
}

const MAGNITUDE = 0x7fffffff

/**
 * A cube root within 3.5 %: a third of the exponent and, as it happens, of the fraction, from a third of the bits. They are
 * divided as a float, and added to 2^30, at which the last bit of a float counts 128.
 */
const guessed = (writer: Writer, x: Instruction<'v128'>): Instruction<'v128'> => {
  const bits = f32x4.convertI32Signed(v128.and(x, v128.constantI32(MAGNITUDE)))
  const third = f32x4.add(f32x4.multiply(bits, v128.constantF32(1 / 3)), v128.constantF32(1073741824))
  const magnitude = i32x4.add(i32x4.shiftLeft(third, 7), v128.constantI32(709921077 - 0x40000000))
  return keep(writer, v128.or(magnitude, v128.andNot(x, v128.constantI32(MAGNITUDE))))
}

/**
 * Halley's iteration, y (y³ + 2x)/(2y³ + x), once in float32 and once in doubles: an error of 0.035 becomes 2^-15, and
 * that 2^-45. Where 3x overflows is special.
 */
export const cbrt: Approximation = {
  name: 'cbrt',
  bits: 43,
  doubles: (writer, x) => {
    const guess = guessed(writer, x)
    const cube = keep(writer, f32x4.multiply(f32x4.multiply(guess, guess), guess))
    const total = keep(writer, f32x4.add(cube, x))
    const rough = keep(writer, f32x4.multiply(guess, f32x4.divide(f32x4.add(total, x), f32x4.add(total, cube))))
    return (half) => {
      const y = keep(writer, promoted(rough, half))
      const wide = keep(writer, promoted(x, half))
      const power = keep(writer, product(product(y, y), y))
      const both = keep(writer, sum(power, wide))
      return quotient(product(y, sum(both, wide)), sum(both, power))
    }
  },
  isSpecial: (x) => v128.not(isFrom(v128.and(x, v128.constantI32(MAGNITUDE)), 0x00800000, 0x7e000000))
}
