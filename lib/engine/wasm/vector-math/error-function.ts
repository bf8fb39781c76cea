/**
 * The error function of four floats: `erf x = x P(x²)/Q(x²)` for |x| ≤ 3.95, beyond which it rounds to ±1.
 *
 * P and Q are of degree 7, with positive coefficients, so that nothing cancels. They are near minimax for the relative
 * error 2^-37.17: a rational least-squares fit in 50 digits, reweighted by its own error until that was level.
 *
 * @see Lawson 1961, "Contributions to the theory of linear least maximum approximation", for the reweighting
 * @since 0.1.0
 */
import { keep } from '../elementary/scalar.ts'
import { polynomial, product, promoted, quotient } from './doubles.ts'
import { clamped } from './exponential.ts'
import { isSubnormal, type Approximation } from './rounding.ts'

const NUMERATOR = [
  1.1283791670881722, 0.19850600407155683, 0.05784006354054965, 0.004877644014660736, 0.0005078635445181152,
  2.1246238394325076e-5, 7.507356742096819e-7, 3.0654312561034272e-9
]
const DENOMINATOR = [
  1, 0.5092546986619769, 0.12101099088441628, 0.01754374015426182, 0.0016923972989746257, 0.00010969625567796036,
  4.439532696803287e-6, 7.40351452521615e-8
]

export const erf: Approximation = {
  name: 'erf',
  bits: 37,
  doubles: (writer, x) => {
    const inside = keep(writer, clamped(x, -3.95, 3.95))
    return (half) => {
      const wide = keep(writer, promoted(inside, half))
      const square = keep(writer, product(wide, wide))
      return quotient(product(polynomial(square, NUMERATOR), wide), polynomial(square, DENOMINATOR))
    }
  },
  isSpecial: (x) => isSubnormal(x)
}
