/**
 * What each place reads along one axis: places at equal distances, from a first one on.
 *
 * @since 0.1.0
 */
import { outside } from '../../reference/geometry.ts'

export interface Reach {
  /** for each place the first that it reads (0 where it reads none), and how many */
  readonly starts: readonly number[]
  readonly counts: readonly number[]
  /** how far what is read is apart */
  readonly step: number
}

/** From a table as `touched` and `touching` give it, of `window` taps for each place. */
export const reachOf = (table: Int32Array, window: number): Reach => {
  const reached = Array.from({ length: table.length / window }, (_, place) =>
    [...table.subarray(place * window, (place + 1) * window)].filter((at) => at !== outside).sort((a, b) => a - b)
  )
  const several = reached.find(({ length }) => length > 1)
  return {
    starts: reached.map(([first = 0]) => first),
    counts: reached.map(({ length }) => length),
    step: several === undefined ? 0 : several[1]! - several[0]!
  }
}

/** How much the place that reads most reads. */
export const greatestCount = ({ counts }: Reach): number => counts.reduce((most, count) => Math.max(most, count), 0)

/** Whether each of `length` places is read by one at most, and whether by one at least. */
export const partition = (
  { starts, counts, step }: Reach,
  length: number
): { readonly isDisjoint: boolean; readonly isCovering: boolean } => {
  const readers = new Int32Array(length)
  starts.forEach((start, place) => {
    for (let i = 0; i < counts[place]!; i += 1) readers[start + i * step]! += 1
  })
  return { isDisjoint: readers.every((n) => n <= 1), isCovering: readers.every((n) => n >= 1) }
}
