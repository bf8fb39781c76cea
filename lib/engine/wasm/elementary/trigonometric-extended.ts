/**
 * Sine and cosine in double-double, by Taylor series of the remainder modulo π/2, as in the reference.
 *
 * @since 0.1.0
 */
import { COSINE, SINE } from '../../elementary/trigonometric-extended.ts'
import { f64, i32, set, when, type FunctionDefinition, type Instruction, type Operand } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { chosenPair } from './computed.ts'
import { divide, multiply, negate, pairOf, polynomial, tableOfPairs, type Pair } from './double-double.ts'
import { isGreaterOrEqual, isLess } from './float64.ts'
import { reducedVariables, reduceLarge, reversed, type Reduced } from './payne-hanek.ts'
import { keep, scalarDefinition, statements } from './scalar.ts'

const SINE_TABLE = tableOfPairs(SINE)
const COSINE_TABLE = tableOfPairs(COSINE)

/** Reduces any finite x. */
const reduceExtended = (writer: Writer, x: Instruction<'f64'>): Reduced => {
  const to = reducedVariables(writer)
  const size = keep(writer, f64.abs(x))
  writer.write(set(to.high, x))
  writer.write(
    when(
      isGreaterOrEqual(size, 0.78),
      statements(writer, (inner) => {
        reduceLarge(inner, to, size)
        inner.write(when(isLess(x, 0), reversed(to)))
      })
    )
  )
  return to
}

/** `sin(r)` for |r| ≤ π/4. */
const sinExtended = (writer: Writer, r: Pair): Pair =>
  multiply(writer, r, polynomial(writer, SINE_TABLE, multiply(writer, r, r)))

/** `cos(r)` for |r| ≤ π/4. */
const cosExtended = (writer: Writer, r: Pair): Pair => polynomial(writer, COSINE_TABLE, multiply(writer, r, r))

const turnedDefinition = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sin extended', ['f64', 'i32'], ['f64', 'f64'], (writer, [x, turns]) => {
    const reduced = reduceExtended(writer, x)
    const quadrant = keep(writer, i32.add(reduced.quadrant, turns))
    const sine = sinExtended(writer, reduced)
    const value = chosenPair(writer, i32.and(quadrant, 1), cosExtended(writer, reduced), sine)
    const { high, low } = chosenPair(writer, i32.and(quadrant, 2), negate(writer, value), value)
    return [high, low]
  })

/** `sin(x + turns · π/2)` for any finite x. */
const turnedExtended = (writer: Writer, x: Instruction<'f64'>, turns: Operand<'i32'>): Pair =>
  pairOf(writer, turnedDefinition(writer.compilation), x, turns)

/** `sin(x)` for any finite x. */
export const sinExtendedOfNumber = (writer: Writer, x: Instruction<'f64'>): Pair => turnedExtended(writer, x, 0)

/** `cos(x)` for any finite x. */
export const cosExtendedOfNumber = (writer: Writer, x: Instruction<'f64'>): Pair => turnedExtended(writer, x, 1)

/** `tan(x)` for any finite x. */
export const tanExtendedOfNumber = (writer: Writer, x: Instruction<'f64'>): Pair =>
  divide(writer, turnedExtended(writer, x, 0), turnedExtended(writer, x, 1))

/** `sin(x)` and `cos(x)` of a double in [0, π/2]. */
export const sinAndCosExtended = (
  writer: Writer,
  x: Instruction<'f64'>
): { readonly sine: Pair; readonly cosine: Pair } => {
  const reduced = reduceExtended(writer, x)
  const sine = sinExtended(writer, reduced)
  const cosine = cosExtended(writer, reduced)
  return {
    sine: chosenPair(writer, reduced.quadrant, cosine, sine),
    cosine: chosenPair(writer, reduced.quadrant, negate(writer, sine), cosine)
  }
}
