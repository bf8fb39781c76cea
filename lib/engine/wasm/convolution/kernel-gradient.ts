/**
 * The gradient of a convolution by its kernel: for each tap and channel the sum over places of what the tap falls on
 * times the gradient of that place, image by image.
 *
 * The rows of a tile are taps and channels that fall on something at the same places; they walk over those places of an
 * image together, and add their sums to the output.
 *
 * @since 0.1.0
 */
import { define, memory, run, type FunctionDefinition, type Local } from '../assembler/index.ts'
import { outside } from '../../reference/geometry.ts'
import type { Compilation } from '../compilation.ts'
import { cover, merged } from './cover.ts'
import { runner, type Job, type Repeat } from './jobs.ts'
import { vectorBytes, type Lanes } from './lanes.ts'
import type { Tile } from './micro.ts'
import { isNarrow, lanewiseGrid, packedStep, panelsOf, sweep, type PanelGrid } from './panels.ts'
import { repeat, type Move } from './repeat.ts'
import { imageTile } from './tile.ts'
import { packedBytes, packing, type WeightLayout } from './weights.ts'

/** The lengths of a convolution; channels and filters are those of one group. */
export interface KernelGradient {
  readonly lanes: Lanes
  readonly images: number
  readonly groups: number
  readonly channels: number
  readonly filters: number
  readonly height: number
  readonly width: number
  readonly outHeight: number
  readonly outWidth: number
  readonly tall: number
  readonly wide: number
  readonly stride: readonly [number, number]
  readonly dilation: readonly [number, number]
  /** for each place and each tap the row (column) of the image that it falls on, or `outside` */
  readonly rows: Int32Array
  readonly columns: Int32Array
}

/** Neighbouring taps along an axis that fall on the image at the same places: the first tap, and at its first place. */
interface Span {
  readonly tap: number
  readonly taps: number
  readonly place: number
  readonly places: number
  readonly at: number
}

const spansOf = (table: Int32Array, window: number): readonly Span[] => {
  const spans: Span[] = []
  for (let tap = 0; tap < window; tap += 1) {
    const inside = [...table].flatMap((at, i) => (i % window === tap && at !== outside ? [Math.floor(i / window)] : []))
    const place = inside[0]
    if (place === undefined) continue
    const places = inside.length
    const last = spans.at(-1)
    const goesOn = last?.place === place && last.places === places && last.tap + last.taps === tap
    if (goesOn) spans[spans.length - 1] = { ...last, taps: last.taps + 1 }
    else spans.push({ tap, taps: 1, place, places, at: table[place * window + tap]! })
  }
  return spans
}

// rows

/**
 * For each set of taps with the same places the rectangles of rows, one row an element of a job; places are `step` bytes
 * apart in the gradient.
 */
const rectanglesOf = (gradient: KernelGradient, step: number): readonly Job[] => {
  const { lanes, groups, channels, filters, width, outWidth, tall, wide, dilation } = gradient
  const { bytes } = lanes
  const pixel = groups * channels * bytes
  const outPixel = groups * filters * bytes
  const tapOut = channels * outPixel
  const allColumns = spansOf(gradient.columns, wide)
  return spansOf(gradient.rows, tall).flatMap((rows) =>
    allColumns.flatMap((columns): readonly Job[] => {
      const job = {
        a: (rows.at * width + columns.at) * pixel,
        b: (rows.place * outWidth + columns.place) * step,
        out: (rows.tap * wide + columns.tap) * tapOut,
        first: rows.places,
        second: columns.places * step
      }
      const taps: Repeat = { count: columns.taps, a: dilation[1] * pixel, out: tapOut }
      const rowsOfTaps: Repeat = { count: rows.taps, a: dilation[0] * width * pixel, out: wide * tapOut }
      const elements: Repeat = { count: channels, a: bytes, out: outPixel }
      // channels of neighbouring taps are neighbours
      if (groups === 1 && dilation[1] === 1)
        return [{ ...job, outer: rowsOfTaps, inner: { ...elements, count: channels * columns.taps } }]
      if (channels === 1) return [{ ...job, outer: rowsOfTaps, inner: taps }]
      return Array.from({ length: rows.taps }, (_, ky) => ({
        ...job,
        a: job.a + ky * rowsOfTaps.a,
        out: job.out + ky * rowsOfTaps.out,
        outer: taps,
        inner: elements
      }))
    })
  )
}

