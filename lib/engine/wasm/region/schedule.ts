/**
 * The order in which a region walks: loops over the kept axes, then loops over the folded ones, and which loop goes by
 * quads.
 *
 * Rows: the last folded axis goes by quads, folded values are the same in all lanes. Columns: the last kept axis does, a
 * quad stands and the folded loops are inside of it. A region without folds is columns of one element each.
 *
 * @since 0.1.0
 */
import type { Canonical, Value } from './canonical.ts'

// model

export interface Schedule {
  /** the loops from outside: axis of the canonical form (−1 where there is none) and length */
  readonly loops: readonly { readonly axis: number; readonly length: number }[]
  /** how many of them walk over kept axes; inside of these is the site of one folded value, or of four */
  readonly site: number
  /** the loop that goes by quads */
  readonly vector: number
  /** by value: inside of how many loops it changes */
  readonly depths: readonly number[]
  /** by value: how many folds have to be finished before it */
  readonly levels: readonly number[]
}

// constructors

/** How many reads and writes are neighbours along an axis. */
const neighbours = ({ values, writes }: Canonical, axis: number): number =>
  [...values, ...writes].filter(
    (user) => (!('kind' in user) || user.kind === 'read') && user.access.strides[axis] === 1
  ).length

/** Whether rows are the better way: where the folded axis holds the neighbours, or nothing is kept. */
const goesByRows = (region: Canonical): boolean => {
  const { kept, folded } = region
  if (folded.length === 0 || kept.length === 0) return folded.length > 0
  const last = kept.length + folded.length - 1
  return neighbours(region, last) >= neighbours(region, kept.length - 1)
}

const levelsOf = (values: readonly Value[]): readonly number[] => {
  const levels: number[] = []
  for (const value of values)
    levels.push(
      value.kind === 'fold'
        ? levels[value.operand]! + 1
        : value.kind === 'apply'
          ? Math.max(0, ...value.operands.map((operand) => levels[operand]!))
          : 0
    )
  return levels
}

/** Inside of how many loops each value changes; a folded one changes at each site. */
const depthsOf = (values: readonly Value[], loops: Schedule['loops'], site: number): readonly number[] => {
  const depths: number[] = []
  for (const value of values)
    switch (value.kind) {
      case 'read':
        depths.push(1 + loops.findLastIndex(({ axis }) => axis >= 0 && value.access.strides[axis] !== 0))
        break
      case 'apply':
        depths.push(Math.max(0, ...value.operands.map((operand) => depths[operand]!)))
        break
      case 'constant':
        depths.push(0)
        break
      case 'fold':
        depths.push(site)
    }
  return depths
}

export const scheduleOf = (region: Canonical): Schedule => {
  const { kept, folded, values } = region
  const axes = [...kept, ...folded].map((length, axis) => ({ axis, length }))
  const loops = axes.length === 0 ? [{ axis: -1, length: 1 }] : axes
  const site = loops.length - folded.length
  return {
    loops,
    site,
    vector: goesByRows(region) ? loops.length - 1 : site - 1,
    depths: depthsOf(values, loops, site),
    levels: levelsOf(values)
  }
}

// destructors

export const isRows = ({ site, vector }: Schedule): boolean => vector >= site

/** How many bodies are needed for the elements of a loop. */
const stepsOf = ({ loops, vector }: Schedule, loop: number): number =>
  loop === vector ? Math.ceil(loops[loop]!.length / 4) : loops[loop]!.length

/** How many bodies run inside of a loop of the given depth. */
export const bodiesIn = (self: Schedule, depth: number): number =>
  self.loops.slice(depth).reduce((count, _, i) => count * stepsOf(self, depth + i), 1)

/** How many elements are folded at a site. */
export const foldedCount = ({ loops, site }: Schedule): number =>
  loops.slice(site).reduce((count, { length }) => count * length, 1)
