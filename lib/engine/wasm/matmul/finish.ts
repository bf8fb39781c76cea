/**
 * What happens to the accumulators of a tile: they are added to the blocks of k before, go through the epilogue, and
 * are stored.
 *
 * @since 0.1.0
 */
import { i32, set, v128, when, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { kept, type Quad, type Writer } from '../quad.ts'
import { arithmetic, storeBytes } from './arithmetic.ts'
import type { Epilogue } from './product.ts'
import { vectorsOfPanel, type Surroundings, type Tile } from './tile.ts'
import { transposeBlock } from './transpose.ts'

// model

type Code = readonly Instruction<'none'>[]
type Vectors = readonly Local<'v128'>[]

/** Four elements of a row of the output; vectors beyond those that exist repeat one. */
interface Piece {
  readonly vectors: Vectors
  /** how many elements there are */
  readonly count: number
  /** from the first column of the run, in elements, and from its place, in bytes */
  readonly column: number
  readonly byte: number
}

/** Pieces of one row of the output behind one pointer. */
interface Run {
  readonly pointer: Local<'i32'>
  readonly offset: number
  readonly pieces: readonly Piece[]
  /** from the tile's first row and column of the output */
  readonly row: number
  readonly column: number
}

export interface Finish {
  readonly compilation: Compilation
  readonly tile: Tile
  readonly epilogue: Epilogue | undefined
  readonly accumulators: readonly Vectors[]
  readonly targets: readonly Local<'i32'>[]
  readonly surroundings: Surroundings<Local<'i32'>>
  readonly local: NewLocal
}

// runs

/** Vectors, each of `lanes` elements, as pieces of four. */
const piecesOf = (vectors: Vectors, width: number, lanes: 4 | 2, bytes: number, column: number): readonly Piece[] =>
  Array.from({ length: Math.ceil(width / 4) }, (_, q) => {
    const first = q * (4 / lanes)
    const low = vectors[first]!
    return {
      vectors: lanes === 4 ? [low] : [low, vectors[first + 1] ?? low],
      count: Math.min(4, width - 4 * q),
      column: column + 4 * q,
      byte: bytes * (column + 4 * q)
    }
  })

/** Vectors lie along the rows of the output. */
const runsAlong = ({ tile, accumulators, targets }: Finish): readonly Run[] => {
  const { lanes, bytes } = arithmetic[tile.dtype]
  return accumulators.flatMap((row, i) =>
    targets.map((pointer, t) => {
      const panels = tile.panels.filter(({ target }) => target === t)
      const { place, column } = panels[0]!
      const pieces = panels.flatMap((panel) => {
        const before = tile.panels.slice(0, tile.panels.indexOf(panel))
        const first = before.reduce((sum, { width }) => sum + vectorsOfPanel(width, lanes), 0)
        const vectors = row.slice(first, first + vectorsOfPanel(panel.width, lanes))
        return piecesOf(vectors, panel.width, lanes, bytes, panel.column - column).map((piece) => ({
          ...piece,
          // panels of the output need not follow each other
          byte: panel.place - place + piece.byte - bytes * (panel.column - column)
        }))
      })
      return { pointer, offset: place + i * tile.targets[t]!, pieces, row: i, column }
    })
  )
}

/** Vectors lie across: blocks of them are transposed first. */
const runsAcross = ({
  tile,
  accumulators,
  targets,
  local
}: Finish): readonly { code: Code; runs: readonly Run[] }[] => {
  const { lanes, bytes } = arithmetic[tile.dtype]
  const height = accumulators.length
  const vectors = tile.panels.flatMap(({ width, column, place }) =>
    Array.from({ length: vectorsOfPanel(width, lanes) }, (_, v) => ({
      exists: Math.min(lanes, width - v * lanes),
      column: column + v * lanes,
      place: place + v * lanes * tile.columnStep
    }))
  )
  return vectors.map(({ exists, column, place }, v) => {
    const blocks = Array.from({ length: Math.ceil(height / lanes) }, (_, g) =>
      transposeBlock(
        lanes,
        Array.from({ length: lanes }, (_unused, l) => accumulators[Math.min(g * lanes + l, height - 1)]![v]!),
        local
      )
    )
    const runs = Array.from({ length: exists }, (_, l): Run => {
      const row = blocks.map((block) => block.vectors[l]!)
      return {
        pointer: targets[0]!,
        offset: place + l * tile.columnStep,
        pieces: piecesOf(row, height, lanes, bytes, 0),
        row: column + l,
        column: 0
      }
    })
    return { code: blocks.flatMap((block) => block.code), runs }
  })
}

// interpretation

const storePiece = (run: Run, piece: Piece, vectors: Vectors, bytes: number): Code => {
  const length = bytes * piece.count
  return Array.from({ length: Math.ceil(length / 16) }, (_, v) =>
    storeBytes(run.pointer, vectors[v]!, Math.min(16, length - 16 * v), run.offset + piece.byte + 16 * v)
  ).flat()
}

/** The total of the blocks before stands in the output. */
const addBefore = ({ tile }: Finish, run: Run): Code => {
  const { bytes, add } = arithmetic[tile.dtype]
  return run.pieces.flatMap(({ vectors, count, byte }) =>
    vectors
      .slice(0, Math.ceil((bytes * count) / 16))
      .map((vector, v) => set(vector, add(v128.load(run.pointer, run.offset + byte + 16 * v), vector)))
  )
}

/** What the epilogue makes of a run, and the stores. */
const applyEpilogue = ({ compilation, tile, surroundings, local }: Finish, run: Run, epilogue: Epilogue): Code => {
  const code: Instruction<'none'>[] = []
  const writer: Writer = { compilation, local, write: (instruction) => void code.push(instruction) }
  const { row: across, column: along, output, batch, reads, writes } = surroundings.place!
  const [row, column, byte] = [local('i32'), local('i32'), local('i32')]
  const [firstRow, firstColumn] = tile.exchanged ? [along, across] : [across, along]
  code.push(
    set(row, i32.add(firstRow, run.row)),
    set(column, i32.add(firstColumn, run.column)),
    set(byte, i32.add(i32.subtract(run.pointer, output), run.offset))
  )
  const quads = epilogue.apply(
    writer,
    run.pieces.map(({ vectors }): Quad => vectors),
    {
      batch,
      row,
      column,
      columns: run.pieces.map((piece) => piece.column),
      counts: run.pieces.map(({ count }) => count),
      byte,
      bytes: run.pieces.map((piece) => piece.byte),
      reads,
      writes
    }
  )
  const results = quads.map((quad) => kept(writer, quad) as Vectors)
  run.pieces.forEach((piece, p) => {
    code.push(...storePiece(run, piece, results[p]!, arithmetic[tile.dtype].bytes))
  })
  return code
}

const finishRun = (self: Finish, run: Run): Code => {
  const { block } = self.surroundings
  const store = run.pieces.flatMap((piece) => storePiece(run, piece, piece.vectors, arithmetic[self.tile.dtype].bytes))
  const finished = self.epilogue === undefined ? store : applyEpilogue(self, run, self.epilogue)
  if (block === undefined) return finished
  return [
    when(block.first, [], addBefore(self, run)),
    ...(self.epilogue === undefined ? store : [when(block.last, finished, store)])
  ]
}

/** Adds, finishes and stores all accumulators. */
export const finishTile = (self: Finish): Code =>
  self.tile.exchanged
    ? runsAcross(self).flatMap(({ code, runs }) => [...code, ...runs.flatMap((run) => finishRun(self, run))])
    : runsAlong(self).flatMap((run) => finishRun(self, run))
