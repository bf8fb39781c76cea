/**
 * Functions of scalars: how they are written, and the shape of the tables of them.
 *
 * The code of one is written statement by statement, as its counterpart in the reference engine is: `keep` is `const`,
 * `giveBackWhere` an early return.
 *
 * @since 0.1.0
 */
import {
  define,
  f64,
  giveBack,
  i32,
  set,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type Operand,
  type ValueType
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'

// model

/** A function in both types: `(f32) -> f32` and `(f64) -> f64`, or with two parameters each. */
export interface ScalarRule {
  readonly f32: (compilation: Compilation) => FunctionDefinition
  readonly f64: (compilation: Compilation) => FunctionDefinition
}

/** Functions by name. */
export type ScalarRules<Name extends string> = Readonly<Record<Name, ScalarRule>>

type LocalsOf<P extends readonly ValueType[]> = { readonly [K in keyof P]: Local<P[K]> }

// constructors

/**
 * Defines a function once per module: `name` is its key. The body writes statements and returns what the function gives.
 *
 *     scalarDefinition(compilation, 'rsqrt f64', ['f64'], ['f64'], (writer, [x]) => [quotient(1, f64.sqrt(x))])
 */
export const scalarDefinition = <const P extends readonly ValueType[]>(
  compilation: Compilation,
  name: string,
  params: P,
  results: readonly ValueType[],
  body: (writer: Writer, params: LocalsOf<P>) => readonly Instruction<ValueType>[]
): FunctionDefinition =>
  compilation.shared(`elementary/${name}`, () =>
    define(name, params, results, (given, local) => {
      const code: Instruction[] = []
      const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
      const values = body(writer, given)
      return [...code, ...values]
    })
  )

// statements

/** Keeps a value in a new variable, which may then be read any number of times. */
export const keep = <T extends ValueType>(writer: Writer, value: Instruction<T>): Local<T> => {
  const variable = writer.local(value.result)
  // an instruction is always an operand of its type, which TypeScript cannot see for an open T
  writer.write(set<T>(variable, value as Operand<T>))
  return variable
}

/** Leaves the function with values where a condition holds. */
export const giveBackWhere = (
  writer: Writer,
  condition: Instruction<'i32'>,
  ...values: readonly Instruction<ValueType>[]
): void => {
  writer.write(when(condition, [giveBack(...values)]))
}

/** Leaves the function, where a condition holds, with the values of code that is run only then. */
export const leaveWhere = (
  writer: Writer,
  condition: Instruction<'i32'>,
  body: (inner: Writer) => readonly Instruction<ValueType>[]
): void => {
  const code = statements(writer, (inner) => {
    inner.write(giveBack(...body(inner)))
  })
  writer.write(when(condition, code))
}

/** The statements that `body` writes, to stand in a branch or a loop. */
export const statements = (writer: Writer, body: (inner: Writer) => void): readonly Instruction[] => {
  const code: Instruction[] = []
  body({ ...writer, write: (instruction) => void code.push(instruction) })
  return code
}

// expressions

/** The entry of a float64 table. */
export const entryOf = ({ compilation }: Writer, table: Float64Array, index: Instruction<'i32'>): Instruction<'f64'> =>
  f64.load(i32.shiftLeft(index, 3), compilation.place(table))
