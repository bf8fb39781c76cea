/**
 * Stages: what threads compute without waiting for each other. Between two stages all of them wait.
 *
 * A call begins a new stage where one of its shares would read what another thread has written in this one, or write
 * what another one has read or written.
 *
 * @since 0.1.0
 */
import type { Bytes, Share, SharedCall } from './shares.ts'

// model

/** By thread what it calls, in order. */
export interface Stage {
  readonly chains: readonly (readonly Share[])[]
  /** the operations of the longest chain */
  readonly operations: number
}

/** Where a buffer begins; undefined for buffers that nobody writes. Buffers that share memory overlap. */
export type Locate = (buffer: number) => number | undefined

/** Addresses `[begin, end)`. */
type Span = readonly [begin: number, end: number]

interface Growing {
  readonly shares: Share[]
  readonly reading: Span[]
  readonly writing: Span[]
  operations: number
}

// constructors

const located = (locate: Locate, bytes: readonly Bytes[]): readonly Span[] =>
  bytes.flatMap(({ buffer, begin, end }) => {
    const from = locate(buffer)
    return from === undefined || end <= begin ? [] : [[from + begin, from + end] as const]
  })

const overlap = (some: readonly Span[], others: readonly Span[]): boolean =>
  some.some(([begin, end]) => others.some(([first, last]) => begin < last && first < end))

/** The stages of calls by so many threads. Calls of one share are the first thread's. */
export const stagesOf = (calls: readonly SharedCall[], threads: number, locate: Locate): readonly Stage[] => {
  const stages: Stage[] = []
  const empty = (): Growing => ({ shares: [], reading: [], writing: [], operations: 0 })
  let chains = Array.from({ length: threads }, empty)
  const end = (): void => {
    if (chains.every(({ shares }) => shares.length === 0)) return
    stages.push({
      chains: chains.map(({ shares }) => shares),
      operations: Math.max(...chains.map(({ operations }) => operations))
    })
    chains = Array.from({ length: threads }, empty)
  }
  for (const { shares } of calls) {
    const spans = shares.map(({ reading, writing }) => ({
      reading: located(locate, reading),
      writing: located(locate, writing)
    }))
    const meets = spans.some(({ reading, writing }, thread) =>
      chains.some(
        (chain, other) =>
          other !== thread &&
          (overlap(reading, chain.writing) || overlap(writing, chain.reading) || overlap(writing, chain.writing))
      )
    )
    if (meets) end()
    shares.forEach((share, thread) => {
      const chain = chains[thread]!
      chain.shares.push(share)
      chain.reading.push(...spans[thread]!.reading)
      chain.writing.push(...spans[thread]!.writing)
      chain.operations += share.kernel.operations
    })
  }
  end()
  return stages
}
