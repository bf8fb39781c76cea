/**
 * The arctangent of four floats: `atan t = t P(t²)/Q(t²)` for |t| ≤ 1, and `atan x = ±π/2 − atan(1/x)` beyond.
 *
 * P and Q are of degree 4, with positive coefficients: near minimax for the relative error 2^-39.1, found as those of the
 * error function.
 *
 * @since 0.1.0
 */
import { f32x4, f64x2, v128 } from '../assembler/index.ts'
import { keep } from '../elementary/scalar.ts'
import { difference, polynomial, product, promoted, quotient } from './doubles.ts'
import type { Approximation } from './rounding.ts'

const NUMERATOR = [
  0.9999999999983452, 1.5887761339000464, 0.7418127866909741, 0.10099920825216208, 0.001857895732923053
]
const DENOMINATOR = [1, 1.9221094668540604, 1.1825159563936367, 0.2536062403170752, 0.013367589629938028]

const HALF_PI = 1.5707963267948966

export const atan: Approximation = {
  name: 'atan',
  bits: 38,
  doubles: (writer, x) => {
    const one = v128.constantF32(1)
    const size = keep(writer, f32x4.abs(x))
    const least = keep(writer, f32x4.pseudoMinimum(size, one))
    const greatest = keep(writer, f32x4.pseudoMaximum(size, one))
    const sign = keep(writer, v128.andNot(x, v128.constantI32(0x7fffffff)))
    return (half) => {
      const divisor = keep(writer, promoted(greatest, half))
      const ratio = keep(writer, quotient(promoted(least, half), divisor))
      const square = keep(writer, product(ratio, ratio))
      const angle = quotient(product(polynomial(square, NUMERATOR), ratio), polynomial(square, DENOMINATOR))
      // beyond 1 the angle is π/2 less this one: |0 − angle| or |π/2 − angle|
      const quarter = v128.and(f64x2.greater(divisor, v128.constantF64(1)), v128.constantF64(HALF_PI))
      const magnitude = f64x2.abs(difference(quarter, angle))
      return v128.or(magnitude, v128.and(promoted(sign, half), v128.constantF64(-0)))
    }
  }
}
