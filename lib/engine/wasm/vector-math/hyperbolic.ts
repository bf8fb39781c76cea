/**
 * Exponentials of four floats that are accurate near zero: expm1, tanh, sinh and cosh, as quotients.
 *
 *     e^x = 2^n (1 + t)/(1 − t),  t = tanh(r/2),  r = x − n ln 2
 *     expm1 x = p/(1 − t)        tanh(x/2) = p/q        p = (2^n + 1) t − (1 − 2^n),  q = (2^n + 1) − (1 − 2^n) t
 *
 * With n = 0 nothing is added to t, so that p is accurate relative to itself, keeps the sign of a zero, and is x/2 where x
 * is subnormal. t is f w(f²) for r = f ln 2, |f| ≤ 1/2, w of degree 4, found by Remez' exchange in 50 digits, minimax for
 * the relative error 2^-41.1.
 *
 * @since 0.1.0
 */
import { i64x2, type Instruction, type Local } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { difference, polynomial, product, promoted, quotient, sum } from './doubles.ts'
import { clamped } from './exponential.ts'
import type { Approximation } from './rounding.ts'

const LOG2_E = 1.4426950408889634

/** tanh(f ln(2)/2)/f of f², for |f| ≤ 1/2. */
const TANGENT = [
  0.3465735902798307, -0.01387602713779638, 0.0006666769968356613, -3.2401831176535046e-5, 1.53054429591673e-6
]

/** Adding it rounds a double to an integer, and leaves that with the bias of exponents in the low bits. */
const WHOLES = 1.5 * 4503599627370496 + 1023

/** What the functions are quotients of. */
interface Parts {
  readonly tangent: Local<'v128'>
  /** 2^n */
  readonly scale: Local<'v128'>
  readonly numerator: Local<'v128'>
  /** q, which only some need */
  readonly denominator: Instruction<'v128'>
}

/** The parts of `2^y`. */
const partsOf = (writer: Writer, y: Instruction<'v128'>): Parts => {
  const whole = keep(writer, y)
  const shifted = keep(writer, sum(whole, WHOLES))
  const rest = keep(writer, difference(whole, difference(shifted, WHOLES)))
  const square = keep(writer, product(rest, rest))
  const tangent = keep(writer, product(polynomial(square, TANGENT), rest))
  const scale = keep(writer, i64x2.shiftLeft(shifted, 52))
  const above = keep(writer, sum(scale, 1))
  const below = keep(writer, difference(1, scale))
  return {
    tangent,
    scale,
    numerator: keep(writer, difference(product(above, tangent), below)),
    denominator: difference(above, product(below, tangent))
  }
}

/** A function of the parts of e^(`factor` x), x kept within the bounds beyond which the result rounds to the same. */
const ofParts = (
  name: Approximation['name'],
  factor: number,
  least: number,
  greatest: number,
  combine: (writer: Writer, parts: Parts) => Instruction<'v128'>
): Approximation => ({
  name,
  bits: 40,
  doubles: (writer, x) => {
    const inside = keep(writer, clamped(x, least, greatest))
    return (half) => combine(writer, partsOf(writer, product(promoted(inside, half), factor * LOG2_E)))
  }
})

/** `2 a b` for a = 2^n (1 + t) and b = 1 − t, of which p is the difference and q the sum. */
const twiceProduct = ({ tangent, scale }: Parts): Instruction<'v128'> =>
  product(sum(scale, scale), difference(1, product(tangent, tangent)))

export const expm1 = ofParts('expm1', 1, -20, 89, (_, { numerator, tangent }) =>
  quotient(numerator, difference(1, tangent))
)

export const tanh = ofParts('tanh', 2, -10, 10, (_, { numerator, denominator }) => quotient(numerator, denominator))

/** (e^x − e^−x)/2 = (a/b − b/a)/2 = p q/(2 a b). */
export const sinh = ofParts('sinh', 1, -90, 90, (_, parts) =>
  quotient(product(parts.numerator, parts.denominator), twiceProduct(parts))
)

/** (e^x + e^−x)/2 = (a/b + b/a)/2 = 1 + p²/(2 a b). */
export const cosh = ofParts('cosh', 1, -90, 90, (_, parts) =>
  sum(quotient(product(parts.numerator, parts.numerator), twiceProduct(parts)), 1)
)
