/**
 * Loops over values: what samplers by rejection are made of.
 *
 * @internal
 */
import { applyPrimitive, traceValues, type Value } from '../expr/internal.ts'
import { outputAt } from './internal.ts'

type Carry = readonly Value[]

/** A function of values by place. */
type At = (place: number) => Value

const at =
  (values: Carry): At =>
  (place) =>
    outputAt(values, place)

/** Repeats a body while a condition holds; neither uses values from outside. */
export const repeatWhile = (start: Carry, condition: (carry: At) => Value, body: (carry: At) => Carry): Carry => {
  const slots = start.map(({ shape, dtype }) => ({ shape, dtype }))
  return applyPrimitive('whileLoop', start, {
    predicate: traceValues(slots, (carry) => [condition(at(carry))]),
    body: traceValues(slots, (carry) => body(at(carry))),
    predicateConstants: 0,
    bodyConstants: 0
  })
}

/** One value for each row of another, computed row by row. */
export const mapRows = (rows: Value, f: (row: Value) => Value): Value => {
  const row = { shape: rows.shape.slice(1), dtype: rows.dtype }
  const body = traceValues([row], (inputs) => [f(outputAt(inputs, 0))])
  const parameters = { body, length: rows.shape[0] ?? 0, constants: 0, carry: 0, reverse: false }
  return outputAt(applyPrimitive('scan', [rows], parameters), 0)
}
