/**
 * Logarithms in double-double, by the series of the inverse hyperbolic tangent, as in the reference.
 *
 *     log m = 2 artanh t,  t = (m − 1)/(m + 1)        artanh t = t + t³/3 + t⁵/5 + …
 *
 * @since 0.1.0
 */
import { f64, i32 } from '../assembler/index.ts'
import { LN2, RECIPROCAL_LN10, RECIPROCAL_LN2 } from '../../elementary/double-double.ts'
import { RECIPROCAL_ODDS } from '../../elementary/logarithm-extended.ts'
import type { Writer } from '../quad.ts'
import { exponentOf, mantissaOf, powerOfTwo } from './bits.ts'
import {
  add,
  constantPair,
  divide,
  multiply,
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
  twoSum,
  type Pair
} from './double-double.ts'
import { isGreater, isLess, real, type Real } from './float64.ts'
import { keep, leaveWhere } from './scalar.ts'

const ODDS = tableOfPairs(RECIPROCAL_ODDS)

/** `2 artanh(t)` for |t| ≤ 0.18. */
const twiceArtanh = (writer: Writer, t: Pair): Pair =>
  scale(writer, multiply(writer, t, polynomial(writer, ODDS, multiply(writer, t, t))), 2)

/** `log(x)` for a positive normal number. */
export const logExtended = (writer: Writer, x: Pair): Pair => {
  const callee = pairDefinition(writer.compilation, 'log extended', 2, (inner, [high, low]) => {
    const isUpper = isGreater(mantissaOf(high!), 1.4142135623730951)
    const exponent = keep(inner, i32.add(exponentOf(high!), isUpper))
    const reverse = keep(inner, i32.subtract(0, exponent))
    const mantissa = scale(inner, pair(high!, low), keep(inner, powerOfTwo(reverse)))
    const t = divide(inner, subtract(inner, mantissa, ONE), add(inner, mantissa, ONE))
    const multiple = times(inner, constantPair(LN2), keep(inner, f64.convertI32Signed(exponent)))
    return add(inner, multiple, twiceArtanh(inner, t))
  })
  return pairOf(writer, callee, x.high, x.low)
}

/** `log(1 + x)` for x > −1, relative to the result also near zero. */
export const log1pExtended = (writer: Writer, x: Real): Pair => {
  const callee = pairDefinition(writer.compilation, 'log1p extended', 1, (inner, [argument]) => {
    leaveWhere(inner, isLess(f64.abs(argument!), 0.25), (near) =>
      partsOf(twiceArtanh(near, divide(near, pair(argument!), twoSum(near, 2, argument!))))
    )
    return logExtended(inner, twoSum(inner, 1, argument!))
  })
  return pairOf(writer, callee, real(x))
}

export const log2Extended = (writer: Writer, x: Real): Pair =>
  multiply(writer, logExtended(writer, pair(x)), constantPair(RECIPROCAL_LN2))

export const log10Extended = (writer: Writer, x: Real): Pair =>
  multiply(writer, logExtended(writer, pair(x)), constantPair(RECIPROCAL_LN10))
