/**
 * The code of a site: phase by phase a walk over the folded axes, the folds finished after it, and in the end the
 * writes of folded values.
 *
 * @since 0.1.0
 */
import { loadQuad, type Count } from '../elements/index.ts'
import { bytesOf, type Quad } from '../quad.ts'
import { accumulate, accumulator, across, rotate, total, type Accumulator } from './accumulator.ts'
import { store } from './memory.ts'
import { isInside, isOrdered, type Phase, type Phases } from './phases.ts'
import { addressOf, origin, type Walk } from './place.ts'
import { foldedCount, isRows, type Schedule } from './schedule.ts'
import { inside, valueOf, type Scene, type Scope } from './scope.ts'
import { traverse } from './traverse.ts'

// model

export interface Work extends Scene {
  readonly schedule: Schedule
  readonly phases: Phases
}

/** The folds of a walk, and in which order their quads are filled. */
interface Filling {
  readonly accumulators: ReadonlyMap<number, Accumulator>
  /** bodies of a turn */
  readonly group: number
  /** one body a turn, the quads taking turns */
  readonly rotates: boolean
}

/** Bodies up to this weight stand twice in a turn. */
const light = 24

// constructors

const fillingOf = (work: Work, scope: Scope, phase: Phase): Filling => {
  const { schedule, region, phases } = work
  const { loops, site } = schedule
  const direct = phase.folds.filter((id) => !phase.spilled.has(id))
  const inner = loops.at(-1)!.length
  const rows = isRows(schedule)
  const most = loops.length === site ? 1 : rows ? Math.ceil(inner / 4) : inner
  const isLight = phase.weight <= light || phases.isWrittenOut
  const lanes = direct.some((id) => isOrdered(region.values[id]!)) ? 8 : isLight ? 4 : 1
  const wanted = rows ? 2 : direct.length === 0 ? (isLight ? 2 : 1) : lanes
  const isOneLoop = loops.length - site <= 1
  const quads = rows && !isOneLoop ? wanted : Math.min(wanted, most)
  const rotates = rows && direct.length > 0 && !isLight
  return {
    accumulators: new Map(
      direct.map((id) => {
        const value = region.values[id]!
        // folds hold only folds
        const { fold, dtype } = value as Extract<typeof value, { readonly kind: 'fold' }>
        return [id, accumulator(scope.writer, fold, dtype, quads)]
      })
    ),
    group: rotates || (rows && !isLight) ? 1 : Math.min(wanted, most),
    rotates
  }
}

// the walk

/** One body: folds, then stores. */
const writeBody = (work: Work, scope: Scope, phase: Phase, filling: Filling, lane: number): void => {
  const { region, memory, schedule } = work
  const { writer, place, count } = scope
  const get = (id: number): Quad => valueOf(work, scope, id, phase.loaded)
  for (const [id, into] of filling.accumulators) {
    const value = region.values[id]!
    if (value.kind === 'fold')
      accumulate(writer, into, filling.rotates ? 0 : lane, get(value.operand), isRows(schedule) ? count : 4)
    if (filling.rotates) rotate(writer, into)
  }
  for (const id of phase.stored) store(writer, place, memory.buffers.get(id)!, get(id), 4)
  const quads = phase.writes.map(({ value }) => get(value))
  phase.writes.forEach((write, i) => {
    store(writer, place, memory.writes[region.writes.indexOf(write)]!, quads[i]!, count)
  })
}

