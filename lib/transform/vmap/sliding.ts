/**
 * Batching of convolution and pooling: examples join the images of the batch, or the groups of channels.
 *
 * @since 0.1.0
 */
import { applyOne, type Parameters, type Value, type Windowed } from '../../expr/internal.ts'
import type { Slot } from '../../tensor/index.ts'
import { moveAxis, reshape, zeros } from '../build.ts'
import type { Batched, BatchRule, BatchRules } from '../rule.ts'
import { batched, merge, unmerge, withBatch } from './unify.ts'

/** The batch as the outermost part of the last axis: of an image's channels, or of a kernel's filters. */
const intoChannels = (x: Value): Value => {
  const last = x.shape.length - 1
  const moved = moveAxis(x, 0, last - 1)
  return reshape(moved, [...moved.shape.slice(0, -2), (moved.shape[last - 1] ?? 0) * (moved.shape[last] ?? 0)])
}

const outOfChannels = (x: Value, size: number): Value => {
  const channels = (x.shape.at(-1) ?? 0) / size
  return moveAxis(reshape(x, [...x.shape.slice(0, -1), size, channels]), x.shape.length - 1, 0)
}

/** Windows look at one image at a time: the examples' images are one larger batch. */
const ofImages =
  <P extends Extract<Windowed, `window${string}`>>(primitive: P): BatchRule<Parameters[P]> =>
  ({ operands, parameters, size }) => {
    const merged = operands.map((operand) => merge(withBatch(operand, size)))
    return [batched(unmerge(applyOne(primitive, merged, parameters), size))]
  }

/** The outputs for no examples: there would be no group of channels. */
const none = (outputs: readonly Slot[]): readonly Batched[] =>
  outputs.map(({ shape, dtype }) => batched(zeros({ shape: [0, ...shape], dtype })))

/** Images by one kernel are one larger batch of images; different kernels become groups of channels. */
const byKernel =
  <P extends 'convolution' | 'convolutionInputGradient'>(primitive: P): BatchRule<Parameters[P]> =>
  ({ operands: [image, kernel], parameters, size, outputs }) => {
    if (image === undefined || kernel === undefined) return []
    if (size === 0) return none(outputs)
    if (!kernel.batched)
      return [batched(unmerge(applyOne(primitive, [merge(image.value), kernel.value], parameters), size))]
    const grouped = { ...parameters, groups: parameters.groups * size }
    return [batched(outOfChannels(applyOne(primitive, channels(image, kernel, size), grouped), size))]
  }

const channels = (a: Batched, b: Batched, size: number): readonly Value[] =>
  [a, b].map((x) => intoChannels(withBatch(x, size)))

/** A kernel's gradient sums over images, so the examples must stay apart: as groups of channels. */
const kernelGradient: BatchRule<Parameters['convolutionKernelGradient']> = ({
  operands: [image, gradient],
  parameters,
  size,
  outputs
}) => {
  if (image === undefined || gradient === undefined) return []
  if (size === 0) return none(outputs)
  const grouped = { ...parameters, groups: parameters.groups * size }
  const out = applyOne('convolutionKernelGradient', channels(image, gradient, size), grouped)
  return [batched(outOfChannels(out, size))]
}

export const sliding: BatchRules<Windowed> = {
  convolution: byKernel('convolution'),
  convolutionInputGradient: byKernel('convolutionInputGradient'),
  convolutionKernelGradient: kernelGradient,
  windowMax: ofImages('windowMax'),
  windowPick: ofImages('windowPick'),
  windowScatter: ofImages('windowScatter'),
  windowSum: ofImages('windowSum'),
  windowSpread: ofImages('windowSpread')
}
