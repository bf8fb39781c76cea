/**
 * The error function and its complement in double-double, as in the reference.
 *
 * @since 0.1.0
 */
import { SQRT_PI, TWO_OVER_SQRT_PI } from '../../elementary/double-double.ts'
import { FRACTION_TERMS, SERIES_TERMS } from '../../elementary/error-function-extended.ts'
import { branchIf, label, loop, set, type Instruction } from '../assembler/index.ts'
import type { Writer } from '../quad.ts'
import {
  add,
  constantPair,
  divide,
  multiply,
  ONE,
  pair,
  pairDefinition,
  pairOf,
  scale,
  subtract,
  times,
  twoProduct,
  type Pair
} from './double-double.ts'
import { expNegativeExtended } from './exponential-extended.ts'
import { difference, isGreater, isLess, product, real, sum } from './float64.ts'
import { keep, leaveWhere, statements } from './scalar.ts'

/** A value that starts as `start` and becomes `step` of itself and of an index, which counts from `from` down to 1. */
const countedDown = (
  writer: Writer,
  from: number,
  start: Pair,
  step: (inner: Writer, value: Pair, index: Instruction<'f64'>) => Pair
): Pair => {
  const index = keep(writer, real(from))
  const high = keep(writer, start.high)
  const low = keep(writer, start.low)
  const again = label()
  const body = statements(writer, (inner) => {
    const next = step(inner, { high, low }, index)
    inner.write(set(high, next.high))
    inner.write(set(low, next.low))
    inner.write(set(index, difference(index, 1)))
    inner.write(branchIf(isGreater(index, 0), again))
  })
  writer.write(loop(again, body))
  return { high, low }
}

/** `erf(x)` for |x| ≤ 4. */
export const erfExtended = (writer: Writer, x: Instruction<'f64'>): Pair => {
  const callee = pairDefinition(writer.compilation, 'erf extended', 1, (outer, [argument]) => {
    const square = twoProduct(outer, argument!, argument!)
    const twice = scale(outer, square, 2)
    const series = countedDown(outer, SERIES_TERMS, ONE, (inner, value, index) => {
      const divisor = pair(keep(inner, sum(product(2, index), 1)))
      return add(inner, ONE, divide(inner, multiply(inner, value, twice), divisor))
    })
    const power = multiply(outer, constantPair(TWO_OVER_SQRT_PI), expNegativeExtended(outer, square))
    return multiply(outer, times(outer, power, argument!), series)
  })
  return pairOf(writer, callee, x)
}

/** `erfc(x)` for −4 ≤ x ≤ 26. */
export const erfcExtended = (writer: Writer, x: Instruction<'f64'>): Pair => {
  const callee = pairDefinition(writer.compilation, 'erfc extended', 1, (outer, [argument]) => {
    leaveWhere(outer, isLess(argument!, 2.5), (inner) => {
      const { high, low } = subtract(inner, ONE, erfExtended(inner, argument!))
      return [high, low]
    })
    const start = pair(argument!)
    const fraction = countedDown(outer, FRACTION_TERMS, start, (inner, value, index) =>
      add(inner, start, divide(inner, pair(keep(inner, product(0.5, index))), value))
    )
    const power = expNegativeExtended(outer, twoProduct(outer, argument!, argument!))
    return divide(outer, power, multiply(outer, fraction, constantPair(SQRT_PI)))
  })
  return pairOf(writer, callee, x)
}
