/**
 * Nested loops that move pointers: each loop knows how far it moves every pointer in one turn.
 *
 * @since 0.1.0
 */
import { countUp, i32, set, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'

/** A loop: how often, and the bytes from one turn to the next, for each pointer. */
export interface Level {
  readonly length: number
  readonly steps: readonly number[]
}

/** Moves a pointer by a number of bytes. */
export const advance = (pointer: Local<'i32'>, bytes: number): readonly Instruction[] =>
  bytes === 0 ? [] : [set(pointer, i32.add(pointer, bytes))]

/** Runs a body on every place of some levels, outermost first, each of length 1 or more; `moved` is what the body itself moves. */
export const nest = (
  local: NewLocal,
  levels: readonly Level[],
  pointers: readonly Local<'i32'>[],
  body: readonly Instruction[],
  moved: readonly number[] = pointers.map(() => 0)
): readonly Instruction[] =>
  levels.reduceRight(
    ({ code, done }, { length, steps }) => {
      if (length === 1) return { code, done }
      const onward = pointers.flatMap((pointer, p) => advance(pointer, steps[p]! - done[p]!))
      return {
        code: [countUp(local('i32'), 0, length, 1, [...code, ...onward])],
        done: steps.map((step) => length * step)
      }
    },
    { code: body, done: moved }
  ).code
