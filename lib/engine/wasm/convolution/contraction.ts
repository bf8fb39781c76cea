/**
 * Sums over the taps of a window: the convolution, and its gradient by the image.
 *
 * The image is read where it lies: the rows of a tile are places with the same taps, so that what a tap falls on is at
 * the same distance from each place. A place at an edge has its own list of taps, so padding costs nothing.
 *
 * @since 0.2.0
 */
import {
  define,
  memory,
  run,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { numerics } from '../../numerics.ts'
import { runner, type Repeat } from './jobs.ts'
import { vectorBytes, type Lanes } from './lanes.ts'
import type { Tile } from './micro.ts'
import { isNarrow, lanewiseGrid, packedStep, panelsOf, sweep, type PanelGrid } from './panels.ts'
import { leavesOut, placesOf, type Places } from './places.ts'
import { advance, repeat, withCopies } from './repeat.ts'
import { segmentBytes, segmentsOf, segmentTable, type Counting } from './segments.ts'
import { segmentTile } from './tile.ts'
import { tilingsOf, type Rectangle, type Tiling } from './tiling.ts'
import { packedBytes, packing, type WeightLayout } from './weights.ts'

/** A sum over taps (ky, kx) and elements of a group. */
export interface Contraction {
  readonly lanes: Lanes
  readonly images: number
  readonly groups: number
  /** per group: elements that a tap reads, and results of a place */
  readonly elements: number
  readonly results: number
  readonly inHeight: number
  readonly inWidth: number
  readonly outHeight: number
  readonly outWidth: number
  readonly tall: number
  readonly wide: number
  /** for each row (column) that is written and each tap the row (column) that it falls on, or `outside` */
  readonly rows: Int32Array
  readonly columns: Int32Array
  /** how far apart neighbouring taps of a row fall; whole or not */
  readonly tapStep: number
  /** the weights in the kernel */
  readonly weights: WeightLayout
}

/** How operands are read. */
interface Reading {
  readonly grid: PanelGrid
  readonly rowOperand: Tile['rowOperand']
  readonly rowStep: number
  /** bytes from k to k of the weights, and what packs them where they are packed */
  readonly step: number
  readonly packed: number
}

const isWhole = (n: number): boolean => Math.floor(n) === n

/** One group for each channel: vectors of channels meet vectors of weights. */
const lanewise = ({ lanes, groups, tapStep }: Contraction, pixelBytes: number): Reading => ({
  grid: lanewiseGrid(lanes, groups),
  rowOperand: 'lanewise',
  rowStep: isWhole(tapStep) ? tapStep * pixelBytes : lanes.bytes,
  step: groups * lanes.bytes,
  packed: 0
})

/** Each element meets all results of its group. */
const byElements = (contraction: Contraction, pixelBytes: number): Reading => {
  const { lanes, groups, elements, results, tapStep, weights } = contraction
  const { bytes } = lanes
  const panel = 2 * vectorBytes
  // rows of one panel that already lie as they should
  const isPanel = groups === 1 && results * bytes <= panel && weights.column === bytes && weights.outer.count === 1
  const packed = packedBytes(lanes, weights)
  return {
    grid: {
      groups: { count: groups, a: elements * bytes, b: packed.group, out: results * bytes },
      panels: panelsOf(lanes, results, { a: 0, b: packed.panel, out: panel })
    },
    rowOperand: 'each',
    rowStep: elements === 1 && isWhole(tapStep) ? tapStep * pixelBytes : bytes,
    step: isPanel ? weights.inner.bytes : packedStep,
    packed: isPanel ? 0 : packed.group * groups
  }
}

const readingOf = (contraction: Contraction): Reading => {
  const { groups, elements, results, lanes } = contraction
  const pixelBytes = groups * elements * lanes.bytes
  return (groups > 1 && elements === 1 && results === 1 ? lanewise : byElements)(contraction, pixelBytes)
}

/** Places with the same taps, as jobs of one place each. */
const rectanglesOf = (compilation: Compilation, contraction: Contraction, reading: Reading): readonly Rectangle[] => {
  const { lanes, groups, elements, results, inWidth, outWidth, tall, wide, tapStep } = contraction
  const pixelBytes = groups * elements * lanes.bytes
  const outBytes = groups * results * lanes.bytes
  const rowBytes = inWidth * pixelBytes
  const outRowBytes = outWidth * outBytes
  const joins = elements === 1 ? isWhole(tapStep) : groups === 1 && tapStep === 1
  const { rowStep, step } = reading
  const counting: Counting = {
    wide,
    elements,
    rowBytes,
    pixelBytes,
    rowStep,
    step,
    joined: joins ? tapStep : undefined
  }
  const along = ({ count, move, step: apart }: Places, bytes: number, out: number): Repeat => ({
    count,
    a: move * bytes,
    out: apart * out
  })
  const allColumns = placesOf(contraction.columns, wide)
  return placesOf(contraction.rows, tall).flatMap((rows) =>
    allColumns.map((columns): Rectangle => {
      const table = segmentTable(segmentsOf(counting, rows, columns))
      const first = compilation.place(table)
      return {
        a: rows.taps[0]!.at * rowBytes + columns.taps[0]!.at * pixelBytes,
        b: 0,
        out: rows.first * outRowBytes + columns.first * outBytes,
        first,
        second: first + (table.length / 4) * segmentBytes,
        outer: along(rows, rowBytes, outRowBytes),
        inner: along(columns, pixelBytes, outBytes)
      }
    })
  )
}

/** Whether some places see no tap at all: they are 0. */
const hasBlanks = ({ rows, columns, tall, wide }: Contraction): boolean =>
  leavesOut(rows, placesOf(rows, tall), tall) || leavesOut(columns, placesOf(columns, wide), wide)

/** Calls a function of pointers (a, b, out) for all images, several at a time where its tiles go across them. */
const overImages = (
  local: NewLocal,
  callee: FunctionDefinition,
  [image, weights, out]: readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>],
  images: Repeat,
  together: number
) => {
  const turns = Math.floor(images.count / together)
  const left = images.count - turns * together
  const call = (a: Local<'i32'>, to: Local<'i32'>) => [run(callee, a, weights, to)]
  return withCopies(local, [image, out], ([a, to]) => [
    ...repeat(
      local,
      turns,
      [
        [a!, images.a * together],
        [to!, images.out * together]
      ],
      call(a!, to!)
    ),
    // the last ones overlap those before
    ...(left === 0
      ? []
      : [
          ...advance([
            [a!, images.a * (left - together)],
            [to!, images.out * (left - together)]
          ]),
          ...call(a!, to!)
        ])
  ])
}

