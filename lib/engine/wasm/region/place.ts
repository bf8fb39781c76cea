/**
 * Places: where each walk of a kernel stands, and the loops that move it.
 *
 * A walk is a pointer that goes some bytes further with each step along a loop. Inside of a loop it is a
 * variable that is moved on; where a loop is written out, and between the quads of one turn, it is an offset that the
 * instruction itself holds. A loop moves the walks that its body uses, no others.
 *
 * @since 0.1.0
 */
import { branchIf, i32, loop, label, set, type Instruction, type Local, type Operand } from '../assembler/index.ts'
import type { Writer } from '../quad.ts'

// model

/** Something that moves by `steps[loop]` bytes with each step along a loop; its number is its index in the list. */
export interface Walk {
  /** where it begins */
  readonly base: Instruction<'i32'>
  readonly offset: number
  readonly steps: readonly number[]
}

/** A variable and a constant to be added. */
export interface Position {
  readonly base: Instruction<'i32'>
  readonly offset: number
}

/** The position of a walk, by its number. */
export type Place = (walk: number) => Position

/** A writer of the code inside of a block. */
export interface Nested {
  readonly writer: Writer
  readonly body: readonly Instruction[]
}

// constructors

export const nested = ({ compilation, local }: Writer): Nested => {
  const body: Instruction[] = []
  return {
    writer: {
      compilation,
      local,
      write: (instruction) => {
        body.push(instruction)
      }
    },
    body
  }
}

/** Where all walks begin. */
export const origin = (walks: readonly Walk[]): Place => {
  const positions = walks.map(({ base, offset }) => ({ base, offset }))
  return (walk) => positions[walk]!
}

// combinators

/** The place `count` steps further along a loop. */
export const further = (place: Place, walks: readonly Walk[], along: number, count: number): Place =>
  count === 0
    ? place
    : (walk) => {
        const { base, offset } = place(walk)
        return { base, offset: offset + count * walks[walk]!.steps[along]! }
      }

/** A loop of `times` ≥ 1 turns, each `by` steps along `along`. */
export const turns = (
  writer: Writer,
  place: Place,
  walks: readonly Walk[],
  along: number,
  times: number,
  by: number,
  write: (writer: Writer, place: Place) => void
): void => {
  const { writer: inner, body } = nested(writer)
  const moving = new Map<number, Local<'i32'>>()
  const positions = new Map<number, Position>()
  write(inner, (walk) => {
    const known = positions.get(walk)
    if (known !== undefined) return known
    const { base, offset } = place(walk)
    const { steps } = walks[walk]!
    const stays = steps[along] === 0
    const variable = stays ? undefined : writer.local('i32')
    if (variable !== undefined) moving.set(walk, variable)
    // a walk that also goes backwards keeps no offset apart: it could lead beyond the end of the address space
    const position: Position =
      variable === undefined
        ? { base, offset }
        : { base: variable, offset: steps.some((step) => step < 0) ? 0 : offset }
    positions.set(walk, position)
    return position
  })
  for (const [walk, variable] of moving) {
    const { base, offset } = place(walk)
    const kept = positions.get(walk)!.offset
    writer.write(set(variable, sum(base, offset - kept)))
  }
  const again = label()
  const moves = [...moving].map(([walk, variable]) => set(variable, i32.add(variable, walks[walk]!.steps[along]! * by)))
  const [first] = moving
  if (first === undefined) {
    const left = writer.local('i32')
    writer.write(set(left, times))
    const count = set(left, i32.subtract(left, 1))
    writer.write(loop(again, [...body, count, branchIf(left, again)]))
  } else {
    const [walk, variable] = first
    const end = writer.local('i32')
    writer.write(set(end, i32.add(variable, walks[walk]!.steps[along]! * by * times)))
    writer.write(loop(again, [...body, ...moves, branchIf(i32.notEqual(variable, end), again)]))
  }
}

// destructors

const sum = (base: Instruction<'i32'>, offset: number): Instruction<'i32'> =>
  offset === 0 ? base : i32.add(base, offset)

/** A position as an address and an offset that an instruction can hold. */
export const addressOf = ({ base, offset }: Position): readonly [address: Operand<'i32'>, offset: number] =>
  offset < 0 ? [i32.add(base, offset), 0] : [base, offset]
