/** Convolution and windows, by running over all taps. */
import * as fc from 'fast-check'
import type { ConvolutionParameters, Pair, WindowParameters } from '../../../../lib/expr/internal.ts'
import type { Sizes } from '../../../../lib/shape/index.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import { nth, type Checks } from './check.ts'
import { draw, seeds } from './draw.ts'
import { at, build, indices, rounding, type Literal } from './literal.ts'
import { inBlocks } from './reduction.ts'

interface Geometry {
  readonly stride: Pair
  readonly padding: readonly [Pair, Pair]
  readonly dilation: Pair
}

const floats = fc.constantFrom<DType>('f32', 'f64')
const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))
const geometries: fc.Arbitrary<Geometry> = fc.record({
  stride: pair(1, 3),
  padding: fc.tuple(pair(0, 2), pair(0, 2)),
  dilation: pair(1, 2)
})

/** How many windows fit along an axis, by trying. */
const places = (n: number, window: number, axis: 0 | 1, { stride, padding, dilation }: Geometry): number =>
  Array.from({ length: n + 8 }, (_, place) => place).filter(
    (place) => place * stride[axis] + (window - 1) * dilation[axis] < n + padding[axis][0] + padding[axis][1]
  ).length

/** The place in the image that a tap of a window falls on; undefined on padding. */
const touched = (
  image: Sizes,
  geometry: Geometry,
  window: readonly number[],
  tap: readonly number[]
): readonly [number, number] | undefined => {
  const [y, x] = ([0, 1] as const).map(
    (axis) =>
      (window[axis] ?? 0) * geometry.stride[axis] +
      (tap[axis] ?? 0) * geometry.dilation[axis] -
      geometry.padding[axis][0]
  ) as [number, number]
  return y >= 0 && x >= 0 && y < (image[1] ?? 0) && x < (image[2] ?? 0) ? [y, x] : undefined
}

// convolution

const convolutions = fc
  .record({
    dtype: floats,
    geometry: geometries,
    images: fc.integer({ min: 0, max: 3 }),
    image: pair(1, 7),
    kernel: pair(1, 3),
    groups: fc.constantFrom(1, 1, 2, 3),
    channels: fc.constantFrom(1, 2, 5, 60),
    filters: fc.constantFrom(1, 2, 3, 90),
    seed: seeds,
    hasEdges: fc.boolean()
  })
  .filter(({ channels, filters }) => channels + filters < 150)
  .map(({ dtype, geometry, images, image, kernel, groups, channels, filters, seed, hasEdges }) => {
    const inside: Pair = channels === 60 || filters === 90 ? [Math.min(image[0], 3), Math.min(image[1], 3)] : image
    const out: Pair = [places(inside[0], kernel[0], 0, geometry), places(inside[1], kernel[1], 1, geometry)]
    const taste = hasEdges && channels < 60 ? 'edges' : 'moderate'
    return {
      image: draw(dtype, [images, ...inside, channels * groups], seed, taste),
      kernel: draw(dtype, [...kernel, channels, filters * groups], seed + 1, 'moderate'),
      gradient: draw(dtype, [images, ...out, filters * groups], seed + 2, 'moderate'),
      parameters: { ...geometry, groups },
      isLegal: out[0] > 0 && out[1] > 0
    }
  })
  .filter(({ isLegal }) => isLegal)

const groupsOf = ({ groups }: ConvolutionParameters, channels: number, filters: number) => ({
  perGroup: channels / groups,
  filtersPerGroup: filters / groups
})

// windows

const windowCases = fc
  .record({
    dtype: floats,
    geometry: geometries,
    image: pair(1, 7),
    size: pair(1, 3),
    images: fc.integer({ min: 0, max: 2 }),
    channels: fc.integer({ min: 1, max: 3 }),
    seed: seeds,
    isFew: fc.boolean()
  })
  .map(({ dtype, geometry, image, size, images, channels, seed, isFew }) => {
    const out: Pair = [places(image[0], size[0], 0, geometry), places(image[1], size[1], 1, geometry)]
    return {
      image: draw(dtype, [images, ...image, channels], seed, isFew ? 'few' : 'edges'),
      values: draw(dtype, [images, ...image, channels], seed + 1, 'moderate'),
      windows: draw(dtype, [images, ...out, channels], seed + 2, 'moderate'),
      parameters: { size, ...geometry },
      isLegal: out[0] > 0 && out[1] > 0
    }
  })
  .filter(({ isLegal }) => isLegal)

