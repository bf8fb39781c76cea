/**
 * What the numerics define by a sequence of float32 operations: the logistic function and the inverse error function.
 *
 * @since 0.1.0
 */
import { f32x4, f64x2, v128, type Instruction } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import type { Writer } from '../quad.ts'
import { demoted, product, promoted, sum, type Half } from './doubles.ts'
import { exp } from './exponential.ts'
import { log1p } from './logarithm.ts'
import { rounded } from './rounding.ts'

/** `1/(1 + exp(−x))`, each operation rounded. */
export const sigmoid = (writer: Writer, x: Instruction<'v128'>): Instruction<'v128'> => {
  const one = v128.constantF32(1)
  const power = rounded(writer, exp, keep(writer, f32x4.negate(x)))
  return f32x4.divide(one, f32x4.add(one, power))
}

// Giles' polynomials, highest coefficient first, as in the reference
const CENTRAL = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941
]
const TAIL = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682
]

/** The float nearest to a coefficient of one or the other polynomial, as doubles. */
const chosen = (mask: Instruction<'v128'>, index: number): Instruction<'v128'> =>
  v128.bitselect(v128.constantF64(Math.fround(CENTRAL[index]!)), v128.constantF64(Math.fround(TAIL[index]!)), mask)

/**
 * The inverse error function: a polynomial in `w = −log(1 − x²)` by fused multiply-adds, each of which is a product and a
 * sum of doubles, rounded to float32. Both polynomials have the same length, so lanes differ in coefficients only.
 */
export const erfInv = (writer: Writer, x: Instruction<'v128'>): Instruction<'v128'> => {
  const square = keep(writer, f32x4.negate(f32x4.multiply(x, x)))
  const w = keep(writer, f32x4.negate(rounded(writer, log1p, square)))
  const isCentral = keep(writer, f32x4.less(w, v128.constantF32(5)))
  const central = f32x4.subtract(w, v128.constantF32(2.5))
  const tail = f32x4.subtract(f32x4.sqrt(w), v128.constantF32(3))
  const variable = keep(writer, v128.bitselect(central, tail, isCentral))
  const polynomial = (half: Half): Instruction<'v128'> => {
    const mask = keep(writer, v128.shuffle32(isCentral, isCentral, half === 'low' ? [0, 0, 1, 1] : [2, 2, 3, 3]))
    const wide = keep(writer, promoted(variable, half))
    const fused = CENTRAL.slice(1).reduce<Instruction<'v128'>>(
      (total, _, index) => f64x2.promoteF32(f32x4.demoteF64(sum(product(total, wide), chosen(mask, index + 1)))),
      chosen(mask, 0)
    )
    return keep(writer, fused)
  }
  const isOne = f32x4.equal(f32x4.abs(x), v128.constantF32(1))
  const value = demoted(polynomial('low'), polynomial('high'))
  return f32x4.multiply(v128.bitselect(v128.constantF32(Infinity), value, isOne), x)
}
