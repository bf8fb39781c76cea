/**
 * Panels: the columns of a contraction, filters or channels, two vectors at a time.
 *
 * @since 0.1.0
 */
import {
  define,
  run,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import { pointers } from './jobs.ts'
import { vectorBytes, type Lanes } from './lanes.ts'
import { repeat, withCopies, type Move } from './repeat.ts'

/** Equal panels side by side, and how far apart they are in the two operands and the output, in bytes. */
export interface Panels {
  readonly count: number
  /** columns that there are, and vectors that they take */
  readonly width: number
  readonly vectors: 1 | 2
  readonly a: number
  readonly b: number
  readonly out: number
}

/** Panels of each of some groups: those that are full, then what is left. */
export interface PanelGrid {
  readonly groups: { readonly count: number; readonly a: number; readonly b: number; readonly out: number }
  readonly panels: readonly Panels[]
}

/** The panels of `columns` columns. */
export const panelsOf = (
  { count: lanes }: Lanes,
  columns: number,
  strides: { readonly a: number; readonly b: number; readonly out: number }
): readonly Panels[] => {
  const wide = 2 * lanes
  const rest = columns % wide
  const full: Panels = { count: Math.floor(columns / wide), width: wide, vectors: 2, ...strides }
  const last: Panels = { count: 1, width: rest, vectors: rest > lanes ? 2 : 1, ...strides }
  return [...(full.count > 0 ? [full] : []), ...(rest > 0 ? [last] : [])]
}

/** Panels of vectors of channels, for one channel in each group. */
export const lanewiseGrid = (lanes: Lanes, channels: number): PanelGrid => {
  const panel = 2 * vectorBytes
  return {
    groups: { count: 1, a: 0, b: 0, out: 0 },
    panels: panelsOf(lanes, channels, { a: panel, b: panel, out: panel })
  }
}

/** Whether there is nothing wider than a vector. */
export const isNarrow = ({ panels }: PanelGrid): boolean => panels.every(({ vectors }) => vectors === 1)

/** A function of pointers (a, b, out, and `more`) that calls, for each panel of each group, the function of its kind. */
export const sweep = (
  name: string,
  { groups, panels }: PanelGrid,
  functionOf: (kind: Panels) => FunctionDefinition,
  more = 0
): FunctionDefinition =>
  define(name, pointers(more), [], ([a, b, out, ...others], local) =>
    eachPanel(local, { groups, panels }, [a, b, out], (kind, copies) => [run(functionOf(kind), ...copies, ...others)])
  )

/** For each panel of each group a body, whose copies of the pointers are at that panel. */
export const eachPanel = (
  local: NewLocal,
  { groups, panels }: PanelGrid,
  given: readonly [a: Local<'i32'>, b: Local<'i32'>, out: Local<'i32'>],
  body: (kind: Panels, copies: readonly Local<'i32'>[]) => readonly Instruction<'none'>[]
): readonly Instruction<'none'>[] => {
  const moves = (of: readonly Local<'i32'>[], { a, b, out }: { a: number; b: number; out: number }): readonly Move[] =>
    [a, b, out].map((bytes, i) => [of[i]!, bytes])
  return repeat(
    local,
    groups.count,
    moves(given, groups),
    withCopies(local, given, (copies) =>
      panels.flatMap((kind) => repeat(local, kind.count, moves(copies, kind), body(kind, copies)))
    )
  )
}

/** Bytes of a step of a packed panel; narrow ones are as long as wide ones. */
export const packedStep = 2 * vectorBytes
