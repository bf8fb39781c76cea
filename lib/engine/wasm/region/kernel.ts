/**
 * The kernel of a region: one function that walks the space once and computes all steps for each element.
 *
 * What does not change along a loop is computed outside of it, so a chain on scalars runs once in a call. At each place
 * everything is loaded before anything is stored: without folds, a buffer that is written may be one that is read, if both
 * are walked alike to their ends. With folds, which walk several times, it may not.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import { define, type Instruction } from '../assembler/index.ts'
import type { Count } from '../elements/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import type { Writer } from '../quad.ts'
import { canonical, type Canonical } from './canonical.ts'
import { memoryOf, scratchOf, type Scratch } from './memory.ts'
import { phasesOf, type Phases } from './phases.ts'
import { origin } from './place.ts'
import type { Region } from './region.ts'
import { isElementwise } from './rules.ts'
import { textOf } from './text.ts'
import { bodiesIn, scheduleOf, type Schedule } from './schedule.ts'
import { inside, valueOf, type Scope } from './scope.ts'
import { writeSheet } from './sheet.ts'
import { writeSite, type Work } from './site.ts'
import { traverse } from './traverse.ts'
import { weightOf } from './weight.ts'

/** Loops are written out up to this weight in all. */
const tiny = 96
/** Bodies up to this weight stand twice in a turn. */
const light = 24

/** The work, and the lanes of its folds if it is a sheet. */
interface Loops extends Work {
  readonly lanes: Scratch['lanes']
}

/** Writes the loops over the kept axes, from one of them inwards. */
const writeKept = (work: Loops, scope: Scope, loop: number): void => {
  const { region, schedule, memory, lanes } = work
  const { loops, site, vector, depths, levels } = schedule
  if (loop === site) {
    writeSite(work, scope)
    return
  }
  region.values.forEach(({ kind }, id) => {
    if (depths[id] === loop && levels[id] === 0 && kind !== 'constant') valueOf(work, scope, id)
  })
  const isVector = loop === vector
  if (isVector && lanes !== undefined) {
    writeSheet({ ...work, lanes }, scope)
    return
  }
  const weight = weightOf(region.values, region.values.keys()) + region.writes.length
  traverse(
    scope.writer,
    scope.place,
    {
      walks: memory.walks,
      along: loop,
      length: loops[loop]!.length,
      by: isVector ? 4 : 1,
      group: isVector && loops.length === site && weight <= light ? 2 : 1,
      isWrittenOut: bodiesIn(schedule, loop) * weight <= tiny
    },
    (writer, place, _, elements) => {
      const count: Count = isVector ? elements : scope.count
      writeKept(work, inside(scope, writer, place, count), loop + 1)
    }
  )
}

const bodyOf = (
  { compilation, local }: Pick<Writer, 'compilation' | 'local'>,
  pointers: readonly Instruction<'i32'>[],
  region: Canonical,
  schedule: Schedule,
  phases: Phases,
  scratch: Scratch
): readonly Instruction[] => {
  const body: Instruction[] = []
  const writer: Writer = {
    compilation,
    local,
    write: (instruction) => {
      body.push(instruction)
    }
  }
  const memory = memoryOf(region, schedule, scratch, pointers)
  const root: Scope = { outer: undefined, writer, place: origin(memory.walks), count: 4, values: new Map() }
  writeKept({ region, schedule, phases, memory, lanes: scratch.lanes }, root, 0)
  return body
}

/** The kernel of a region; regions of equal canonical form share it. */
export const regionKernel = (compilation: Compilation, region: Region): Kernel => {
  const form = canonical(region)
  const schedule = scheduleOf(form)
  const phases = phasesOf(form, schedule)
  const scratch = scratchOf(form, schedule, phases)
  const definition = compilation.shared(`region ${textOf(form)}`, () =>
    define(
      'region',
      Array.from({ length: form.pointers + (scratch.bytes > 0 ? 1 : 0) }, () => 'i32' as const),
      [],
      (pointers, local) =>
        form.writes.length === 0 ? [] : bodyOf({ compilation, local }, pointers, form, schedule, phases, scratch)
    )
  )
  return { definition, scratch: scratch.bytes, operations: size(region.space) * region.steps.length }
}

/** Whether a region can become a kernel: all steps work element by element, all folds fold the same axes. */
export const isRegion = (region: Region): boolean => {
  const folds = region.steps.flatMap((step) => (step.kind === 'fold' ? [step.axes.toSorted().join()] : []))
  return (
    new Set(folds).size <= 1 && region.steps.every((step) => step.kind !== 'apply' || isElementwise(step.primitive))
  )
}
