/**
 * Convolution of images and its two gradients.
 *
 * All three walk over one image at a time, and keep a row of accumulators for the channels or filters that lie side
 * by side; the order of every sum is the one of `numerics`.
 *
 * @since 0.1.0
 */
import type { ConvolutionParameters } from '../../expr/internal.ts'
import type { Slot } from '../../tensor/index.ts'
import { allocate, type Buffer } from '../../tensor/internal.ts'
import { numerics } from '../numerics.ts'
import { outside, touched, touching } from './geometry.ts'
import { compute2, operandOf, outputOf, type Context, type Loop2, type Rules } from './kernel.ts'

const block = numerics.contractionBlock

/** Every length of a convolution. */
interface Lengths {
  readonly images: number
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly kernelHeight: number
  readonly kernelWidth: number
  readonly outHeight: number
  readonly outWidth: number
  readonly filters: number
  readonly groups: number
  /** channels and filters of one group */
  readonly groupChannels: number
  readonly groupFilters: number
}

const lengthsOf = (image: Slot, kernel: Slot, out: Slot, groups: number): Lengths => ({
  images: image.shape[0]!,
  height: image.shape[1]!,
  width: image.shape[2]!,
  channels: image.shape[3]!,
  kernelHeight: kernel.shape[0]!,
  kernelWidth: kernel.shape[1]!,
  outHeight: out.shape[1]!,
  outWidth: out.shape[2]!,
  filters: out.shape[3]!,
  groups,
  groupChannels: kernel.shape[2]!,
  groupFilters: kernel.shape[3]! / groups
})

const vertical = ({ height, kernelHeight, outHeight }: Lengths) => ({
  image: height,
  window: kernelHeight,
  places: outHeight
})

const horizontal = ({ width, kernelWidth, outWidth }: Lengths) => ({
  image: width,
  window: kernelWidth,
  places: outWidth
})

/** acc[to + j] += rounded(a · b[from + j]), j < n. */
type AddScaled = (acc: Buffer, to: number, a: number, b: Buffer, from: number, n: number) => void

const { fround } = Math

const addScaledF32: AddScaled = (acc, to, a, b, from, n) => {
  for (let j = 0; j < n; j += 1) acc[to + j] = acc[to + j]! + fround(a * b[from + j]!)
}
const addScaledF64: AddScaled = (acc, to, a, b, from, n) => {
  for (let j = 0; j < n; j += 1) acc[to + j] = acc[to + j]! + a * b[from + j]!
}

const addScaledFor = ({ operands }: Context): AddScaled => (operands[0]?.dtype === 'f32' ? addScaledF32 : addScaledF64)

/** Adds a row of block totals to a row of results and starts a new block. */
const closeBlock = (out: Buffer, to: number, acc: Buffer, n: number): void => {
  for (let j = 0; j < n; j += 1) {
    out[to + j] = out[to + j]! + acc[j]!
    acc[j] = 0
  }
}

const convolve = (lengths: Lengths, parameters: ConvolutionParameters, add: AddScaled, acc: Buffer): Loop2 => {
  const { images, height, width, channels, kernelHeight, kernelWidth } = lengths
  const { outHeight, outWidth, filters, groups, groupChannels, groupFilters } = lengths
  const rows = touched(0, parameters, vertical(lengths))
  const columns = touched(1, parameters, horizontal(lengths))
  /** One group of one pixel: k counts (ky, kx, channel). */
  const pixel = (
    out: Buffer,
    to: number,
    x: Buffer,
    kernel: Buffer,
    image: number,
    y: number,
    left: number,
    group: number
  ) => {
    let k = 0
    for (let ky = 0; ky < kernelHeight; ky += 1) {
      const iy = rows[y * kernelHeight + ky]!
      for (let kx = 0; kx < kernelWidth; kx += 1) {
        const ix = columns[left * kernelWidth + kx]!
        const isInside = iy !== outside && ix !== outside
        const from = ((image * height + iy) * width + ix) * channels + group * groupChannels
        for (let c = 0; c < groupChannels; c += 1, k += 1) {
          if (k > 0 && k % block === 0) closeBlock(out, to, acc, groupFilters)
          if (isInside) add(acc, 0, x[from + c]!, kernel, k * filters + group * groupFilters, groupFilters)
        }
      }
    }
    closeBlock(out, to, acc, groupFilters)
  }
  return (out, x, kernel) => {
    out.fill(0)
    acc.fill(0)
    for (let image = 0; image < images; image += 1)
      for (let y = 0; y < outHeight; y += 1)
        for (let left = 0; left < outWidth; left += 1)
          for (let group = 0; group < groups; group += 1) {
            const to = ((image * outHeight + y) * outWidth + left) * filters + group * groupFilters
            pixel(out, to, x, kernel, image, y, left, group)
          }
  }
}

/** The kernel with its last two axes exchanged, so that the channels lie side by side. */
const exchange = (kernel: Buffer, exchanged: Buffer, channels: number, filters: number): void => {
  for (let i = 0; i < kernel.length; i += 1) {
    const filter = i % filters
    const channel = Math.floor(i / filters) % channels
    exchanged[i - filter - channel * filters + filter * channels + channel] = kernel[i]!
  }
}

