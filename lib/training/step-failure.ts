/**
 * Why a step failed: what is not finite, and whether the batch is to blame.
 *
 * @since 0.1.0
 */
import { bufferOf } from '../tensor/internal.ts'
import { classComplaint } from './complaint.ts'
import { mismatch, nonFinite, nonFiniteBatch, type Failure } from './failure.ts'
import { checkedLeaves, type Compiled, type Parts } from './program.ts'
import type { AnyState } from './state.ts'
import type { AnyBatch } from './step.ts'

/** What is not finite in a batch, if anything: looked for only where something is not finite after the step. */
const brokenBatch = (state: AnyState, { inputs, labels }: AnyBatch): Failure<AnyState> | undefined => {
  const found = [['inputs', inputs] as const, ['labels', labels] as const].flatMap(([path, tensor]) => {
    const numbers = bufferOf(tensor)
    const place = numbers.findIndex((x) => !Number.isFinite(x))
    return place < 0 ? [] : [nonFiniteBatch(state.step, path, Number(numbers[place]), place, state)]
  })
  return found[0]
}

/** Why a step failed, if it did; `checked` tells whether each leaf of the new state is finite. */
export const failureOf = (
  parts: Parts,
  compiled: Compiled,
  state: () => AnyState,
  batch: AnyBatch,
  loss: number,
  broken: number
): Failure<AnyState> => {
  const before = state()
  if (!Number.isFinite(loss)) {
    // a label that is no class makes the loss NaN
    const complaint = classComplaint(parts, batch)
    return complaint === undefined
      ? (brokenBatch(before, batch) ?? nonFinite(before.step, 'loss', loss, before))
      : mismatch(before.step, complaint, before)
  }
  const path = checkedLeaves(compiled.results)[broken]?.[0] ?? []
  return brokenBatch(before, batch) ?? nonFinite(before.step, path.join('.'), undefined, before)
}
