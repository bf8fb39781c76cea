/**
 * What every engine checks before it runs a program.
 *
 * @since 0.1.0
 */
import type { Program } from '../expr/internal.ts'
import { raise } from '../shape/index.ts'
import { sameSlot, showSlot, type AnyTensor } from '../tensor/index.ts'

/** Throws unless the tensors are what the program takes. */
export const checkInputs = ({ inputs }: Program, given: readonly AnyTensor[]): void => {
  if (given.length !== inputs.length)
    raise(`engine: the program takes ${inputs.length} inputs, got ${given.length}; pass one tensor for each`)
  for (let i = 0; i < inputs.length; i += 1) {
    const expected = inputs[i]!
    const got = given[i]!
    if (!sameSlot(expected, got))
      raise(
        `engine: input ${i} of the program is ${showSlot(expected)}, got ${showSlot(got)}; pass such a tensor, or compile the program for this one`
      )
  }
}
