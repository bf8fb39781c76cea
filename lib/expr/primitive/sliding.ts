/**
 * Primitives that slide a window over images `[batch, height, width, channels]`: convolution and pooling.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { sameSlot, isFloat, type Slot } from '../../tensor/index.ts'
import { listSlots, one, pads, pair, refuse, size, withOperands, type Definitions } from './definition.ts'
import type { Pads, Pair, Windowed } from './parameters.ts'

interface Geometry {
  readonly stride: Pair
  readonly padding: Pads
  readonly dilation: Pair
}

/** How many places a window of `window` elements has along an axis of n; 0 where it does not fit. */
const places = (n: number, window: number, { stride, padding, dilation }: Geometry, axis: 0 | 1): number => {
  const room = n + padding[axis][0] + padding[axis][1] - dilation[axis] * (window - 1) - 1
  return room < 0 || stride[axis] < 1 || dilation[axis] < 1 || window < 1 ? 0 : Math.floor(room / stride[axis]) + 1
}

const slid = (image: Slot, window: Pair, geometry: Geometry): Pair => [
  places(image.shape[1] ?? 0, window[0], geometry, 0),
  places(image.shape[2] ?? 0, window[1], geometry, 1)
]

const isImage = (x: Slot | undefined): x is Slot => x !== undefined && x.shape.length === 4

/** The output of a convolution, if image and kernel fit. */
const convolved = (
  image: Slot | undefined,
  kernel: Slot | undefined,
  geometry: Geometry,
  groups: number
): Slot | undefined => {
  if (!isImage(image) || !isImage(kernel) || image.dtype !== kernel.dtype || !isFloat(image.dtype)) return undefined
  const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape
  const [h, w] = slid(image, [height, width], geometry)
  const fits = groups >= 1 && channels * groups === image.shape[3] && filters % groups === 0 && h > 0 && w > 0
  return fits ? { shape: [image.shape[0] ?? 0, h, w, filters], dtype: image.dtype } : undefined
}

/** The output of a pooling window, if it fits. */
const pooled = (image: Slot | undefined, window: Pair, geometry: Geometry): Slot | undefined => {
  if (!isImage(image) || !isFloat(image.dtype)) return undefined
  const [h, w] = slid(image, window, geometry)
  return h > 0 && w > 0 ? { shape: [image.shape[0] ?? 0, h, w, image.shape[3] ?? 0], dtype: image.dtype } : undefined
}

const geometry = { stride: pair, padding: pads, dilation: pair }
const windowCodec = t.strict({ size: pair, ...geometry })
const unfit = (name: string, operands: readonly Slot[]) =>
  refuse(`${name}: the window does not fit ${listSlots(operands)}`)

export const sliding: Definitions<Windowed> = {
  convolution: {
    infer: (operands, parameters) =>
      withOperands('convolution', 2, ([image, kernel]) => {
        const out = convolved(image, kernel, parameters, parameters.groups)
        return out === undefined ? unfit('convolution', operands) : one(out.shape, out.dtype)
      })(operands),
    parameters: t.strict({ ...geometry, groups: size })
  },
  convolutionInputGradient: {
    infer: (operands, parameters) =>
      withOperands('convolutionInputGradient', 2, ([gradient, kernel]) => {
        const channels = (kernel?.shape[2] ?? 0) * parameters.groups
        const image: Slot = {
          shape: [gradient?.shape[0] ?? 0, ...parameters.inputSize, channels],
          dtype: gradient?.dtype ?? 'f32'
        }
        const out = convolved(image, kernel, parameters, parameters.groups)
        return out !== undefined && gradient !== undefined && sameSlot(out, gradient)
          ? one(image.shape, image.dtype)
          : unfit('convolutionInputGradient', operands)
      })(operands),
    parameters: t.strict({ ...geometry, groups: size, inputSize: pair })
  },
  convolutionKernelGradient: {
    infer: (operands, parameters) =>
      withOperands('convolutionKernelGradient', 2, ([image, gradient]) => {
        const channels = (image?.shape[3] ?? 0) / parameters.groups
        const kernel: Slot = {
          shape: [...parameters.kernelSize, channels, gradient?.shape[3] ?? 0],
          dtype: image?.dtype ?? 'f32'
        }
        const out = convolved(image, kernel, parameters, parameters.groups)
        return out !== undefined && gradient !== undefined && sameSlot(out, gradient)
          ? one(kernel.shape, kernel.dtype)
          : unfit('convolutionKernelGradient', operands)
      })(operands),
    parameters: t.strict({ ...geometry, groups: size, kernelSize: pair })
  },
  windowMax: {
    infer: (operands, parameters) =>
      withOperands('windowMax', 1, ([x]) => {
        const out = pooled(x, parameters.size, parameters)
        return out === undefined ? unfit('windowMax', operands) : one(out.shape, out.dtype)
      })(operands),
    parameters: windowCodec
  },
  windowPick: {
    infer: (operands, parameters) =>
      withOperands('windowPick', 2, ([x, values]) => {
        const out = pooled(x, parameters.size, parameters)
        return out !== undefined && x !== undefined && values !== undefined && sameSlot(x, values)
          ? one(out.shape, out.dtype)
          : unfit('windowPick', operands)
      })(operands),
    parameters: windowCodec
  },
  windowScatter: {
    infer: (operands, parameters) =>
      withOperands('windowScatter', 2, ([x, windows]) => {
        const out = pooled(x, parameters.size, parameters)
        return out !== undefined && x !== undefined && windows !== undefined && sameSlot(out, windows)
          ? one(x.shape, x.dtype)
          : unfit('windowScatter', operands)
      })(operands),
    parameters: windowCodec
  },
  windowSum: {
    infer: (operands, parameters) =>
      withOperands('windowSum', 1, ([x]) => {
        const out = pooled(x, parameters.size, parameters)
        return out === undefined ? unfit('windowSum', operands) : one(out.shape, out.dtype)
      })(operands),
    parameters: windowCodec
  },
  windowSpread: {
    infer: (operands, parameters) =>
      withOperands('windowSpread', 1, ([windows]) => {
        if (!isImage(windows)) return unfit('windowSpread', operands)
        const image: Slot = {
          shape: [windows.shape[0] ?? 0, ...parameters.inputSize, windows.shape[3] ?? 0],
          dtype: windows.dtype
        }
        const out = pooled(image, parameters.size, parameters)
        return out !== undefined && sameSlot(out, windows)
          ? one(image.shape, image.dtype)
          : unfit('windowSpread', operands)
      })(operands),
    parameters: t.strict({ size: pair, ...geometry, inputSize: pair })
  }
}
