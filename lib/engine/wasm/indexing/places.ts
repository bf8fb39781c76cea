/**
 * What gather and scatter-add share: the lengths of `[batch, before, n, after]` at indices `[batch, places]`, and the
 * walk over the runs that the indices choose.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import type { Slot } from '../../../tensor/index.ts'
import { i32, select, set, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import { nest } from '../movement/nest.ts'
import { bytesOf } from '../quad.ts'

// model

export interface Lengths {
  readonly batch: number
  readonly before: number
  readonly n: number
  readonly places: number
  /** the elements after the axis, which lie side by side */
  readonly after: number
}

/** The pointers of a walk: to the first of the n runs of a row, to an index, to the run of each place in order. */
export interface Pointers {
  readonly row: Local<'i32'>
  readonly index: Local<'i32'>
  readonly place: Local<'i32'>
}

// constructors

export const lengthsOf = (x: Slot, indices: Slot, axis: number, batch: number): Lengths => ({
  batch: size(x.shape.slice(0, batch)),
  before: size(x.shape.slice(batch, axis)),
  n: x.shape[axis]!,
  places: size(indices.shape.slice(batch)),
  after: size(x.shape.slice(axis + 1))
})

/** How many elements a walk meets. */
export const countOf = ({ batch, before, places, after }: Lengths): number => batch * before * places * after

/** For each place in order, runs a body with a pointer to the run that its index chooses, clamped into range. */
export const walk = (
  local: NewLocal,
  x: Slot,
  indices: Slot,
  { batch, before, n, places, after }: Lengths,
  { row, index, place }: Pointers,
  body: (chosen: Local<'i32'>) => readonly Instruction[]
): readonly Instruction[] => {
  const run = after * bytesOf(x.dtype)
  const [at, chosen] = [local('i32'), local('i32')]
  const last = i32.constant(n - 1)
  return nest(
    local,
    [
      { length: batch, steps: [before * n * run, 4 * places, before * places * run] },
      { length: before, steps: [n * run, 0, places * run] },
      { length: places, steps: [0, 4, run] }
    ],
    [row, index, place],
    [
      set(at, i32.load(index)),
      set(at, select(i32.lessUnsigned(at, n), at, indices.dtype === 'u32' ? last : beyond(at, last))),
      set(chosen, i32.add(row, i32.multiply(at, run))),
      ...body(chosen)
    ]
  )
}

/** A signed index that is out of range, clamped: 0 where it is negative. */
const beyond = (at: Local<'i32'>, last: Instruction<'i32'>): Instruction<'i32'> =>
  select(i32.lessSigned(at, 0), i32.constant(0), last)