/** The walk of a phase over the folded axes. */
const writeWalk = (work: Work, at: Scope, phase: Phase, filling: Filling, scopes: Map<string, Scope>): void => {
  const { schedule, memory, phases, region } = work
  const { loops, site, vector, depths } = schedule
  if (loops.length === site) {
    writeBody(work, at, phase, filling, 0)
    return
  }
  /** a scope of its own in every phase, or where bodies are written out, the one of earlier phases */
  const scopeOf = (key: string, make: () => Scope): Scope => {
    const known = phases.isWrittenOut ? scopes.get(key) : undefined
    const scope = known ?? make()
    scopes.set(key, scope)
    return scope
  }
  const walk = (loop: number, outer: Scope, key: string): void => {
    const isLast = loop === loops.length - 1
    let number = 0
    traverse(
      outer.writer,
      outer.place,
      {
        walks: memory.walks,
        along: loop,
        length: loops[loop]!.length,
        by: loop === vector ? 4 : 1,
        group: isLast ? filling.group : 1,
        isWrittenOut: phases.isWrittenOut
      },
      (writer, place, lane, elements) => {
        const path = `${key} ${number}`
        number += 1
        const scope = scopeOf(path, () => inside(outer, writer, place, loop === vector ? elements : outer.count))
        if (isLast) writeBody(work, scope, phase, filling, lane)
        else {
          region.values.forEach((_, id) => {
            if (depths[id] === loop + 1 && phase.computed.has(id)) valueOf(work, scope, id, phase.loaded)
          })
          walk(loop + 1, scope, path)
        }
      }
    )
  }
  walk(site, at, '')
}

// folds

/** The fold of a buffer that holds the elements of a site in order. */
const foldBuffer = (work: Work, { writer }: Scope, id: number): Quad => {
  const { region, memory, schedule, phases } = work
  const value = region.values[id]!
  const { fold, dtype, operand } = value as Extract<typeof value, { readonly kind: 'fold' }>
  const { walk, offset } = memory.buffers.get(operand)!
  const rows = isRows(schedule)
  const count = foldedCount(schedule)
  const bytes = bytesOf(dtype) * (rows ? 1 : 4)
  const walks: readonly Walk[] = [{ base: memory.walks[walk]!.base, offset, steps: [bytes] }]
  const quads = Math.min(rows ? 2 : 8, Math.ceil(count / (rows ? 4 : 1)))
  const into = accumulator(writer, fold, dtype, quads)
  traverse(
    writer,
    origin(walks),
    { walks, along: 0, length: count, by: rows ? 4 : 1, group: quads, isWrittenOut: phases.isWrittenOut },
    (inner, place, lane, elements) => {
      accumulate(inner, into, lane, loadQuad(inner, dtype, ...addressOf(place(0))), elements)
    }
  )
  return finished(work, writer, into)
}

const finished = ({ schedule }: Work, writer: Scope['writer'], into: Accumulator): Quad => {
  const sum = total(writer, into)
  return isRows(schedule) ? across(writer, into.fold, into.dtype, sum) : sum
}

// the site

/** Writes the folded values of a site, all of them loaded before. */
export const writeFolded = (scene: Scene, scope: Scope, count: Count): void => {
  const { region, memory } = scene
  const quads = region.writes.map(({ folded, value }) => (folded ? valueOf(scene, scope, value) : []))
  region.writes.forEach(({ folded }, i) => {
    if (folded) store(scope.writer, scope.place, memory.writes[i]!, quads[i]!, count)
  })
}

/** Writes everything that happens at a site. */
export const writeSite = (work: Work, scope: Scope): void => {
  const { region, schedule, phases } = work
  const { levels, depths, site } = schedule
  const scopes = new Map<string, Scope>()
  /** the values that are the same for the whole walk */
  const writeOutside = (level: number): void => {
    region.values.forEach(({ kind }, id) => {
      const isHere = levels[id] === level && (level > 0 || depths[id] === site)
      if (isHere && kind !== 'constant' && kind !== 'fold' && !isInside(schedule, id)) valueOf(work, scope, id)
    })
  }
  phases.phases.forEach((phase, p) => {
    writeOutside(p)
    const filling = fillingOf(work, scope, phase)
    if (phase.folds.length + phase.writes.length + phase.stored.length > 0) {
      writeWalk(work, scope, phase, filling, scopes)
      for (const id of phase.folds) {
        const into = filling.accumulators.get(id)
        const quad = into === undefined ? foldBuffer(work, scope, id) : finished(work, scope.writer, into)
        scope.values.set(id, quad)
      }
    }
  })
  writeOutside(phases.phases.length)
  writeFolded(work, scope, isRows(schedule) ? 1 : scope.count)
}
