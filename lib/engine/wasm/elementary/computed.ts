/**
 * Expressions with statements of their own, and choices between pairs.
 *
 * @since 0.1.0
 */
import { select, sequence, type Instruction, type ValueType } from '../assembler/index.ts'
import type { Writer } from '../quad.ts'
import type { Pair } from './double-double.ts'
import { keep } from './scalar.ts'

/** The value that `body` returns, as an expression: the statements that it writes run where the value is computed. */
export const computed = <T extends ValueType>(
  writer: Writer,
  body: (inner: Writer) => Instruction<T>
): Instruction<T> => {
  const code: Instruction<'none'>[] = []
  const value = body({ ...writer, write: (instruction) => void code.push(instruction) })
  return sequence(code, value)
}

/** One of two pairs. */
export const chosenPair = (writer: Writer, condition: Instruction<'i32'>, then: Pair, otherwise: Pair): Pair => ({
  high: keep(writer, select(condition, then.high, otherwise.high)),
  low: keep(writer, select(condition, then.low, otherwise.low))
})
