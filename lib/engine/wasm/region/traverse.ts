/**
 * One loop of a kernel: as many bodies in a turn as pay off, the rest written out, a last quad in part.
 *
 * @since 0.1.0
 */
import type { Count } from '../elements/index.ts'
import type { Writer } from '../quad.ts'
import { further, turns, type Place, type Walk } from './place.ts'

/** A body: the number of it, modulo the bodies of a turn, and how many of its elements there are. */
export type Body = (writer: Writer, place: Place, number: number, count: Count) => void

export interface Traversal {
  readonly walks: readonly Walk[]
  /** the loop in terms of the walks */
  readonly along: number
  readonly length: number
  /** elements of a body: 4 by quads, or 1 */
  readonly by: 1 | 4
  /** bodies of a turn */
  readonly group: number
  /** whether every body is written out */
  readonly isWrittenOut: boolean
}

/** Writes all bodies of a loop. */
export const traverse = (writer: Writer, place: Place, traversal: Traversal, body: Body): void => {
  const { walks, along, length, by, group, isWrittenOut } = traversal
  const full = Math.floor(length / by)
  const times = Math.floor(full / group)
  const looped = isWrittenOut || times <= 1 ? 0 : times
  if (looped > 0)
    turns(writer, place, walks, along, looped, group * by, (inner, at) => {
      for (let i = 0; i < group; i += 1) body(inner, further(at, walks, along, i * by), i, 4)
    })
  for (let i = looped * group; i < full; i += 1) body(writer, further(place, walks, along, i * by), i % group, 4)
  const rest = length - full * by
  // less than a quad
  if (rest > 0) body(writer, further(place, walks, along, full * by), full % group, rest as Count)
}
