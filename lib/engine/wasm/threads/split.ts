/**
 * Splitting: a call of a kernel as several calls, each of which computes a range of the output along one axis.
 *
 * Outputs are split, and folds whose order is free, as the greatest of all; never a sum. So the bits are those of the whole call.
 *
 * @since 0.1.0
 */
import type { Kernel } from '../kernel.ts'

// model

/** Bytes of a buffer that a part touches: its pointer is moved by `shift`, and it stays within `[begin, end)`. */
export interface Access {
  readonly shift: number
  /** from where the whole call has its pointer */
  readonly begin: number
  readonly end: number
}

/** One part of a call. */
export interface Part {
  readonly kernel: Kernel
  /** by read of the call */
  readonly reads: readonly Access[]
  /** by write of the call; `partial`: all parts write all of it, and the results are combined */
  readonly writes: readonly (Access | 'partial')[]
}

/** A write of which each part has a part of a fold that may be computed in any order, or the same value. */
export interface Combination {
  readonly bytes: number
  /** a kernel from so many results to one */
  readonly kernel: (count: number) => Kernel
}

/** How a call may be split. */
export interface Splitting {
  /** the length of the axis */
  readonly length: number
  /** parts begin at multiples of it */
  readonly grain: number
  readonly part: (from: number, to: number) => Part
  /** of the partial writes, by index */
  readonly combinations: ReadonlyMap<number, Combination>
}

// constructors

/** Where a range of `count` equal steps of `bytes` is. */
export const range = (from: number, to: number, bytes: number): Access => ({
  shift: from * bytes,
  begin: from * bytes,
  end: to * bytes
})

/** A buffer that a part uses like the whole call does. */
export const all = (bytes: number): Access => ({ shift: 0, begin: 0, end: bytes })

/** Steps that parts may begin at: whole tiles and cache lines where there is enough of them. */
export const grainOf = (length: number): number => (length >= 128 ? 16 : length >= 24 ? 4 : 1)

// destructors

/** About equal ranges, as many as there are threads or fewer. */
export const cut = (
  { length, grain }: Splitting,
  threads: number
): readonly (readonly [from: number, to: number])[] => {
  const steps = Math.ceil(length / grain)
  const bounds = Array.from({ length: threads + 1 }, (_, i) =>
    Math.min(length, grain * Math.round((i * steps) / threads))
  )
  return bounds.slice(1).flatMap((to, i) => (to > bounds[i]! ? [[bounds[i]!, to] as const] : []))
}
