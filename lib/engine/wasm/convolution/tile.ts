/**
 * Tiles of an output: sums that are collected in registers and then stored, or added to what is there.
 *
 * @since 0.1.0
 */
import {
  branchIf,
  define,
  i32,
  label,
  loop,
  sequenceOf,
  set,
  v128,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import { pointersOf, putEnded, type Ending } from './epilogue.ts'
import { tileParameters } from './jobs.ts'
import { storeLanes, vectorBytes } from './lanes.ts'
import { accumulatorsOf, clear, steps, type Accumulators, type Tile } from './micro.ts'
import { segmentBytes } from './segments.ts'

/** A tile with its place in the output. */
export interface OutputTile extends Tile {
  /** where each row is stored, in bytes from the first row */
  readonly outRows: readonly number[]
  /** columns that there are */
  readonly width: number
}

/** Stores the vectors of a tile. */
const put = (
  { lanes, vectors, outRows, width }: OutputTile,
  accumulators: Accumulators,
  out: Local<'i32'>
): Instruction<'none'> =>
  sequenceOf(
    outRows.flatMap((offset, i) =>
      Array.from({ length: vectors }, (_, j) =>
        storeLanes(lanes, out, accumulators[i * vectors + j]!, width - j * lanes.count, offset + j * vectorBytes)
      ).flat()
    )
  )

/** Every vector of a tile made of itself and what is in the output. */
const fromOutput = (
  { vectors, outRows }: OutputTile,
  accumulators: Accumulators,
  out: Local<'i32'>,
  make: (before: Instruction<'v128'>, accumulator: Local<'v128'>) => Instruction<'v128'>
): readonly Instruction<'none'>[] =>
  outRows.flatMap((offset, i) =>
    Array.from({ length: vectors }, (_, j) => {
      const accumulator = accumulators[i * vectors + j]!
      return set(accumulator, make(v128.load(out, offset + j * vectorBytes), accumulator))
    })
  )

/** Adds what is in the output to the vectors of a tile, and stores them. */
const addTo = (tile: OutputTile, accumulators: Accumulators, out: Local<'i32'>): Instruction<'none'> =>
  sequenceOf([...fromOutput(tile, accumulators, out, tile.lanes.arithmetic.add), put(tile, accumulators, out)])

/** Stores a finished tile, by way of its epilogue if there is one; `more` are the pointers that this takes. */
const finish = (
  tile: OutputTile,
  ending: Ending | undefined,
  accumulators: Accumulators,
  out: Local<'i32'>,
  more: readonly Local<'i32'>[],
  local: NewLocal
): Instruction<'none'> =>
  ending === undefined
    ? put(tile, accumulators, out)
    : sequenceOf(putEnded(ending, tile, accumulators, out, more, local))

/**
 * A tile over a table of segments, from `segment` to `end`. The output is written, whatever was in it; with several
 * `blocks` their totals are added up there.
 */
export const segmentTile = (name: string, tile: OutputTile, blocks: boolean, ending?: Ending): FunctionDefinition =>
  define(name, tileParameters(pointersOf(ending?.epilogue)), [], ([a, b, out, segment, end, ...more], local) => {
    const accumulators = accumulatorsOf(tile, local)
    const accumulate = steps(tile, accumulators, local)
    const [atA, atB, endB] = [local('i32'), local('i32'), local('i32')]
    const next = label()
    return [
      clear(tile, accumulators),
      ...(blocks ? [put(tile, accumulators, out)] : []),
      loop(next, [
        set(atA, i32.add(a, i32.load(segment, 0))),
        set(atB, i32.add(b, i32.load(segment, 4))),
        set(endB, i32.add(atB, i32.load(segment, 8))),
        accumulate(atA, atB, endB),
        ...(blocks ? [when(i32.load(segment, 12), [addTo(tile, accumulators, out), clear(tile, accumulators)])] : []),
        set(segment, i32.add(segment, segmentBytes)),
        branchIf(i32.notEqual(segment, end), next)
      ]),
      ...(blocks ? (ending === undefined ? [] : fromOutput(tile, accumulators, out, (total) => total)) : []),
      ...(blocks && ending === undefined ? [] : [finish(tile, ending, accumulators, out, more, local)])
    ]
  })

/** A tile of places without any tap, whose sums are empty. */
export const blankTile = (name: string, tile: OutputTile, ending: Ending): FunctionDefinition =>
  define(name, tileParameters(pointersOf(ending.epilogue)), [], ([, , out, , , ...more], local) => {
    const accumulators = accumulatorsOf(tile, local)
    return [clear(tile, accumulators), ...putEnded(ending, tile, accumulators, out, more, local)]
  })

/**
 * A tile over the rows of an image: `rows` times `length` bytes of the second operand; the operands move by `rowA` and
 * `rowB` bytes from row to row. The sum is added to what is in the output.
 */
export const imageTile = (name: string, tile: OutputTile, rowA: number, rowB: number): FunctionDefinition =>
  define(name, tileParameters(0), [], ([a, b, out, rows, length], local) => {
    const accumulators = accumulatorsOf(tile, local)
    const accumulate = steps(tile, accumulators, local)
    const [atA, atB, endB] = [local('i32'), local('i32'), local('i32')]
    const next = label()
    return [
      clear(tile, accumulators),
      loop(next, [
        set(atA, a),
        set(atB, b),
        set(endB, i32.add(b, length)),
        accumulate(atA, atB, endB),
        set(a, i32.add(a, rowA)),
        set(b, i32.add(b, rowB)),
        set(rows, i32.subtract(rows, 1)),
        branchIf(rows, next)
      ]),
      addTo(tile, accumulators, out)
    ]
  })
