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
  /** Begins an iteration; throws one sentence where feedback or inputs do not fit. An engine without one is iterated by `run`. */
  readonly iterate?: (feedback: readonly Feedback[], start: readonly AnyTensor[]) => Iteration
  /**
   * Lets go of memory and threads now instead of when the executable is collected; it cannot be run any more. What is left
   * for the collector is memory that nothing holds.
   */
  readonly dispose?: () => void
}

/**
 * Says that an output of one run is an input of the next.
 *
 * @category model
 * @since 0.1.0
 */
export interface Feedback {
  /** numbers of an output and of an input of one shape and type; each occurs once at most */
  readonly output: number
  readonly input: number
}

/**
 * A program that runs again and again, where what is fed back stays inside of the engine: a fold over a state.
 *
 * @category model
 * @since 0.1.0
 */
export interface Iteration {
  /** Replaces an input that is not fed back; throws one sentence where the tensor does not fit. */
  readonly set: (input: number, tensor: AnyTensor) => void
  /** Runs the program once more, on what it fed back the last time. */
  readonly step: () => void
  /** The first element of an output of the last step. */
  readonly number: (output: number) => number
  /** An output of the last step, as a tensor that later steps do not change. */
  readonly output: (output: number) => AnyTensor
  /** What the next step would read as an input that is fed back, likewise. */
  readonly input: (input: number) => AnyTensor
  /** What the last step read as an input that is fed back, likewise. */
  readonly previous: (input: number) => AnyTensor
  /** Lets go of memory and threads now instead of when the iteration is collected; it cannot be used any more. */
  readonly dispose: () => void
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
