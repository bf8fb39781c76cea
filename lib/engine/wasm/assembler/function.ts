/**
 * Functions: parameters, results, local variables, a body.
 *
 * @since 0.1.0
 */
import type { Instruction, ValueType } from './instruction.ts'
import { localAt, type Local } from './local.ts'

/** A function of a module. */
export interface FunctionDefinition {
  readonly name: string
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
  /** the variables besides the parameters */
  readonly locals: readonly ValueType[]
  readonly body: readonly Instruction[]
}

/** Makes a new variable of the function that is being defined; it begins as zero. */
export type NewLocal = <T extends ValueType>(type: T) => Local<T>

type LocalsOf<P extends readonly ValueType[]> = { readonly [K in keyof P]: Local<P[K]> }

/**
 * Defines a function; the last instruction of its body leaves its results.
 *
 *     const double = define('double', ['f32'], ['f32'], ([x]) => [f32.add(x, x)])
 */
export const define = <const P extends readonly ValueType[]>(
  name: string,
  params: P,
  results: readonly ValueType[],
  body: (params: LocalsOf<P>, local: NewLocal) => readonly Instruction[]
): FunctionDefinition => {
  const locals: ValueType[] = []
  const local: NewLocal = (type) => localAt(type, params.length + locals.push(type) - 1)
  // one variable for each parameter, in order
  const given = params.map((type, index) => localAt(type, index)) as unknown as LocalsOf<P>
  const instructions = body(given, local)
  return { name, params, results, locals, body: instructions }
}
