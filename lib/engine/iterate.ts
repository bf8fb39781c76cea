/**
 * Iterations of any executable, and those of an engine that has none of its own.
 *
 * @since 0.1.0
 */
import type { AnyTensor } from '../tensor/index.ts'
import { bufferOf } from '../tensor/internal.ts'
import { checkFeedback, checkInput, checkInputs, checkIsFree } from './check-inputs.ts'
import type { Executable, Feedback, Iteration } from './engine.ts'

const byRunning = (executable: Executable, feedback: readonly Feedback[], start: readonly AnyTensor[]): Iteration => {
  checkFeedback(executable.program, feedback)
  checkInputs(executable.program, start)
  const inputs = [...start]
  let outputs: readonly AnyTensor[] = []
  let isFresh = false
  const feed = (): void => {
    if (isFresh) for (const { output, input } of feedback) inputs[input] = outputs[output]!
    isFresh = false
  }
  return {
    set: (input, tensor) => {
      checkIsFree(feedback, input)
      checkInput(executable.program, input, tensor)
      inputs[input] = tensor
    },
    step: () => {
      feed()
      outputs = executable.run(inputs)
      isFresh = true
    },
    number: (output) => Number(bufferOf(outputs[output]!)[0]),
    output: (output) => outputs[output]!,
    input: (input) => {
      const fed = isFresh ? feedback.find((pair) => pair.input === input) : undefined
      return fed === undefined ? inputs[input]! : outputs[fed.output]!
    },
    previous: (input) => inputs[input]!,
    dispose: () => undefined
  }
}

/** An iteration of an executable from given inputs on. */
export const iterate = (
  executable: Executable,
  feedback: readonly Feedback[],
  start: readonly AnyTensor[]
): Iteration => executable.iterate?.(feedback, start) ?? byRunning(executable, feedback, start)
