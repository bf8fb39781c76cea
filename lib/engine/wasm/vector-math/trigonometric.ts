/**
 * Sine, cosine and tangent of four floats, of moderate arguments.
 *
 *     x = k π + r,  |r| ≤ π/2        sin x = (−1)^k r S(r²)
 *     x = (k − ½) π + r              cos x = −(−1)^k r S(r²)
 *
 * Reducing by half turns needs one polynomial for all quadrants. S is of degree 6, sin(r)/r, found by Remez' exchange in
 * 50 digits, minimax for the relative error 2^-43.8. The remainder is accurate relative to itself, as π is subtracted in
 * two parts, of 33 and 53 bits: k of up to 20 bits times the first is exact.
 *
 * @since 0.1.0
 */
import { i32x4, i64x2, v128, type Instruction } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { difference, polynomial, product, promoted, quotient, sum } from './doubles.ts'
import type { Approximation } from './rounding.ts'

const ONE_OVER_PI = 0.3183098861837907
const PI_FIRST = 3.1415926534682512
const PI_SECOND = 1.2154201013012384e-10

/** sin(r)/r of r², for |r| ≤ π/2. */
const SHAPE = [
  0.9999999999999376, -0.1666666666643233, 0.00833333331876544, -0.0001984126641161001, 2.755693192567151e-6,
  -2.5029518832189845e-8, 1.5401169905822788e-10
]

/** Adding it rounds a double to an integer, and leaves that in the low bits. */
const WHOLES = 1.5 * 4503599627370496

/**
 * Arguments up to here, 2^17 as bits of a float, are reduced well enough: none of them is nearer to a multiple of π/2 than
 * 2^-26, below 2^15 than 2^-28, while the error of the remainder is below 2^-69.
 */
const LIMIT = 0x48000000

/** `sin(x + shift π)` for a shift of 0 or ½: the sine of the remainder by (k − shift) π, its sign turned for odd k. */
const sinShifted = (writer: Writer, x: Instruction<'v128'>, shift: 0 | 0.5): Instruction<'v128'> => {
  const turns = product(x, ONE_OVER_PI)
  const shifted = keep(writer, sum(shift === 0 ? turns : sum(turns, shift), WHOLES))
  const whole = difference(shifted, WHOLES)
  const multiple = keep(writer, shift === 0 ? whole : difference(whole, shift))
  const rest = keep(writer, difference(difference(x, product(multiple, PI_FIRST)), product(multiple, PI_SECOND)))
  const square = keep(writer, product(rest, rest))
  return v128.xor(product(polynomial(square, SHAPE), rest), i64x2.shiftLeft(shifted, 63))
}

const trigonometric = (
  name: 'sin' | 'cos' | 'tan',
  evaluate: (writer: Writer, x: Instruction<'v128'>) => Instruction<'v128'>
): Approximation => ({
  name,
  bits: 41,
  doubles: (writer, x) => (half) => evaluate(writer, keep(writer, promoted(x, half))),
  isSpecial: (x) => i32x4.greaterSigned(v128.and(x, v128.constantI32(0x7fffffff)), v128.constantI32(LIMIT))
})

export const sin = trigonometric('sin', (writer, x) => sinShifted(writer, x, 0))
export const cos = trigonometric('cos', (writer, x) => sinShifted(writer, x, 0.5))
export const tan = trigonometric('tan', (writer, x) => quotient(sinShifted(writer, x, 0), sinShifted(writer, x, 0.5)))
