/**
 * Tiles: what the innermost loop computes at once, some rows of x by some panels of y.
 *
 * x is the operand that is read element by element, y the one that is read in vectors: a and b, or, exchanged, b and a
 * transposed, when vectors run down the columns of the output.
 *
 * @since 0.1.0
 */
import type { Local } from '../assembler/index.ts'
import type { Dialect } from './dialect.ts'
import type { Epilogue, NumberType } from './product.ts'

/** A panel of y in a tile; offsets in bytes from the tile's pointers. */
export interface TilePanel {
  /** how many columns of y */
  readonly width: number
  /** the first of them, from the tile's first */
  readonly column: number
  /** which of the streams of y it is read from, and where */
  readonly stream: number
  readonly offset: number
  /** which of the pointers to the output its elements go to, and where */
  readonly target: number
  readonly place: number
}

/** Everything constant about a tile; steps in bytes. */
export interface Tile {
  readonly dtype: NumberType
  readonly dialect: Dialect
  /** rows of x */
  readonly height: number
  /** in x, from row to row, from k to k, and from tile to tile */
  readonly x: { readonly row: number; readonly step: number; readonly tile: number }
  /** in each stream of y, from k to k */
  readonly streams: readonly number[]
  /** in the order of the streams */
  readonly panels: readonly TilePanel[]
  /** in the output, behind each of its pointers, from row to row of x */
  readonly targets: readonly number[]
  /** in the output, from column to column of y */
  readonly columnStep: number
  /** whether rows of x are columns of the output */
  readonly exchanged: boolean
  /** how many k there are, or that a call says so: one block of several */
  readonly depth: number | 'given'
}

/** What a tile is told in a call besides its pointers to x, y and the output. */
export interface Surroundings<T> {
  /** of several blocks of k: how many k, whether it is the first block and whether it is the last */
  readonly block: { readonly steps: T; readonly first: T; readonly last: T } | undefined
  /** for an epilogue: row of x, column of y, the output's beginning, the place in the batch, other operands and outputs */
  readonly place:
    | {
        readonly row: T
        readonly column: T
        readonly output: T
        readonly batch: readonly T[]
        readonly reads: readonly T[]
        readonly writes: readonly T[]
      }
    | undefined
}

/** As the operands of a call. */
export const listSurroundings = <T>({ block, place }: Surroundings<T>): readonly T[] => [
  ...(block === undefined ? [] : [block.steps, block.first, block.last]),
  ...(place === undefined
    ? []
    : [place.row, place.column, place.output, ...place.batch, ...place.reads, ...place.writes])
]

/** How many axes of a batch and pointers an epilogue is told of. */
export interface Extent {
  readonly batch: number
  readonly epilogue: Epilogue | undefined
}

/** From the parameters of a function, taken in order. */
export const takeSurroundings = (
  take: () => Local<'i32'>,
  { depth }: Tile,
  { batch, epilogue }: Extent
): Surroundings<Local<'i32'>> => {
  const several = (count: number): readonly Local<'i32'>[] => Array.from({ length: count }, take)
  const block = depth === 'given' ? { steps: take(), first: take(), last: take() } : undefined
  const place =
    epilogue === undefined
      ? undefined
      : {
          row: take(),
          column: take(),
          output: take(),
          batch: several(batch),
          reads: several(epilogue.reads),
          writes: several(epilogue.writes)
        }
  return { block, place }
}

/** Vectors of a panel. */
export const vectorsOfPanel = (width: number, lanes: number): number => Math.ceil(width / lanes)
