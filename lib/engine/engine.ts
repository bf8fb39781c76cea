/**
 * Engines: what runs a program.
 *
 * @since 0.1.0
 */
import type { Program } from '../expr/index.ts'
import type { AnyTensor } from '../tensor/index.ts'

/**
 * A compiled program: a pure function from its inputs to its outputs.
 *
 * @category model
 * @since 0.1.0
 */
export interface Executable {
  readonly program: Program
  /** Computes the outputs; throws one sentence where the inputs do not have the program's shapes and types. */
  readonly run: (inputs: readonly AnyTensor[]) => readonly AnyTensor[]
}

/**
 * Something that compiles programs.
 *
 * @category model
 * @since 0.1.0
 */
export interface Engine {
  readonly name: string
  readonly compile: (program: Program) => Executable
}
