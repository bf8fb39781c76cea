/**
 * The arctangent in double-double, by one Newton step from a double, as in the reference.
 *
 * @since 0.1.0
 */
import { f64, type Instruction } from '../assembler/index.ts'
import type { Writer } from '../quad.ts'
import { chosenPair } from './computed.ts'
import { add, divide, multiply, pair, pairDefinition, pairOf, subtract, type Pair } from './double-double.ts'
import { difference, isLess, product, quotient } from './float64.ts'
import { giveBackWhere } from './scalar.ts'
import { sinAndCosExtended } from './trigonometric-extended.ts'

/** `atan(x)`, from its approximation to double precision. */
export const atanExtended = (writer: Writer, x: Pair, approximation: Instruction<'f64'>): Pair => {
  const callee = pairDefinition(writer.compilation, 'atan extended', 3, (inner, [high, low, near]) => {
    const argument = pair(high!, low)
    const cube = product(high!, high!, high!)
    giveBackWhere(inner, isLess(f64.abs(high!), 9.094947017729282e-13), high!, difference(low!, quotient(cube, 3)))
    const { sine, cosine } = sinAndCosExtended(inner, f64.abs(near!))
    const signed = chosenPair(inner, isLess(near!, 0), subtract(inner, pair(0), sine), sine)
    const numerator = subtract(inner, multiply(inner, argument, cosine), signed)
    const denominator = add(inner, cosine, multiply(inner, argument, signed))
    return add(inner, pair(near!), divide(inner, numerator, denominator))
  })
  return pairOf(writer, callee, x.high, x.low, approximation)
}