const convolveBack = (
  lengths: Lengths,
  parameters: ConvolutionParameters,
  add: AddScaled,
  acc: Buffer,
  exchanged: Buffer
): Loop2 => {
  const { images, height, width, channels, kernelHeight, kernelWidth } = lengths
  const { outHeight, outWidth, filters, groups, groupChannels, groupFilters } = lengths
  const rows = touching(0, parameters, vertical(lengths))
  const columns = touching(1, parameters, horizontal(lengths))
  /** One group of one pixel of the image: k counts (ky, kx, filter). */
  const pixel = (out: Buffer, to: number, gradient: Buffer, image: number, y: number, left: number, group: number) => {
    let k = 0
    for (let ky = 0; ky < kernelHeight; ky += 1) {
      const oy = rows[y * kernelHeight + ky]!
      for (let kx = 0; kx < kernelWidth; kx += 1) {
        const ox = columns[left * kernelWidth + kx]!
        const isInside = oy !== outside && ox !== outside
        const from = ((image * outHeight + oy) * outWidth + ox) * filters + group * groupFilters
        const tap = (ky * kernelWidth + kx) * filters + group * groupFilters
        for (let f = 0; f < groupFilters; f += 1, k += 1) {
          if (k > 0 && k % block === 0) closeBlock(out, to, acc, groupChannels)
          if (isInside) add(acc, 0, gradient[from + f]!, exchanged, (tap + f) * groupChannels, groupChannels)
        }
      }
    }
    closeBlock(out, to, acc, groupChannels)
  }
  return (out, gradient, kernel) => {
    exchange(kernel, exchanged, groupChannels, filters)
    out.fill(0)
    acc.fill(0)
    for (let image = 0; image < images; image += 1)
      for (let y = 0; y < height; y += 1)
        for (let left = 0; left < width; left += 1)
          for (let group = 0; group < groups; group += 1) {
            const to = ((image * height + y) * width + left) * channels + group * groupChannels
            pixel(out, to, gradient, image, y, left, group)
          }
  }
}

const convolveKernel = (lengths: Lengths, parameters: ConvolutionParameters, add: AddScaled, acc: Buffer): Loop2 => {
  const { images, height, width, channels, kernelHeight, kernelWidth } = lengths
  const { outHeight, outWidth, filters, groups, groupChannels, groupFilters } = lengths
  const rows = touched(0, parameters, vertical(lengths))
  const columns = touched(1, parameters, horizontal(lengths))
  /** Everything that one pixel of the output gradient adds to the sums of its image. */
  const pixel = (x: Buffer, gradient: Buffer, from: number, image: number, y: number, left: number, group: number) => {
    for (let ky = 0; ky < kernelHeight; ky += 1) {
      const iy = rows[y * kernelHeight + ky]!
      if (iy === outside) continue
      for (let kx = 0; kx < kernelWidth; kx += 1) {
        const ix = columns[left * kernelWidth + kx]!
        if (ix === outside) continue
        const place = ((image * height + iy) * width + ix) * channels + group * groupChannels
        const tap = (ky * kernelWidth + kx) * groupChannels
        for (let c = 0; c < groupChannels; c += 1)
          add(acc, (tap + c) * filters + group * groupFilters, x[place + c]!, gradient, from, groupFilters)
      }
    }
  }
  return (out, x, gradient) => {
    out.fill(0)
    acc.fill(0)
    for (let image = 0; image < images; image += 1) {
      for (let y = 0; y < outHeight; y += 1)
        for (let left = 0; left < outWidth; left += 1)
          for (let group = 0; group < groups; group += 1) {
            const from = ((image * outHeight + y) * outWidth + left) * filters + group * groupFilters
            pixel(x, gradient, from, image, y, left, group)
          }
      closeBlock(out, 0, acc, acc.length)
    }
  }
}

export const convolution: Rules<'convolution' | 'convolutionInputGradient' | 'convolutionKernelGradient'> = {
  convolution: (context, parameters) => {
    const kernel = operandOf(context, 1)
    const lengths = lengthsOf(operandOf(context, 0), kernel, outputOf(context), parameters.groups)
    return compute2(convolve(lengths, parameters, addScaledFor(context), allocate(kernel.dtype, lengths.groupFilters)))
  },
  convolutionInputGradient: (context, parameters) => {
    const kernel = operandOf(context, 1)
    const lengths = lengthsOf(outputOf(context), kernel, operandOf(context, 0), parameters.groups)
    const acc = allocate(kernel.dtype, lengths.groupChannels)
    const exchanged = allocate(
      kernel.dtype,
      kernel.shape.reduce((n, length) => n * length, 1)
    )
    return compute2(convolveBack(lengths, parameters, addScaledFor(context), acc, exchanged))
  },
  convolutionKernelGradient: (context, parameters) => {
    const kernel = outputOf(context)
    const lengths = lengthsOf(operandOf(context, 0), kernel, operandOf(context, 1), parameters.groups)
    const acc = allocate(
      kernel.dtype,
      kernel.shape.reduce((n, length) => n * length, 1)
    )
    return compute2(convolveKernel(lengths, parameters, addScaledFor(context), acc))
  }
}
