/**
 * Epilogues of convolutions: what is done to the places of a tile before they are stored.
 *
 * A tile knows only where it stores. Which image, row, column and channel that is follows from the distance to the
 * beginning of the output; of this only what an epilogue asks for is computed.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../../shape/index.ts'
import { i32, set, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { storePart, type Count } from '../elements/index.ts'
import type { Epilogue } from '../matmul/product.ts'
import { kept, type Quad, type Writer } from '../quad.ts'
import type { Accumulators } from './micro.ts'
import type { OutputTile } from './tile.ts'

// model

/** An epilogue, and what its places are: along the axes of the output that are longer than 1, the channels last. */
export interface PlacedEpilogue extends Epilogue {
  readonly space: Sizes
  /** by axis, whether the place along it is asked for; the channel always is */
  readonly asks: readonly boolean[]
}

/** An epilogue of tiles in a module. */
export interface Ending {
  readonly compilation: Compilation
  readonly epilogue: PlacedEpilogue
}

type Pointer = Local<'i32'>

// constructors

/** How many pointers tiles take for an epilogue: the output's beginning, what is read, what is written. */
export const pointersOf = (epilogue: PlacedEpilogue | undefined): number =>
  epilogue === undefined ? 0 : 1 + epilogue.reads + epilogue.writes

// interpretation

/** The vectors of a row four elements at a time; vectors beyond those that exist repeat one. */
const quadsOf = ({ lanes, width }: OutputTile, row: Accumulators): readonly Quad[] =>
  Array.from({ length: Math.ceil(width / 4) }, (_, q) => {
    if (lanes.count === 4) return [row[q]!]
    const low = row[2 * q]!
    return [low, row[2 * q + 1] ?? low]
  })

/** Places along the axes but the last, of a pixel by its number in the output; 0 where nobody asks. */
const placeOf = ({ local, write }: Writer, { space, asks }: PlacedEpilogue, pixel: Pointer): readonly Pointer[] =>
  space.slice(0, -1).map((length, axis) => {
    const place = local('i32')
    if (!asks[axis]) return place
    const outer = i32.divideUnsigned(pixel, size(space.slice(axis + 1, -1)))
    write(set(place, axis === 0 ? outer : i32.remainderUnsigned(outer, length)))
    return place
  })

/** Stores what the epilogue makes of the vectors of a tile. */
export const putEnded = (
  { compilation, epilogue }: Ending,
  tile: OutputTile,
  accumulators: Accumulators,
  out: Pointer,
  [beginning, ...pointers]: readonly Pointer[],
  local: NewLocal
): readonly Instruction<'none'>[] => {
  const { lanes, vectors, outRows, width } = tile
  const { space, asks, reads } = epilogue
  const code: Instruction<'none'>[] = []
  const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
  const [byte, element, column] = [local('i32'), local('i32'), local('i32')]
  const channels = space.at(-1)!
  code.push(
    set(byte, i32.subtract(out, beginning!)),
    set(element, i32.divideUnsigned(byte, lanes.bytes)),
    // all rows of a tile begin at the same channel
    set(column, channels === width ? 0 : i32.remainderUnsigned(element, channels))
  )
  const vectorsOfRow = (row: number): Accumulators => accumulators.slice(row * vectors, (row + 1) * vectors)
  const perRow = Math.ceil(width / 4)
  /** Ends rows that only differ in where they are stored, as far as anybody asks. */
  const end = (rows: readonly number[], places: readonly Pointer[]): void => {
    const quads = rows.flatMap((row) => quadsOf(tile, vectorsOfRow(row)))
    const columns = quads.map((_, q) => 4 * (q % perRow))
    const bytes = columns.map((first, q) => outRows[rows[Math.floor(q / perRow)]!]! + first * lanes.bytes)
    const counts = columns.map((first) => Math.min(4, width - first))
    const results = epilogue.apply(writer, quads, {
      batch: places.slice(0, -1),
      row: places.at(-1)!,
      column,
      columns,
      counts,
      byte,
      bytes,
      reads: pointers.slice(0, reads),
      writes: pointers.slice(reads)
    })
    results.forEach((quad, q) => {
      // counts are from 1 to 4
      storePart(writer, lanes.dtype, out, bytes[q]!, kept(writer, quad), counts[q] as Count)
    })
  }
  const pixel = local('i32')
  if (asks.slice(0, -1).includes(true))
    outRows.forEach((offset, row) => {
      code.push(set(pixel, i32.divideUnsigned(i32.add(element, offset / lanes.bytes), channels)))
      end([row], placeOf(writer, epilogue, pixel))
    })
  else end([...outRows.keys()], placeOf(writer, epilogue, pixel))
  return code
}
