/**
 * The memory plan: where in a frame each buffer lives while it lives.
 *
 * Buffers get their places in the order of the calls, first fit; a place is free again after the last call that reads
 * it. A call may write to the place of an operand that ends there, where its kernel allows it.
 *
 * @since 0.1.0
 */
import { spaced } from '../compilation.ts'

// model

/** What a call does to buffers, which are numbers. */
export interface Use {
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  /** bytes of scratch memory */
  readonly scratch: number
  /** the operands whose place the write at the same index may take, best first */
  readonly reusable: readonly (readonly number[])[]
}

export interface Plan {
  /** the offset of each buffer in the frame */
  readonly offsets: ReadonlyMap<number, number>
  /** the offset of the scratch memory of each call */
  readonly scratch: readonly number[]
  /** bytes of the frame */
  readonly bytes: number
}

/** Free memory: `[begin, end)`, ascending, apart from each other; the last one is open. */
type Span = readonly [begin: number, end: number]

// pass

const take = (free: Span[], bytes: number): number => {
  const index = free.findIndex(([begin, end]) => end - begin >= bytes)
  const [begin, end] = free[index]!
  if (end - begin === bytes) free.splice(index, 1)
  else free[index] = [begin + bytes, end]
  return begin
}

const release = (free: Span[], begin: number, bytes: number): void => {
  if (bytes === 0) return
  const next = free.findIndex(([other]) => other > begin)
  const before = free[next - 1]
  const after = free[next]!
  const joinsBefore = before?.[1] === begin
  const joinsAfter = after[0] === begin + bytes
  const joined: Span = [joinsBefore ? before[0] : begin, joinsAfter ? after[1] : begin + bytes]
  free.splice(joinsBefore ? next - 1 : next, Number(joinsBefore) + Number(joinsAfter), joined)
}

/** The last call that uses each buffer. */
const lastUses = (uses: readonly Use[]): ReadonlyMap<number, number> => {
  const last = new Map<number, number>()
  uses.forEach(({ reads, writes }, call) => {
    for (const buffer of [...reads, ...writes]) last.set(buffer, call)
  })
  return last
}

/** Places the buffers that are written and have a size here; the others are somewhere else. */
export const planMemory = (uses: readonly Use[], bytesOf: (buffer: number) => number | undefined): Plan => {
  const last = lastUses(uses)
  const offsets = new Map<number, number>()
  const free: Span[] = [[0, Number.MAX_SAFE_INTEGER]]
  let highest = 0
  const claim = (bytes: number): number => {
    const offset = take(free, spaced(bytes))
    highest = Math.max(highest, offset + spaced(bytes))
    return offset
  }
  const scratch = uses.map(({ reads, writes, scratch: needed, reusable }, call) => {
    const taken = new Set<number>()
    writes.forEach((buffer, i) => {
      const bytes = bytesOf(buffer)
      if (bytes === undefined) return
      const given = reusable[i]?.find(
        (operand) =>
          !taken.has(operand) && offsets.has(operand) && last.get(operand) === call && bytesOf(operand) === bytes
      )
      if (given === undefined) offsets.set(buffer, claim(bytes))
      else {
        taken.add(given)
        offsets.set(buffer, offsets.get(given)!)
      }
    })
    const place = needed === 0 ? 0 : claim(needed)
    if (needed > 0) release(free, place, spaced(needed))
    for (const buffer of new Set([...reads, ...writes])) {
      const offset = offsets.get(buffer)
      if (offset !== undefined && last.get(buffer) === call && !taken.has(buffer))
        release(free, offset, spaced(bytesOf(buffer)!))
    }
    return place
  })
  return { offsets, scratch, bytes: highest }
}
