/**
 * Polynomials of low degree by Horner's rule, lowest coefficient first; longer ones are nested.
 *
 * @since 0.1.0
 */

export const quadratic = (x: number, c0: number, c1: number, c2: number): number => c0 + x * (c1 + x * c2)

export const cubic = (x: number, c0: number, c1: number, c2: number, c3: number): number =>
  c0 + x * (c1 + x * (c2 + x * c3))
