/**
 * Loops of a known count whose pointers move along.
 *
 * @since 0.1.0
 */
import { i32, countUp, set, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'

/** A pointer, and by how many bytes it moves. */
export type Move = readonly [pointer: Local<'i32'>, bytes: number]

/** The pointers moved. */
export const advance = (moves: readonly Move[]): readonly Instruction<'none'>[] =>
  moves.flatMap(([pointer, bytes]) => (bytes === 0 ? [] : [set(pointer, i32.add(pointer, bytes))]))

/** A body `count` times; after each the pointers move. */
export const repeat = (
  local: NewLocal,
  count: number,
  moves: readonly Move[],
  body: readonly Instruction<'none'>[]
): readonly Instruction<'none'>[] => {
  if (count === 0) return []
  const turn = [...body, ...advance(moves)]
  return count === 1 ? turn : [countUp(local('i32'), 0, count, 1, turn)]
}

/** A body that may move copies of pointers, which are made anew each time. */
export const withCopies = (
  local: NewLocal,
  pointers: readonly Local<'i32'>[],
  body: (copies: readonly Local<'i32'>[]) => readonly Instruction<'none'>[]
): readonly Instruction<'none'>[] => {
  const copies = pointers.map(() => local('i32'))
  return [...copies.map((copy, i) => set(copy, pointers[i]!)), ...body(copies)]
}
