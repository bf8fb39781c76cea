/**
 * What every engine checks before it runs a program.
 *
 * @since 0.1.0
 */
import { outputSlots, type Program } from '../expr/internal.ts'
import { raise } from '../shape/index.ts'
import { sameSlot, showSlot, type AnyTensor } from '../tensor/index.ts'
import type { Feedback } from './engine.ts'

/** Throws unless a tensor is what the program takes as an input. */
export const checkInput = ({ inputs }: Program, input: number, got: AnyTensor): void => {
  const expected = inputs[input] ?? raise(`engine: the program has ${inputs.length} inputs, got one for input ${input}`)
  if (!sameSlot(expected, got))
    raise(
      `engine: input ${input} of the program is ${showSlot(expected)}, got ${showSlot(got)}; pass such a tensor, or compile the program for this one`
    )
}

/** Throws unless the tensors are what the program takes. */
export const checkInputs = (program: Program, given: readonly AnyTensor[]): void => {
  const { length } = program.inputs
  if (given.length !== length)
    raise(`engine: the program takes ${length} inputs, got ${given.length}; pass one tensor for each`)
  for (let i = 0; i < length; i += 1) checkInput(program, i, given[i]!)
}

/** Throws unless outputs can be fed back to inputs in this way. */
export const checkFeedback = (program: Program, feedback: readonly Feedback[]): void => {
  const [given, taken] = [outputSlots(program), program.inputs]
  feedback.forEach(({ output, input }, i) => {
    const [from, to] = [given[output], taken[input]]
    if (from === undefined || to === undefined)
      return raise(
        `engine: output ${output} cannot be fed back to input ${input}: the program has ${given.length} outputs and ${taken.length} inputs`
      )
    if (!sameSlot(from, to))
      raise(
        `engine: output ${output} is ${showSlot(from)} and cannot be fed back to input ${input}, which is ${showSlot(to)}`
      )
    if (feedback.slice(0, i).some((earlier) => earlier.output === output || earlier.input === input))
      raise(`engine: output ${output} or input ${input} is fed back twice; name each once at most`)
  })
}

/** Throws where an input is fed back, so that nobody can replace it. */
export const checkIsFree = (feedback: readonly Feedback[], input: number): void => {
  if (feedback.some((pair) => pair.input === input))
    raise(`engine: input ${input} is fed back and cannot be replaced; begin another iteration`)
}
