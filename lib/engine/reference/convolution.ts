/**
 * Convolution of images and its two gradients.
 *
 * The convolution and its gradient by the image are one contraction with other tables: the result at a pixel is a sum
 * over taps, and at each tap over the channels (or filters) that lie side by side there.
 *
 * @since 0.1.0
 */
import type { ConvolutionParameters } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import { allocate, type Buffer } from '../../tensor/internal.ts'
import { numerics } from '../numerics.ts'
import { accumulateFor, closeBlock, type Accumulate } from './accumulate.ts'
import { outside, touched, touching, type Extent } from './geometry.ts'
import { compute2, operandOf, outputOf, type Loop2, type Rules } from './kernel.ts'

const block = numerics.contractionBlock

// by taps

/** Images on both sides of a sum over taps. */
interface Taps {
  readonly images: number
  readonly groups: number
  /** heights and widths that are written and read */
  readonly outHeight: number
  readonly outWidth: number
  readonly inHeight: number
  readonly inWidth: number
  readonly tall: number
  readonly wide: number
  /** per group: how many results a pixel has, and how many elements a tap reads */
  readonly results: number
  readonly elements: number
  /** for each row (column) that is written and each tap the row (column) that it reads, or `outside` */
  readonly rows: Int32Array
  readonly columns: Int32Array
  /** how far apart the rows of weights of consecutive k, and of consecutive groups, are */
  readonly weightStride: number
  readonly weightGroup: number
}

/** Sums over k = (ky, kx, element) ascending, in blocks; a tap that is outside keeps its k. */
const byTaps = (taps: Taps, accumulate: Accumulate, acc: Buffer): Loop2 => {
  const { images, groups, outHeight, outWidth, inHeight, inWidth, tall, wide } = taps
  const { results, elements, rows, columns, weightStride, weightGroup } = taps
  /** How many taps from kx on read neighbours, so that their elements lie side by side. */
  const runs = columns.map((column, i) => {
    const kx = i % wide
    const follows = columns.subarray(i, i + wide - kx).findIndex((other, next) => other !== column + next)
    return column === outside || groups > 1 ? 1 : follows === -1 ? wide - kx : follows
  })
  /** One group of one pixel. */
  const pixel = (
    out: Buffer,
    to: number,
    x: Buffer,
    image: number,
    y: number,
    left: number,
    weights: Buffer,
    group: number
  ) => {
    let current = 0
    for (let ky = 0; ky < tall; ky += 1) {
      const row = rows[y * tall + ky]!
      if (row === outside) continue
      for (let kx = 0; kx < wide;) {
        const column = columns[left * wide + kx]!
        const first = (ky * wide + kx) * elements
        const end = first + runs[left * wide + kx]! * elements
        kx += runs[left * wide + kx]!
        if (column === outside) continue
        const place = (((image * inHeight + row) * inWidth + column) * groups + group) * elements
        for (let k = first; k < end;) {
          const begin = k - (k % block)
          if (begin !== current) closeBlock(out, to, acc, results)
          current = begin
          const count = Math.min(begin + block, end) - k
          const weight = weightGroup * group + k * weightStride
          accumulate(acc, 0, results, x, place + k - first, 1, count, weights, weight, weightStride)
          k += count
        }
      }
    }
    closeBlock(out, to, acc, results)
  }
  return (out, x, weights) => {
    out.fill(0)
    let to = 0
    for (let image = 0; image < images; image += 1)
      for (let y = 0; y < outHeight; y += 1)
        for (let left = 0; left < outWidth; left += 1)
          for (let group = 0; group < groups; group += 1, to += results)
            pixel(out, to, x, image, y, left, weights, group)
  }
}

/** The kernel `[ky, kx, channel, group, filter]` as `[group, ky, kx, filter, channel]`, so that channels lie side by side. */
const exchange = (kernel: Buffer, exchanged: Buffer, channels: number, groups: number, filters: number): void => {
  const taps = kernel.length / (channels * groups * filters)
  for (let tap = 0, from = 0; tap < taps; tap += 1)
    for (let c = 0; c < channels; c += 1)
      for (let group = 0; group < groups; group += 1)
        for (let f = 0; f < filters; f += 1, from += 1)
          exchanged[((group * taps + tap) * filters + f) * channels + c] = kernel[from]!
}

// by images

