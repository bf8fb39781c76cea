/**
 * Sums over the taps of a window: the convolution, and its gradient by the image.
 *
 * The image is read where it lies: the rows of a tile are places with the same taps, so that what a tap falls on is at
 * the same distance from each place. A place at an edge has its own list of taps, so padding costs nothing.
 *
 * @since 0.1.0
 */
import { define, memory, run, type FunctionDefinition, type Local, type NewLocal } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { numerics } from '../../numerics.ts'
import { pointersOf, type PlacedEpilogue } from './epilogue.ts'
import { runner, type Repeat } from './jobs.ts'
import { vectorBytes, type Lanes } from './lanes.ts'
import type { Tile } from './micro.ts'
import { isNarrow, lanewiseGrid, packedStep, panelsOf, sweep, type PanelGrid } from './panels.ts'
import { blanksOf, placesOf, type Places } from './places.ts'
import { advance, repeat, withCopies } from './repeat.ts'
import { segmentBytes, segmentsOf, segmentTable, type Counting } from './segments.ts'
import { blankTile, segmentTile, type OutputTile } from './tile.ts'
import { tilingsOf, type Rectangle } from './tiling.ts'
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

/** The places that see no tap at all, as jobs of one place each; some may be there twice. */
const blankRectangles = (contraction: Contraction): readonly Rectangle[] => {
  const { lanes, groups, results, outHeight, outWidth, rows, columns, tall, wide } = contraction
  const outBytes = groups * results * lanes.bytes
  const outRowBytes = outWidth * outBytes
  const every = (count: number, out: number): Repeat => ({ count, a: 0, out })
  const along = (out: number, outer: Repeat, inner: Repeat): Rectangle => ({
    ...{ a: 0, b: 0, out, first: 0, second: 0 },
    outer,
    inner
  })
  return [
    ...blanksOf(rows, tall).map(({ first, step, count }) =>
      along(first * outRowBytes, every(count, step * outRowBytes), every(outWidth, outBytes))
    ),
    ...blanksOf(columns, wide).map(({ first, step, count }) =>
      along(first * outBytes, every(outHeight, outRowBytes), every(count, step * outBytes))
    )
  ]
}

/** Calls a function of pointers (a, b, out) for all images, several at a time where its tiles go across them. */
const overImages = (
  local: NewLocal,
  callee: FunctionDefinition,
  [image, weights, out]: readonly [Local<'i32'>, Local<'i32'>, Local<'i32'>],
  images: Repeat,
  together: number,
  more: readonly Local<'i32'>[]
) => {
  const turns = Math.floor(images.count / together)
  const left = images.count - turns * together
  const call = (a: Local<'i32'>, to: Local<'i32'>) => [run(callee, a, weights, to, ...more)]
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

/**
 * A function of pointers: image, kernel, what the epilogue reads, the output, what the epilogue writes, and, where it
 * needs any, scratch memory.
 */
export const contract = (
  compilation: Compilation,
  name: string,
  contraction: Contraction,
  epilogue?: PlacedEpilogue
): { readonly definition: FunctionDefinition; readonly scratch: number } => {
  const reading = readingOf(contraction)
  const key = epilogue === undefined ? name : `${name} ${epilogue.key}`
  return {
    definition: compilation.shared(key, () => contracting(compilation, name, contraction, reading, epilogue)),
    scratch: reading.packed
  }
}

const contracting = (
  compilation: Compilation,
  name: string,
  contraction: Contraction,
  reading: Reading,
  epilogue: PlacedEpilogue | undefined
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
  const ending = epilogue && { compilation, epilogue }
  const [reads, writes] = [epilogue?.reads ?? 0, epilogue?.writes ?? 0]
  const more = pointersOf(epilogue)
  const sweepsOf = (
    title: string,
    rectangles: readonly Rectangle[],
    tileOf: (key: string, tile: OutputTile) => FunctionDefinition
  ) =>
    tilingsOf(rectangles, imageAxis, limits).map(({ rows, outRows, acrossImages, jobs }, index) => ({
      callee: sweep(
        `${title} ${index}`,
        grid,
        ({ width, vectors }) => {
          const kind = `${title} ${index} ${width}`
          const tile = { lanes, vectors, rows, rowOperand, rowStep, step, outRows, width }
          return runner(compilation, `${kind} jobs`, tileOf(`${kind} tile`, tile), jobs, more)
        },
        more
      ),
      together: acrossImages ? rows.length : 1
    }))
  const blanks = blankRectangles(contraction)
  const sweeps = [
    ...sweepsOf(name, rectanglesOf(compilation, contraction, reading), (key, tile) =>
      segmentTile(key, tile, blocks, ending)
    ),
    ...(ending === undefined ? [] : sweepsOf(`${name} blank`, blanks, (key, tile) => blankTile(key, tile, ending)))
  ]
  const pack = packed === 0 ? undefined : packing(`${name} pack`, lanes, contraction.weights)
  const types = Array.from({ length: 3 + reads + writes + (pack === undefined ? 0 : 1) }, () => 'i32' as const)
  return define(name, types, [], (pointers, local) => {
    const [image, kernel, out, scratch] = [pointers[0]!, pointers[1]!, pointers[2 + reads]!, pointers.at(-1)!]
    const others = [out, ...pointers.slice(2, 2 + reads), ...pointers.slice(3 + reads, 3 + reads + writes)]
    const operands = [image, pack === undefined ? kernel : scratch, out] as const
    return [
      ...(pack === undefined ? [] : [run(pack, kernel, scratch)]),
      // without an epilogue, blank places are 0
      ...(blanks.length > 0 && ending === undefined ? [memory.fill(out, 0, images * imageAxis.out)] : []),
      ...sweeps.flatMap(({ callee, together }) =>
        overImages(local, callee, operands, imageAxis, together, ending === undefined ? [] : others)
      )
    ]
  })
}
