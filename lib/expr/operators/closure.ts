/**
 * Functions that use values from outside, as programs: what they use becomes their first inputs.
 *
 * @internal
 */
import { raise } from '../../shape/index.ts'
import type { Value } from '../node.ts'
import type { Program } from '../program.ts'
import { inline, traceValues, type Closure } from '../trace.ts'

/** The values that any of some closures captured, each once. */
export const capturedBy = (closures: readonly Closure[]): readonly Value[] => [
  ...new Set(closures.flatMap(({ captured }) => captured))
]

/** A closure applied to arguments, with other values in place of those among `captured` that it captured itself. */
export const applyClosure = (
  closure: Closure,
  captured: readonly Value[],
  outer: readonly Value[],
  args: readonly Value[]
): readonly Value[] => {
  const find = (value: Value): Value =>
    outer[captured.indexOf(value)] ?? raise('program: a captured value is not among the inputs')
  return inline(closure.program, [...closure.captured.map(find), ...args])
}

/** A closure as a program that takes more captured values than its own. */
export const widened = (closure: Closure, captured: readonly Value[]): Program =>
  traceValues([...captured, ...closure.program.inputs.slice(closure.captured.length)], (inputs) =>
    applyClosure(closure, captured, inputs.slice(0, captured.length), inputs.slice(captured.length))
  )
