/**
 * Arithmetic of float64 as it is written in the reference: operands may be plain numbers, sums and differences may have
 * several terms, which are taken from left to right.
 *
 * @since 0.1.0
 */
import { f64, type Instruction } from '../assembler/index.ts'

/** A float64 expression; one that is used twice is computed twice. */
export type Real = Instruction<'f64'> | number

export const real = (x: Real): Instruction<'f64'> => (typeof x === 'number' ? f64.constant(x) : x)

type Operation = (a: Instruction<'f64'>, b: Instruction<'f64'>) => Instruction<'f64'>

const fromLeft =
  (operation: Operation) =>
  (first: Real, ...rest: readonly Real[]): Instruction<'f64'> =>
    rest.reduce<Instruction<'f64'>>((total, term) => operation(total, real(term)), real(first))

export const sum = fromLeft(f64.add)
export const difference = fromLeft(f64.subtract)
export const product = fromLeft(f64.multiply)
export const quotient = (a: Real, b: Real): Instruction<'f64'> => f64.divide(real(a), real(b))

const comparison =
  (compare: (a: Instruction<'f64'>, b: Instruction<'f64'>) => Instruction<'i32'>) =>
  (a: Real, b: Real): Instruction<'i32'> =>
    compare(real(a), real(b))

export const isLess = comparison(f64.less)
export const isLessOrEqual = comparison(f64.lessEqual)
export const isGreater = comparison(f64.greater)
export const isGreaterOrEqual = comparison(f64.greaterEqual)
export const isEqual = comparison(f64.equal)
export const isNotEqual = comparison(f64.notEqual)

/** `c0 + x (c1 + x (c2 + …))`, lowest coefficient first; `x` is a variable. */
export const horner = (x: Instruction<'f64'>, ...coefficients: readonly Real[]): Instruction<'f64'> =>
  coefficients
    .slice(0, -1)
    .reduceRight<Instruction<'f64'>>(
      (rest, coefficient) => sum(coefficient, product(x, rest)),
      real(coefficients.at(-1) ?? 0)
    )