/** The gradient by the kernel: each image is one block, and in it (y, x) ascend. */
const byImages = (lengths: Lengths, parameters: ConvolutionParameters, accumulate: Accumulate, acc: Buffer): Loop2 => {
  const { images, height, width, channels, tall, wide, outHeight, outWidth, filters, groups } = lengths
  const rows = touched(0, parameters, vertical(lengths))
  const columns = touched(1, parameters, horizontal(lengths))
  const step = parameters.stride[1] * channels * groups
  /** The columns of windows for which a tap is inside: they are neighbours. */
  const spans = Array.from({ length: wide }, (_, kx) => {
    const inside = Array.from({ length: outWidth }, (__, x) => x).filter((x) => columns[x * wide + kx] !== outside)
    return { first: inside[0] ?? 0, count: inside.length }
  })
  /** What one row of windows of one image adds to the kernel elements of one tap. */
  const tap = (x: Buffer, gradient: Buffer, image: number, y: number, row: number, ky: number, kx: number) => {
    const { first, count } = spans[kx]!
    if (count === 0) return
    const place = ((image * height + row) * width + columns[first * wide + kx]!) * channels * groups
    const window = ((image * outHeight + y) * outWidth + first) * filters * groups
    for (let c = 0; c < channels; c += 1)
      for (let group = 0; group < groups; group += 1) {
        const to = (((ky * wide + kx) * channels + c) * groups + group) * filters
        const from = place + group * channels + c
        accumulate(acc, to, filters, x, from, step, count, gradient, window + group * filters, filters * groups)
      }
  }
  return (out, x, gradient) => {
    out.fill(0)
    for (let image = 0; image < images; image += 1) {
      for (let y = 0; y < outHeight; y += 1)
        for (let ky = 0; ky < tall; ky += 1) {
          const row = rows[y * tall + ky]!
          if (row !== outside) for (let kx = 0; kx < wide; kx += 1) tap(x, gradient, image, y, row, ky, kx)
        }
      closeBlock(out, 0, acc, acc.length)
    }
  }
}

// lengths

/** Every length of a convolution; channels and filters are those of one group. */
interface Lengths {
  readonly images: number
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly tall: number
  readonly wide: number
  readonly outHeight: number
  readonly outWidth: number
  readonly filters: number
  readonly groups: number
}

const lengthsOf = (image: Slot, kernel: Slot, out: Slot, { groups }: ConvolutionParameters): Lengths => ({
  images: image.shape[0]!,
  height: image.shape[1]!,
  width: image.shape[2]!,
  channels: kernel.shape[2]!,
  tall: kernel.shape[0]!,
  wide: kernel.shape[1]!,
  outHeight: out.shape[1]!,
  outWidth: out.shape[2]!,
  filters: kernel.shape[3]! / groups,
  groups
})

const vertical = ({ height, tall, outHeight }: Lengths): Extent => ({ image: height, window: tall, places: outHeight })
const horizontal = ({ width, wide, outWidth }: Lengths): Extent => ({ image: width, window: wide, places: outWidth })

export const convolution: Rules<'convolution' | 'convolutionInputGradient' | 'convolutionKernelGradient'> = {
  convolution: (context, parameters) => {
    const kernel = operandOf(context, 1)
    const lengths = lengthsOf(operandOf(context, 0), kernel, outputOf(context), parameters)
    const { filters, channels, groups } = lengths
    const taps: Taps = {
      ...lengths,
      inHeight: lengths.height,
      inWidth: lengths.width,
      results: filters,
      elements: channels,
      rows: touched(0, parameters, vertical(lengths)),
      columns: touched(1, parameters, horizontal(lengths)),
      weightStride: filters * groups,
      weightGroup: filters
    }
    return compute2(byTaps(taps, accumulateFor(kernel.dtype), allocate(kernel.dtype, filters)))
  },
  convolutionInputGradient: (context, parameters) => {
    const kernel = operandOf(context, 1)
    const lengths = lengthsOf(outputOf(context), kernel, operandOf(context, 0), parameters)
    const { filters, channels, groups, tall, wide } = lengths
    const taps: Taps = {
      ...lengths,
      outHeight: lengths.height,
      outWidth: lengths.width,
      inHeight: lengths.outHeight,
      inWidth: lengths.outWidth,
      results: channels,
      elements: filters,
      rows: touching(0, parameters, vertical(lengths)),
      columns: touching(1, parameters, horizontal(lengths)),
      weightStride: channels,
      weightGroup: tall * wide * filters * channels
    }
    const contract = byTaps(taps, accumulateFor(kernel.dtype), allocate(kernel.dtype, channels))
    const exchanged = allocate(kernel.dtype, size(kernel.shape))
    return compute2((out, gradient, weights) => {
      exchange(weights, exchanged, channels, groups, filters)
      contract(out, gradient, exchanged)
    })
  },
  convolutionKernelGradient: (context, parameters) => {
    const kernel = outputOf(context)
    const lengths = lengthsOf(operandOf(context, 0), kernel, operandOf(context, 1), parameters)
    return compute2(
      byImages(lengths, parameters, accumulateFor(kernel.dtype), allocate(kernel.dtype, size(kernel.shape)))
    )
  }
}
