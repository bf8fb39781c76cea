/**
 * Shares: which kernels each thread calls for a call of a program.
 *
 * @since 0.1.0
 */
import type { Call, Calls, Place } from '../calls/call.ts'
import type { Kernel } from '../kernel.ts'
import { bytesIn } from '../quad.ts'
import { cut, type Access } from './split.ts'
import type { Sharing } from './team-code.ts'

// model

/** Bytes `[begin, end)` of a buffer. */
export interface Bytes {
  readonly buffer: number
  readonly begin: number
  readonly end: number
}

/** One call of a kernel by one thread. */
export interface Share {
  readonly kernel: Kernel
  readonly reads: readonly Place[]
  readonly writes: readonly Place[]
  readonly reading: readonly Bytes[]
  readonly writing: readonly Bytes[]
}

/** A call of a program, shared by as many threads as there are shares. */
export interface SharedCall extends Pick<Call, 'reusable'> {
  readonly shares: readonly Share[]
  /** buffers */
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  readonly operations: number
}

/** What threads compute, and the bytes of buffers that only they need. */
export interface Shared {
  readonly calls: readonly SharedCall[]
  readonly added: ReadonlyMap<number, number>
}

// constructors

const wholly = (buffer: number, bytes: number): Bytes => ({ buffer, begin: 0, end: bytes })

const unshared = ({ kernel, reads, writes, reusable }: Call, bytesOf: (buffer: number) => number): SharedCall => {
  const touched = (buffer: number): Bytes => wholly(buffer, bytesOf(buffer))
  return {
    shares: [
      {
        kernel,
        reads,
        writes: writes.map((buffer) => ({ buffer, offset: 0 })),
        reading: reads.map(({ buffer }) => touched(buffer)),
        writing: writes.map(touched)
      }
    ],
    reads: reads.map(({ buffer }) => buffer),
    writes,
    reusable,
    operations: kernel.operations
  }
}

const moved = ({ buffer, offset }: Place, { shift }: Access): Place => ({ buffer, offset: offset + shift })

const touched = ({ buffer, offset }: Place, { begin, end }: Access): Bytes => ({
  buffer,
  begin: offset + begin,
  end: offset + end
})

/** The calls of a program by threads; buffers from `first` on are free for results that are combined. */
export const sharedCalls = (
  { calls, slotOf }: Calls,
  { threads, leastCall }: Pick<Sharing, 'threads' | 'leastCall'>,
  first: number
): Shared => {
  const added = new Map<number, number>()
  const bytesOf = (buffer: number): number => {
    const known = added.get(buffer)
    if (known !== undefined) return known
    return bytesIn(slotOf(buffer))
  }
  const add = (bytes: number): number => {
    const buffer = first + added.size
    added.set(buffer, bytes)
    return buffer
  }
  const share = (call: Call): readonly SharedCall[] => {
    const splitting = call.kernel.operations < leastCall ? undefined : call.split()
    const ranges = splitting === undefined ? [] : cut(splitting, threads)
    if (splitting === undefined || ranges.length < 2) return [unshared(call, bytesOf)]
    const { combinations, part } = splitting
    const results = new Map(
      [...combinations].map(([write, { bytes }]) => [write, ranges.map(() => add(bytes))] as const)
    )
    const shares = ranges.map(([from, to], i): Share => {
      const { kernel, reads, writes } = part(from, to)
      const places = call.writes.map((buffer, write): readonly [Place, Bytes] => {
        const access = writes[write]!
        if (access !== 'partial') {
          const place = { buffer, offset: 0 }
          return [moved(place, access), touched(place, access)]
        }
        const own = results.get(write)![i]!
        return [{ buffer: own, offset: 0 }, wholly(own, bytesOf(own))]
      })
      return {
        kernel,
        reads: call.reads.map((place, read) => moved(place, reads[read]!)),
        reading: call.reads.map((place, read) => touched(place, reads[read]!)),
        writes: places.map(([place]) => place),
        writing: places.map(([, bytes]) => bytes)
      }
    })
    const main: SharedCall = {
      shares,
      reads: call.reads.map(({ buffer }) => buffer),
      writes: call.writes.flatMap((buffer, write) => results.get(write) ?? [buffer]),
      reusable: results.size === 0 ? call.reusable : [],
      operations: call.kernel.operations
    }
    return [
      main,
      ...[...combinations].map(([write, { kernel }]) => {
        const from = results.get(write)!
        const reads = from.map((buffer) => ({ buffer, offset: 0 }))
        const combined = { name: '', kernel: kernel(from.length), reads, writes: [call.writes[write]!], reusable: [] }
        return unshared({ ...combined, split: () => undefined }, bytesOf)
      })
    ]
  }
  const result = calls.flatMap(share)
  return { calls: result, added }
}
