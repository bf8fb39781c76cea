/**
 * Sheets: folds down long columns that stand side by side, walked row by row.
 *
 * Column by column, rows that are a power of two apart fall on the same few lines of the cache. So eight rows are walked
 * at once from side to side, and the eight lanes of every column wait in scratch memory: row i goes to lane i mod 8, as
 * in registers.
 *
 * @since 0.1.0
 */
import { constantQuad, type Count } from '../elements/index.ts'
import type { Quad, Writer } from '../quad.ts'
import { folded, total } from './accumulator.ts'
import { identityOf } from './canonical.ts'
import { lanesOfSum, type Lanes } from './lanes.ts'
import { load, store, type Elements } from './memory.ts'
import type { Phases } from './phases.ts'
import { further, turns, type Place } from './place.ts'
import type { Schedule } from './schedule.ts'
import { inside, valueOf, type Scene, type Scope } from './scope.ts'
import { writeFolded } from './site.ts'
import { traverse } from './traverse.ts'

// model

export interface Sheet extends Scene {
  readonly schedule: Schedule
  readonly phases: Phases
  readonly lanes: ReadonlyMap<number, Lanes>
}

// the walk

/** One lane of a fold. */
const laneOf = ({ memory, lanes }: Sheet, id: number, lane: number): Elements => {
  const elements = memory.buffers.get(id)!
  return { ...elements, offset: elements.offset + lane * lanes.get(id)!.apart }
}

/** Runs over the columns, four at a time. */
const overColumns = (
  { memory, schedule }: Sheet,
  writer: Writer,
  place: Place,
  body: (writer: Writer, place: Place, count: Count) => void
): void => {
  const { loops, vector } = schedule
  traverse(
    writer,
    place,
    { walks: memory.walks, along: vector, length: loops[vector]!.length, by: 4, group: 1, isWrittenOut: false },
    (inner, at, _, count) => {
      body(inner, at, count)
    }
  )
}

/** Some rows, at most eight, from side to side. */
const writeRows = (sheet: Sheet, outer: Scope, writer: Writer, place: Place, rows: number): void => {
  const { memory, schedule, phases, region } = sheet
  const { site } = schedule
  const { folds, writes } = phases.phases[0]!
  overColumns(sheet, writer, place, (inner, at, count) => {
    const column = inside(outer, inner, at, count)
    region.values.forEach(({ kind }, id) => {
      if (schedule.depths[id] === site && schedule.levels[id] === 0 && kind !== 'constant') valueOf(sheet, column, id)
    })
    for (let row = 0; row < rows; row += 1) {
      const scope = inside(column, inner, further(at, memory.walks, site, row))
      const sums = folds.map((id): Quad => {
        const value = region.values[id]!
        if (value.kind !== 'fold') return []
        const quad = valueOf(sheet, scope, value.operand)
        return folded(inner, value.fold, value.dtype, load(inner, at, laneOf(sheet, id, row), 4), quad)
      })
      const quads = writes.map(({ value }) => valueOf(sheet, scope, value))
      folds.forEach((id, i) => {
        store(inner, at, laneOf(sheet, id, row), sums[i]!, 4)
      })
      writes.forEach((write, i) => {
        store(inner, scope.place, memory.writes[region.writes.indexOf(write)]!, quads[i]!, count)
      })
    }
  })
}

/** Writes a sheet: lanes of nothing, all rows, and what is folded of each column. */
export const writeSheet = (sheet: Sheet, outer: Scope): void => {
  const { memory, schedule, phases, region } = sheet
  const { loops, site } = schedule
  const { folds } = phases.phases[0]!
  const { writer, place } = outer
  const foldOf = (id: number) => {
    const value = region.values[id]!
    // folds hold only folds
    return value as Extract<typeof value, { readonly kind: 'fold' }>
  }
  overColumns(sheet, writer, place, (inner, at) => {
    for (const id of folds) {
      const { fold, dtype } = foldOf(id)
      for (let lane = 0; lane < lanesOfSum; lane += 1)
        store(inner, at, laneOf(sheet, id, lane), constantQuad(dtype, identityOf(fold, dtype)), 4)
    }
  })
  const rows = loops[site]!.length
  const eights = Math.floor(rows / lanesOfSum)
  turns(writer, place, memory.walks, site, eights, lanesOfSum, (inner, at) => {
    writeRows(sheet, outer, inner, at, lanesOfSum)
  })
  const rest = rows % lanesOfSum
  if (rest > 0) writeRows(sheet, outer, writer, further(place, memory.walks, site, eights * lanesOfSum), rest)
  overColumns(sheet, writer, place, (inner, at, count) => {
    const scope = inside(outer, inner, at, count)
    for (const id of folds) {
      const { fold, dtype } = foldOf(id)
      const quads = Array.from({ length: lanesOfSum }, (_, lane) => load(inner, at, laneOf(sheet, id, lane), 4))
      scope.values.set(id, total(inner, { fold, dtype, quads }))
    }
    writeFolded(sheet, scope, count)
  })
}
