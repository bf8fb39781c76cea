/**
 * Phases: what is computed in which walk over the folded axes.
 *
 * Phase p computes the whole values that need p finished folds. What an earlier phase has computed is computed again
 * where that is cheap, and else kept in a buffer; a region with so few bodies that they are written out keeps its values
 * in variables instead.
 *
 * @since 0.1.0
 */
import { isFloat } from '../../../tensor/index.ts'
import type { Canonical, Value, Write } from './canonical.ts'
import { bodiesIn, isRows, type Schedule } from './schedule.ts'
import { weightOf } from './weight.ts'

// model

export interface Phase {
  /** the folds whose elements this phase computes */
  readonly folds: readonly number[]
  /** those of them whose elements go to a buffer first, because they are not met in eights */
  readonly spilled: ReadonlySet<number>
  /** the writes of whole values */
  readonly writes: readonly Write[]
  /** values that are put into their buffers */
  readonly stored: readonly number[]
  /** values that are taken out of their buffers */
  readonly loaded: ReadonlySet<number>
  /** values that are computed inside of the walk */
  readonly computed: ReadonlySet<number>
  /** instructions of one body, roughly */
  readonly weight: number
}

export interface Phases {
  readonly phases: readonly Phase[]
  /** whether all bodies at a site are written out, so that what is computed once stays in variables */
  readonly isWrittenOut: boolean
}

// pass

/** Bodies at a site are written out up to so many, and up to this weight in all. */
const mostBodies = 16
const greatestWeight = 320

/** What is not heavier is computed again rather than kept. */
const cheap = 6

/** Eight bodies of a loop over rows of columns are written out up to this weight. */
const eightBodies = 200

export const isOrdered = (value: Value): boolean =>
  value.kind === 'fold' && isFloat(value.dtype) && (value.fold === 'reduceSum' || value.fold === 'reduceProduct')

/** Whether a value is computed inside of the walk over the folded axes. */
export const isInside = ({ loops, site, depths }: Schedule, id: number): boolean =>
  loops.length === site ? depths[id] === site : depths[id]! > site

/** The weight of a value together with all inside of the walk that it is made from. */
const weightOfTree = (region: Canonical, schedule: Schedule, root: number): number => {
  const seen = new Set<number>()
  const visit = (id: number): void => {
    if (seen.has(id) || !isInside(schedule, id)) return
    seen.add(id)
    const value = region.values[id]!
    if (value.kind === 'apply') value.operands.forEach(visit)
  }
  visit(root)
  return weightOf(region.values, seen)
}

/** Whether the elements of ordered folds have to pass through a buffer to be met in eights. */
const isSpilling = (schedule: Schedule, weight: number, isWrittenOut: boolean): boolean => {
  const { loops, site } = schedule
  const inner = loops.at(-1)!.length
  const crosses = loops.length - site > 1 && inner % 8 !== 0
  const isHeavy = !isWrittenOut && !isRows(schedule) && weight * Math.min(8, inner) > eightBodies
  return loops.length > site && (crosses || isHeavy)
}

/** Phases with the whole writes as early as they can be. */
const planned = (region: Canonical, schedule: Schedule, isWrittenOut: boolean): Phases => {
  const { values, writes } = region
  const { levels } = schedule
  const whole = writes.filter(({ folded }) => !folded)
  const folds = values.flatMap((value, id) => (value.kind === 'fold' ? [{ id, operand: value.operand }] : []))
  const last = Math.max(0, ...folds.map(({ operand }) => levels[operand]!), ...whole.map(({ value }) => levels[value]!))
  /** the first phase that computes a value */
  const first = new Map<number, number>()
  /** the phase that puts a value into its buffer */
  const storing = new Map<number, number>()
  const phases = Array.from({ length: last + 1 }, (_, phase): Phase => {
    const own = folds.filter(({ operand }) => levels[operand] === phase)
    const leaving = whole.filter(({ value }) => levels[value] === phase)
    const loaded = new Set<number>()
    const computed = new Set<number>()
    const visit = (id: number): void => {
      const value = values[id]!
      if (value.kind === 'fold' || !isInside(schedule, id) || loaded.has(id) || computed.has(id)) return
      const before = first.get(id)
      if (before !== undefined && isWrittenOut) return
      if (before !== undefined && weightOfTree(region, schedule, id) > cheap) {
        loaded.add(id)
        storing.set(id, before)
        return
      }
      computed.add(id)
      if (value.kind === 'apply') value.operands.forEach(visit)
    }
    own.forEach(({ operand }) => {
      visit(operand)
    })
    leaving.forEach(({ value }) => {
      visit(value)
    })
    for (const id of computed) if (!first.has(id)) first.set(id, phase)
    const weight = weightOf(values, computed) + loaded.size + own.length + leaving.length
    const isSpilled = isSpilling(schedule, weight, isWrittenOut)
    const spilled = own.filter(({ id }) => isSpilled && isOrdered(values[id]!))
    for (const { operand } of spilled) if (!storing.has(operand)) storing.set(operand, first.get(operand) ?? phase)
    return {
      folds: own.map(({ id }) => id),
      spilled: new Set(spilled.map(({ id }) => id)),
      writes: leaving,
      stored: [],
      loaded,
      computed,
      weight
    }
  })
  return {
    phases: phases.map((phase, p) => ({
      ...phase,
      stored: [...storing].flatMap(([id, at]) => (at === p ? [id] : []))
    })),
    isWrittenOut
  }
}

export const phasesOf = (region: Canonical, schedule: Schedule): Phases => {
  const bodies = bodiesIn(schedule, schedule.site)
  const weight = weightOf(region.values, region.values.keys()) + region.writes.length
  const isWrittenOut = bodies <= mostBodies && bodies * weight <= greatestWeight
  return planned(region, schedule, isWrittenOut)
}