// operands

/** How the gradient of places is read. */
interface Reading {
  readonly grid: PanelGrid
  readonly rowOperand: Tile['rowOperand']
  /** bytes from place to place */
  readonly step: number
  /** how the gradient of an image is packed into panels first, and how many bytes they take */
  readonly packed: { readonly layout: WeightLayout; readonly bytes: number } | undefined
}

/** Rows of pixels of many channels would leave most of the cache unused: above this they are packed. */
const largeGradient = 65536

const readingOf = ({ lanes, groups, channels, filters, outHeight, outWidth }: KernelGradient): Reading => {
  const { bytes } = lanes
  const step = groups * filters * bytes
  if (groups > 1 && channels === 1 && filters === 1)
    return { grid: lanewiseGrid(lanes, groups), rowOperand: 'lanewise', step, packed: undefined }
  const panel = 2 * vectorBytes
  const places = outHeight * outWidth
  const isPacked = step > panel && places * step > largeGradient
  const layout: WeightLayout = {
    groups,
    group: filters * bytes,
    columns: filters,
    column: bytes,
    outer: { count: 1, bytes: 0 },
    inner: { count: places, bytes: step }
  }
  const apart = packedBytes(lanes, layout)
  return {
    grid: {
      groups: { count: groups, a: channels * bytes, b: isPacked ? apart.group : filters * bytes, out: filters * bytes },
      panels: panelsOf(lanes, filters, { a: 0, b: isPacked ? apart.panel : panel, out: panel })
    },
    rowOperand: 'each',
    step: isPacked ? packedStep : step,
    packed: isPacked ? { layout, bytes: apart.group * groups } : undefined
  }
}

/** A function of pointers (image, gradient, out), and, where it needs any, scratch memory. */
export const gradientByKernel = (
  compilation: Compilation,
  name: string,
  gradient: KernelGradient
): { readonly definition: FunctionDefinition; readonly scratch: number } => {
  const reading = readingOf(gradient)
  return {
    definition: compilation.shared(name, () => summing(compilation, name, gradient, reading)),
    scratch: reading.packed?.bytes ?? 0
  }
}

const summing = (
  compilation: Compilation,
  name: string,
  gradient: KernelGradient,
  { grid, rowOperand, step, packed }: Reading
): FunctionDefinition => {
  const { lanes, images, groups, channels, filters, height, width, outHeight, outWidth, tall, wide, stride } = gradient
  const pixel = groups * channels * lanes.bytes
  const outPixel = groups * filters * lanes.bytes
  const limit = isNarrow(grid) ? 6 : 4
  const tilings = merged(rectanglesOf(gradient, step).flatMap((job) => cover(job, limit)))
  const sweeps = tilings.map(({ rows, apart, jobs }, index) =>
    sweep(`${name} ${index}`, grid, ({ vectors, width: columns }) => {
      const key = `${name} ${index} ${columns}`
      const offsets = (distance: number) => Array.from({ length: rows }, (_, i) => i * distance)
      const tile = {
        ...{ lanes, vectors, rowOperand, step, width: columns },
        rows: offsets(apart.a),
        outRows: offsets(apart.out),
        rowStep: stride[1] * pixel
      }
      return runner(
        compilation,
        `${key} jobs`,
        imageTile(`${key} tile`, tile, stride[0] * width * pixel, outWidth * step),
        jobs
      )
    })
  )
  const zero = (out: Local<'i32'>) => memory.fill(out, 0, tall * wide * channels * outPixel)
  const moves = (image: Local<'i32'>, places: Local<'i32'>): readonly Move[] => [
    [image, height * width * pixel],
    [places, outHeight * outWidth * outPixel]
  ]
  if (packed === undefined)
    return define(name, ['i32', 'i32', 'i32'], [], ([image, places, out], local) => [
      zero(out),
      ...repeat(
        local,
        images,
        moves(image, places),
        sweeps.map((callee) => run(callee, image, places, out))
      )
    ])
  const pack = packing(`${name} pack`, lanes, packed.layout)
  return define(name, ['i32', 'i32', 'i32', 'i32'], [], ([image, places, out, scratch], local) => [
    zero(out),
    ...repeat(local, images, moves(image, places), [
      run(pack, places, scratch),
      ...sweeps.map((callee) => run(callee, image, scratch, out))
    ])
  ])
}