/** A function of pointers (image, kernel, out), and, where it needs any, scratch memory. */
export const contract = (
  compilation: Compilation,
  name: string,
  contraction: Contraction
): { readonly definition: FunctionDefinition; readonly scratch: number } => {
  const reading = readingOf(contraction)
  return {
    definition: compilation.shared(name, () => contracting(compilation, name, contraction, reading)),
    scratch: reading.packed
  }
}

const contracting = (
  compilation: Compilation,
  name: string,
  contraction: Contraction,
  reading: Reading
): FunctionDefinition => {
  const { lanes, images, groups, elements, results, tall, wide } = contraction
  const { inHeight, inWidth, outHeight, outWidth } = contraction
  const { grid, rowOperand, rowStep, step, packed } = reading
  const imageAxis: Repeat = {
    count: images,
    a: inHeight * inWidth * groups * elements * lanes.bytes,
    out: outHeight * outWidth * groups * results * lanes.bytes
  }
  const limits = isNarrow(grid) ? { rows: 6, vectors: 1 } : { rows: 4, vectors: 2 }
  const blocks = tall * wide * elements > numerics.contractionBlock
  const tilings = tilingsOf(rectanglesOf(compilation, contraction, reading), imageAxis, limits)
  const swept = ({ rows, outRows, jobs }: Tiling, index: number) =>
    sweep(`${name} ${index}`, grid, ({ width, vectors }) => {
      const kind = `${name} ${index} ${width}`
      const tile = { lanes, vectors, rows, rowOperand, rowStep, step, outRows, width }
      return runner(compilation, `${kind} jobs`, segmentTile(`${kind} tile`, tile, blocks), jobs)
    })
  const sweeps = tilings.map((tiling, index) => ({
    callee: swept(tiling, index),
    together: tiling.acrossImages ? tiling.rows.length : 1
  }))
  /** everything, with the weights as they are read */
  const all = (
    local: NewLocal,
    [image, weights, out]: readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>]
  ): readonly Instruction<'none'>[] => [
    ...(hasBlanks(contraction) ? [memory.fill(out, 0, images * imageAxis.out)] : []),
    ...sweeps.flatMap(({ callee, together }) => overImages(local, callee, [image, weights, out], imageAxis, together))
  ]
  if (packed === 0) return define(name, ['i32', 'i32', 'i32'], [], (pointers, local) => all(local, pointers))
  const pack = packing(`${name} pack`, lanes, contraction.weights)
  return define(name, ['i32', 'i32', 'i32', 'i32'], [], ([image, kernel, out, scratch], local) => [
    run(pack, kernel, scratch),
    ...all(local, [image, scratch, out])
  ])
}