const outShape = (image: Sizes, { size, ...geometry }: WindowParameters): Sizes => [
  image[0] ?? 0,
  places(image[1] ?? 0, size[0], 0, geometry),
  places(image[2] ?? 0, size[1], 1, geometry),
  image[3] ?? 0
]

/** The index tuples in the image that a window sees, taps ascending. */
const seen = (
  image: Sizes,
  parameters: WindowParameters,
  [n = 0, y = 0, x = 0, c = 0]: readonly number[]
): readonly (readonly number[])[] =>
  indices(parameters.size).flatMap((tap) => {
    const place = touched(image, parameters, [y, x], tap)
    return place === undefined ? [] : [[n, ...place, c]]
  })

/** The first NaN, else the first that is no less than all. */
const firstGreatest = (x: Literal, tuples: readonly (readonly number[])[]): readonly number[] | undefined =>
  tuples.find((tuple) => Number.isNaN(at(x, tuple))) ??
  tuples.find((tuple) => tuples.every((other) => at(x, other) <= at(x, tuple)))

/** Each window's value added, windows ascending, at the places it chooses. */
const spread = (
  image: Sizes,
  windows: Literal,
  choose: (window: readonly number[]) => readonly (readonly number[])[]
): Literal => {
  const round = rounding(windows.dtype)
  const sums = new Map<string, number>()
  indices(windows.shape).forEach((window) => {
    choose(window).forEach((tuple) => {
      sums.set(tuple.join(), round((sums.get(tuple.join()) ?? 0) + at(windows, window)))
    })
  })
  return build(windows.dtype, image, (index) => sums.get(index.join()) ?? 0)
}

type Sliding =
  | 'convolution'
  | 'convolutionInputGradient'
  | 'convolutionKernelGradient'
  | 'windowMax'
  | 'windowPick'
  | 'windowScatter'
  | 'windowSum'
  | 'windowSpread'

