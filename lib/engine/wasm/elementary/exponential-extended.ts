/**
 * exp, exp2 and expm1 in double-double, by argument reduction and Taylor series, as in the reference.
 *
 * @since 0.1.0
 */
import { f64, i32, type Instruction } from '../assembler/index.ts'
import { LN2 } from '../../elementary/double-double.ts'
import { RECIPROCAL_FACTORIALS } from '../../elementary/exponential-extended.ts'
import type { Writer } from '../quad.ts'
import { powerOfTwo } from './bits.ts'
import {
  add,
  constantPair,
  multiply,
  negate,
  ONE,
  pair,
  pairDefinition,
  pairOf,
  partsOf,
  polynomial,
  scale,
  subtract,
  tableOfPairs,
  times,
  type Pair
} from './double-double.ts'
import { difference, isLess, product, quotient, real, sum, type Real } from './float64.ts'
import { keep, leaveWhere } from './scalar.ts'

// ln 2 in three parts: the first two have 40 bits, so that a multiple of at most 13 bits is exact.
const LN2_FIRST = 0.6931471805601177
const LN2_SECOND = -1.7239444525610826e-13
const LN2_THIRD = -4.00865610552017e-26

const FACTORIALS = tableOfPairs(RECIPROCAL_FACTORIALS)

/** expm1 for |x| ≤ ln(2)/2. */
const series = (writer: Writer, x: Pair): Pair => multiply(writer, x, polynomial(writer, FACTORIALS, x))

/** `(series + 1) · 2^multiple` */
const assembled = (writer: Writer, x: Pair, multiple: Instruction<'f64'>): Pair => {
  const exponent = keep(writer, i32.truncateF64Signed(multiple))
  return scale(writer, add(writer, series(writer, x), ONE), keep(writer, powerOfTwo(exponent)))
}

/** `exp(x)` for |x| < 700. */
export const expExtended = (writer: Writer, x: Pair): Pair => {
  const callee = pairDefinition(writer.compilation, 'exp extended', 2, (inner, [high, low]) => {
    const multiple = keep(inner, f64.floor(sum(quotient(high!, LN2_FIRST), 0.5)))
    const reduced = [LN2_FIRST, LN2_SECOND, LN2_THIRD].reduce<Pair>(
      (rest, part) => subtract(inner, rest, pair(keep(inner, product(multiple, part)))),
      pair(high!, low)
    )
    return assembled(inner, reduced, multiple)
  })
  return pairOf(writer, callee, x.high, x.low)
}

/** `2^x` for |x| < 1000; exact for integers. */
export const exp2Extended = (writer: Writer, x: Real): Pair => {
  const callee = pairDefinition(writer.compilation, 'exp2 extended', 1, (inner, [argument]) => {
    const multiple = keep(inner, f64.floor(sum(argument!, 0.5)))
    const reduced = times(inner, constantPair(LN2), keep(inner, difference(argument!, multiple)))
    return assembled(inner, reduced, multiple)
  })
  return pairOf(writer, callee, real(x))
}

/** `exp(x) − 1` for |x| < 700, relative to the result also near zero. */
export const expm1Extended = (writer: Writer, x: Pair): Pair => {
  const callee = pairDefinition(writer.compilation, 'expm1 extended', 2, (inner, [high, low]) => {
    const argument = pair(high!, low)
    leaveWhere(inner, isLess(f64.abs(high!), 0.34), (near) => partsOf(series(near, argument)))
    return subtract(inner, expExtended(inner, argument), ONE)
  })
  return pairOf(writer, callee, x.high, x.low)
}

/** `exp(−x)`. */
export const expNegativeExtended = (writer: Writer, x: Pair): Pair => expExtended(writer, negate(writer, x))
