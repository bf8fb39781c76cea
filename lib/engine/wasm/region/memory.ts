/**
 * What a region reads and writes: for each value the walk that leads to it, and how far apart its four lanes are.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import { i8x16, v128, type Instruction } from '../assembler/index.ts'
import { aligned } from '../compilation.ts'
import { gatherQuad, storePart, type Count } from '../elements/index.ts'
import { bytesOf, kept, type Quad, type Writer } from '../quad.ts'
import type { Access, Canonical } from './canonical.ts'
import { addressOf, type Place, type Walk } from './place.ts'
import type { Phases } from './phases.ts'
import { foldedCount, isRows, type Schedule } from './schedule.ts'
import { bytesOfLanes, isSheet, lanesOf, type Lanes } from './lanes.ts'

// model

/** Elements in memory: a walk, and bytes from where it stands. */
export interface Elements {
  readonly dtype: DType
  readonly walk: number
  readonly offset: number
  /** bytes from lane to lane; 0 where all lanes are the same element */
  readonly step: number
}

export interface Memory {
  readonly walks: readonly Walk[]
  /** by value: the elements of reads, and the counts of indices */
  readonly reads: ReadonlyMap<number, Elements>
  /** in the order of the writes */
  readonly writes: readonly Elements[]
  /** by value: where the elements of a site are kept from phase to phase */
  readonly buffers: ReadonlyMap<number, Elements>
}

// constructors

/** Scratch memory: where the buffers of values begin, or the lanes of folds that are a sheet, and bytes in all. */
export interface Scratch {
  readonly offsets: ReadonlyMap<number, number>
  readonly lanes: ReadonlyMap<number, Lanes> | undefined
  readonly bytes: number
}

export const scratchOf = (region: Canonical, schedule: Schedule, phases: Phases): Scratch => {
  if (isSheet(schedule, phases)) {
    const lanes = lanesOf(region, schedule)
    return { offsets: new Map([...lanes].map(([id, { offset }]) => [id, offset])), lanes, bytes: bytesOfLanes(lanes) }
  }
  const offsets = new Map<number, number>()
  let bytes = 0
  const elements = foldedCount(schedule) * (isRows(schedule) ? 1 : 4)
  for (const { stored } of phases.phases)
    for (const id of stored) {
      offsets.set(id, bytes)
      // the last quad of a row is stored whole
      bytes += aligned((elements + 3) * bytesOf(region.values[id]!.dtype))
    }
  return { offsets, lanes: undefined, bytes }
}

export const memoryOf = (
  region: Canonical,
  schedule: Schedule,
  { offsets, lanes }: Scratch,
  pointers: readonly Instruction<'i32'>[]
): Memory => {
  const { loops, site, vector } = schedule
  const walks: Walk[] = []
  const numbers = new Map<string, number>()
  const walkOf = (pointer: number, offset: number, steps: readonly number[]): number => {
    const key = `${pointer} ${offset} ${steps.join()}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, walks.length)
    return walks.push({ base: pointers[pointer]!, offset, steps }) - 1
  }
  const elementsOf = ({ pointer, dtype, offset, strides }: Access): Elements => {
    const bytes = bytesOf(dtype)
    const steps = loops.map(({ axis }) => (axis < 0 ? 0 : strides[axis]! * bytes))
    // reads of one buffer that go the same way share a walk, whose offset then is in the instruction
    const apart = steps.every((step) => step >= 0)
    return {
      dtype,
      walk: walkOf(pointer, apart ? 0 : offset * bytes, steps),
      offset: apart ? offset * bytes : 0,
      step: steps[vector]!
    }
  }
  const reads = new Map<number, Elements>()
  const buffers = new Map<number, Elements>()
  region.values.forEach((value, id) => {
    if (value.kind === 'read') reads.set(id, elementsOf(value.access))
    const offset = offsets.get(id)
    if (offset !== undefined) {
      const bytes = bytesOf(value.dtype)
      const apart = bytes * (isRows(schedule) ? 1 : 4)
      const steps = loops.map((_, loop) => {
        if (lanes !== undefined) return loop === vector ? bytes : 0
        return loop < site ? 0 : loops.slice(loop + 1).reduce((step, { length }) => step * length, apart)
      })
      buffers.set(id, { dtype: value.dtype, walk: walkOf(pointers.length - 1, 0, steps), offset, step: bytes })
    }
  })
  return { walks, reads, writes: region.writes.map(({ access }) => elementsOf(access)), buffers }
}

// interpreters

/** The first `count` of four elements. */
export const load = (writer: Writer, place: Place, { dtype, walk, offset, step }: Elements, count: Count): Quad => {
  const position = place(walk)
  const [address, from] = addressOf({ ...position, offset: position.offset + offset })
  return gatherQuad(writer, dtype, address, from, step, count)
}

/** Stores the first `count` of four elements, and nothing besides. */
export const store = (
  writer: Writer,
  place: Place,
  { dtype, walk, offset, step }: Elements,
  quad: Quad,
  count: Count
): void => {
  const bytes = bytesOf(dtype)
  const at = (lane: number) => {
    const position = place(walk)
    return addressOf({ ...position, offset: position.offset + offset + lane * step })
  }
  if (step === bytes || count === 1) {
    storePart(writer, dtype, ...at(0), quad, count)
    return
  }
  const vectors =
    dtype === 'bool'
      ? kept(
          writer,
          quad.map((masks) => i8x16.abs(masks))
        )
      : quad
  for (let lane = 0; lane < count; lane += 1) {
    const [address, to] = at(lane)
    if (dtype === 'f64') writer.write(v128.store64Lane(address, vectors[lane >> 1]!, lane & 1, to))
    else if (dtype === 'bool') writer.write(v128.store8Lane(address, vectors[0]!, 4 * lane, to))
    else writer.write(v128.store32Lane(address, vectors[0]!, lane, to))
  }
}
