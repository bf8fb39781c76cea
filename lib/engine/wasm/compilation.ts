/**
 * What the parts of one module share while it is made: constant bytes in memory, and functions that are defined once.
 *
 * @since 0.1.0
 */
import type { FunctionDefinition } from './assembler/index.ts'

// model

/** Bytes that stand in memory before the program runs. */
export interface Segment {
  readonly address: number
  readonly bytes: Uint8Array
}

export interface Compilation {
  /** The address of constant bytes, aligned to 64; the same object is placed once. */
  readonly place: (view: ArrayBufferView) => number
  /** The function of a key: made by the first who asks, so that equal kernels are one function. */
  readonly shared: (key: string, make: () => FunctionDefinition) => FunctionDefinition
  readonly segments: () => readonly Segment[]
  /** the first address after all that was placed so far */
  readonly end: () => number
}

// constructors

export const alignment = 64

/** Bytes rounded up to whole cache lines. */
export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

/**
 * Bytes for a buffer with the buffers after it in mind: those of long buffers begin at different places of a page, for a
 * processor takes a load for one that waits for a store where both are at the same place of their pages.
 */
export const spaced = (bytes: number): number => aligned(bytes) + (bytes < 4096 ? 0 : 5 * alignment)

/** An empty module to be; constants begin at `start`. */
export const compilation = (start: number = alignment): Compilation => {
  const placed = new Map<ArrayBufferView, Segment>()
  const functions = new Map<string, FunctionDefinition>()
  let next = aligned(start)
  return {
    place: (view) => {
      const known = placed.get(view)
      if (known !== undefined) return known.address
      const segment = { address: next, bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength) }
      placed.set(view, segment)
      next = aligned(next + view.byteLength)
      return segment.address
    },
    shared: (key, make) => {
      const known = functions.get(key) ?? make()
      functions.set(key, known)
      return known
    },
    segments: () => [...placed.values()],
    end: () => next
  }
}
