/**
 * The constants of a scheduled product: sizes, distances in bytes, and the tiles that cover it.
 *
 * @since 0.1.0
 */
import { raise } from '../../../shape/index.ts'
import { aligned } from '../compilation.ts'
import { arithmetic } from './arithmetic.ts'
import type { Dialect } from './dialect.ts'
import { sidesOf, type Product } from './product.ts'
import { depthBlock, tileRows, type Schedule } from './schedule.ts'
import type { Tile, TilePanel } from './tile.ts'

/** Full panels that are packed at once: a multiple of the panels across of every tile, half a megabyte. */
export const packedPanels = 60

/** Tiles of x that are packed at once, or read again and again before the next are: a quarter of a megabyte. */
export const packedTiles = 64

/** All lengths are in elements, all distances in bytes. */
export interface Geometry {
  readonly product: Product
  readonly schedule: Schedule
  readonly bytes: 4 | 8
  readonly xRows: number
  /** full panels of y, and the columns that are left */
  readonly full: number
  readonly tail: number
  /** columns of a full panel */
  readonly width: number
  /** the k of a full block, and whether there are several blocks */
  readonly block: number
  readonly blocks: boolean
  /** in the operands, from row to row of x, from column to column of y, and from k to k */
  readonly x: { readonly row: number; readonly step: number }
  readonly y: { readonly column: number; readonly step: number; readonly tailStep: number }
  /** whether y has the form of panels where it is read; then from panel to panel, else 32 bytes */
  readonly inPanels: boolean
  readonly panelStep: number
  /** in the output, from row to row of x, in full panels and in the tail, and from panel to panel */
  readonly rowStep: number
  readonly tailRowStep: number
  readonly outputPanelStep: number
  readonly columnStep: number
  /** bytes of scratch memory for packed y and x */
  readonly packedY: number
  readonly packedX: number
}

export const geometryOf = (product: Product, schedule: Schedule): Geometry => {
  const { dtype, rows, columns, depth, output } = product
  const { bytes, lanes } = arithmetic[dtype]
  const { exchanged, packX, packY } = schedule
  const width = 2 * lanes
  const { xRows, yColumns, x, y } = sidesOf(product, exchanged)
  const full = Math.floor(yColumns / width)
  const tail = yColumns % width
  const block = Math.min(depth, depthBlock)
  if (!packY && y !== 'panels' && y.columnStride !== 1 && depth > 0)
    raise('matmul: vectors of an operand that is not packed have to be contiguous')
  const inPanels = packY || y === 'panels'
  const line = columns * bytes
  return {
    product,
    schedule,
    bytes,
    xRows,
    full,
    tail,
    width,
    block,
    blocks: depth > depthBlock,
    x: { row: x.rowStride * bytes, step: x.columnStride * bytes },
    y:
      y === 'panels'
        ? { column: bytes, step: 32, tailStep: tail * bytes }
        : { column: y.columnStride * bytes, step: y.rowStride * bytes, tailStep: y.rowStride * bytes },
    inPanels,
    panelStep: packY ? 32 * block : y === 'panels' ? 32 * depth : 32,
    rowStep: exchanged ? bytes : output === 'panels' ? 32 : line,
    tailRowStep: exchanged ? bytes : output === 'panels' ? tail * bytes : line,
    outputPanelStep: exchanged ? width * line : output === 'panels' ? 32 * rows : 32,
    columnStep: exchanged ? line : bytes,
    packedY: packY ? aligned(32 * block * Math.min(full, packedPanels) + tail * bytes * block + 16) : 0,
    packedX: packX ? aligned(bytes * tileRows * block * Math.min(packedTiles, Math.floor(xRows / tileRows)) + 16) : 0
  }
}

/** A tile of some full panels, and of the tail where `tail` says so. */
export const tileOf = (self: Geometry, dialect: Dialect, height: number, full: number, tail: boolean): Tile => {
  const { product, schedule, bytes, x, y, inPanels, width, block } = self
  const separate = product.output === 'panels'
  const behind = full > 0 ? 1 : 0
  const panels: readonly TilePanel[] = [
    ...Array.from({ length: full }, (_, p) => ({
      width,
      column: p * width,
      stream: 0,
      offset: p * self.panelStep,
      target: 0,
      place: p * self.outputPanelStep
    })),
    ...(tail
      ? [
          {
            width: self.tail,
            column: full * width,
            stream: inPanels ? behind : 0,
            offset: inPanels ? 0 : full * self.panelStep,
            target: separate ? behind : 0,
            place: separate ? 0 : full * self.outputPanelStep
          }
        ]
      : [])
  ]
  const either = <T>(first: T, last: T, apart: boolean): readonly T[] =>
    full === 0 ? [apart ? last : first] : tail && apart ? [first, last] : [first]
  const packed = schedule.packX && height === tileRows
  return {
    dtype: product.dtype,
    dialect,
    height,
    x: packed
      ? { row: bytes, step: bytes * height, tile: bytes * height * block }
      : { row: x.row, step: x.step, tile: x.row * height },
    streams: either(inPanels ? 32 : y.step, self.tail * bytes, inPanels),
    panels,
    targets: either(self.rowStep, self.tailRowStep, separate),
    columnStep: self.columnStep,
    exchanged: schedule.exchanged,
    depth: self.blocks ? 'given' : product.depth
  }
}