export const slidingChecks: Checks<Sliding> = {
  convolution: {
    cases: convolutions.map(({ image, kernel, parameters }) => ({ operands: [image, kernel], parameters })),
    expected: (operands, parameters) => {
      const [image, kernel] = [nth(operands, 0), nth(operands, 1)]
      const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape
      const round = rounding(image.dtype)
      const { filtersPerGroup } = groupsOf(parameters, channels, filters)
      const shape = [
        image.shape[0] ?? 0,
        places(image.shape[1] ?? 0, height, 0, parameters),
        places(image.shape[2] ?? 0, width, 1, parameters),
        filters
      ]
      return [
        build(image.dtype, shape, ([n = 0, y = 0, x = 0, f = 0]) => {
          const group = Math.floor(f / filtersPerGroup)
          const terms = indices([height, width, channels]).map(([ky = 0, kx = 0, c = 0]) => {
            const place = touched(image.shape, parameters, [y, x], [ky, kx])
            return place && round(at(image, [n, ...place, group * channels + c]) * at(kernel, [ky, kx, c, f]))
          })
          return inBlocks(terms, (a, b) => round(a + b))
        })
      ]
    }
  },
  convolutionInputGradient: {
    cases: convolutions.map(({ image, kernel, gradient, parameters }) => ({
      operands: [gradient, kernel],
      parameters: { ...parameters, inputSize: [image.shape[1] ?? 0, image.shape[2] ?? 0] as const }
    })),
    expected: (operands, parameters) => {
      const [gradient, kernel] = [nth(operands, 0), nth(operands, 1)]
      const [height = 0, width = 0, channels = 0, filters = 0] = kernel.shape
      const round = rounding(kernel.dtype)
      const { filtersPerGroup } = groupsOf(parameters, channels, filters)
      const [, outHeight = 0, outWidth = 0] = gradient.shape
      const shape = [gradient.shape[0] ?? 0, ...parameters.inputSize, channels * parameters.groups]
      const windows = indices([outHeight, outWidth])
      return [
        build(kernel.dtype, shape, ([n = 0, y = 0, x = 0, channel = 0]) => {
          const group = Math.floor(channel / channels)
          const terms = indices([height, width, filtersPerGroup]).map(([ky = 0, kx = 0, i = 0]) => {
            const window = windows.find(
              (candidate) => touched(shape, parameters, candidate, [ky, kx])?.join() === `${y},${x}`
            )
            const f = group * filtersPerGroup + i
            return window && round(at(gradient, [n, ...window, f]) * at(kernel, [ky, kx, channel % channels, f]))
          })
          return inBlocks(terms, (a, b) => round(a + b))
        })
      ]
    }
  },
  convolutionKernelGradient: {
    cases: convolutions.map(({ image, kernel, gradient, parameters }) => ({
      operands: [image, gradient],
      parameters: { ...parameters, kernelSize: [kernel.shape[0] ?? 0, kernel.shape[1] ?? 0] as const }
    })),
    expected: (operands, parameters) => {
      const [image, gradient] = [nth(operands, 0), nth(operands, 1)]
      const [images = 0, , , allChannels = 0] = image.shape
      const [, outHeight = 0, outWidth = 0, filters = 0] = gradient.shape
      const round = rounding(image.dtype)
      const { perGroup, filtersPerGroup } = groupsOf(parameters, allChannels, filters)
      return [
        build(image.dtype, [...parameters.kernelSize, perGroup, filters], ([ky = 0, kx = 0, c = 0, f = 0]) => {
          const channel = Math.floor(f / filtersPerGroup) * perGroup + c
          const totals = Array.from({ length: images }, (_, n) =>
            indices([outHeight, outWidth]).reduce((sum, window) => {
              const place = touched(image.shape, parameters, window, [ky, kx])
              return place === undefined
                ? sum
                : round(sum + round(at(image, [n, ...place, channel]) * at(gradient, [n, ...window, f])))
            }, 0)
          )
          return totals.reduce((a, b) => round(a + b), 0)
        })
      ]
    }
  },
  windowMax: {
    cases: windowCases.map(({ image, parameters }) => ({ operands: [image], parameters })),
    expected: (operands, parameters) => {
      const x = nth(operands, 0)
      return [
        build(x.dtype, outShape(x.shape, parameters), (window) => {
          const elements = seen(x.shape, parameters, window).map((tuple) => at(x, tuple))
          if (elements.some(Number.isNaN)) return NaN
          return elements.reduce((a, b) => (b > a || (a === b && Object.is(a, -0)) ? b : a), -Infinity)
        })
      ]
    }
  },
  windowPick: {
    cases: windowCases.map(({ image, values, parameters }) => ({ operands: [image, values], parameters })),
    expected: (operands, parameters) => {
      const [x, values] = [nth(operands, 0), nth(operands, 1)]
      return [
        build(x.dtype, outShape(x.shape, parameters), (window) => {
          const tuple = firstGreatest(x, seen(x.shape, parameters, window))
          return tuple === undefined ? 0 : at(values, tuple)
        })
      ]
    }
  },
  windowScatter: {
    cases: windowCases.map(({ image, windows, parameters }) => ({ operands: [image, windows], parameters })),
    expected: (operands, parameters) => {
      const [x, windows] = [nth(operands, 0), nth(operands, 1)]
      return [
        spread(x.shape, windows, (window) => {
          const tuple = firstGreatest(x, seen(x.shape, parameters, window))
          return tuple === undefined ? [] : [tuple]
        })
      ]
    }
  },
  windowSum: {
    cases: windowCases.map(({ image, parameters }) => ({ operands: [image], parameters })),
    expected: (operands, parameters) => {
      const x = nth(operands, 0)
      const round = rounding(x.dtype)
      return [
        build(x.dtype, outShape(x.shape, parameters), (window) =>
          seen(x.shape, parameters, window).reduce((sum, tuple) => round(sum + at(x, tuple)), 0)
        )
      ]
    }
  },
  windowSpread: {
    cases: windowCases.map(({ image, windows, parameters }) => ({
      operands: [windows],
      parameters: { ...parameters, inputSize: [image.shape[1] ?? 0, image.shape[2] ?? 0] as const }
    })),
    expected: (operands, parameters) => {
      const windows = nth(operands, 0)
      const image = [windows.shape[0] ?? 0, ...parameters.inputSize, windows.shape[3] ?? 0]
      return [spread(image, windows, (window) => seen(image, parameters, window))]
    }
  }
}
