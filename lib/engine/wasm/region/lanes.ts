/**
 * Which regions are folded as a sheet, whose lanes wait in scratch memory, and where the lanes are.
 *
 * @since 0.1.0
 */
import { aligned } from '../compilation.ts'
import { bytesOf } from '../quad.ts'
import type { Canonical } from './canonical.ts'
import type { Phases } from './phases.ts'
import { isRows, type Schedule } from './schedule.ts'

// model

/** Where the lanes of a fold are: bytes from the begin of scratch memory, and bytes from lane to lane. */
export interface Lanes {
  readonly offset: number
  readonly apart: number
}

export const lanesOfSum = 8

/** Fewer rows, or columns, or bytes in all, are better folded in registers. */
const fewestRows = 16
const fewestColumns = 16
const fewestBytes = 24576
/** Heavier bodies wait for their instructions, not for memory. */
const greatestWeight = 24

// constructors

/** Whether a region is a sheet. */
export const isSheet = (schedule: Schedule, { phases }: Phases): boolean => {
  const { loops, site, vector } = schedule
  const [phase] = phases
  if (phase === undefined || phases.length > 1 || phase.folds.length === 0 || phase.stored.length > 0) return false
  if (isRows(schedule) || loops.length !== site + 1) return false
  const rows = loops[site]!.length
  const columns = loops[vector]!.length
  return (
    rows >= fewestRows &&
    columns >= fewestColumns &&
    rows * columns * 4 >= fewestBytes &&
    phase.weight <= greatestWeight
  )
}

/** The lanes of all folds of a sheet, from an offset in scratch memory. */
export const lanesOf = ({ values }: Canonical, { loops, vector }: Schedule): ReadonlyMap<number, Lanes> => {
  const lanes = new Map<number, Lanes>()
  let offset = 0
  values.forEach(({ kind, dtype }, id) => {
    if (kind !== 'fold') return
    const apart = aligned(loops[vector]!.length * bytesOf(dtype) + 16)
    lanes.set(id, { offset, apart })
    offset += lanesOfSum * apart
  })
  return lanes
}

export const bytesOfLanes = (lanes: ReadonlyMap<number, Lanes>): number =>
  [...lanes.values()].reduce((sum, { apart }) => sum + lanesOfSum * apart, 0)
