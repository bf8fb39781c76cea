/**
 * Programs: closed graphs as plain data, in A-normal form.
 *
 * Variables are numbers: the inputs come first, then the outputs of each equation in turn, so the same graph always
 * has the same program.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'
import type { Slot } from '../tensor/index.ts'
import type { Parameters, Primitive } from './primitive/parameters.ts'

// model

/**
 * One application of a primitive to variables.
 *
 * @category model
 * @since 0.1.0
 */
export type Equation = {
  readonly [P in Primitive]: {
    readonly primitive: P
    readonly parameters: Parameters[P]
    readonly operands: readonly number[]
    readonly outputs: readonly Slot[]
  }
}[Primitive]

/**
 * A closed computation: inputs, equations, outputs.
 *
 * @category model
 * @since 0.1.0
 */
export interface Program {
  readonly inputs: readonly Slot[]
  readonly equations: readonly Equation[]
  /** the variables that are the results */
  readonly outputs: readonly number[]
}

// destructors

/** The slot of every variable, by number. */
export const variableSlots = (self: Program): readonly Slot[] => [
  ...self.inputs,
  ...self.equations.flatMap((equation) => equation.outputs)
]

/**
 * The shapes and element types of a program's results.
 *
 * @example
 * import { outputSlots, program, sum, type Expr } from 'gradfold/expr'
 * const total = program((x: Expr<[2, 3]>) => sum(0)(x))({ shape: [2, 3], dtype: 'f32' })
 * outputSlots(total) // [{ shape: [3], dtype: 'f32' }]
 * @category destructors
 * @since 0.1.0
 */
export const outputSlots = (self: Program): readonly Slot[] => {
  const slots = variableSlots(self)
  return self.outputs.map((variable) => slots[variable] ?? raise(`program: there is no variable v${variable}`))
}

/**
 * Whether a value is a program.
 *
 * @example
 * import { isProgram } from 'gradfold/expr'
 * isProgram({ inputs: [], equations: [], outputs: [] }) // true
 * @category predicates
 * @since 0.1.0
 */
export const isProgram = (u: unknown): u is Program =>
  typeof u === 'object' && u !== null && 'inputs' in u && 'equations' in u && 'outputs' in u
