/**
 * Convolutions of random geometry, and what may end them: bias, activation, masks, sums with other tensors.
 */
import * as fc from 'fast-check'
import {
  applyOne,
  traceValues,
  type ConvolutionParameters,
  type Pads,
  type Pair,
  type Program,
  type Value
} from '../../../lib/expr/internal.ts'
import type { Sizes } from '../../../lib/shape/index.ts'
import { slot, type Slot } from '../../../lib/tensor/index.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'

// cases

export type Which = 'convolution' | 'convolutionInputGradient'

export interface Case {
  readonly which: Which
  readonly dtype: 'f32' | 'f64'
  readonly images: number
  readonly size: Pair
  readonly kernel: Pair
  /** per group */
  readonly channels: number
  readonly filters: number
  readonly parameters: ConvolutionParameters
}

const placesAlong = ({ size, kernel, parameters: { stride, padding, dilation } }: Case, axis: 0 | 1): number =>
  Math.floor(
    (size[axis] + padding[axis][0] + padding[axis][1] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis]
  ) + 1

/** The operands of a case, and its output. */
export const slotsOf = (self: Case): { readonly operands: readonly Slot[]; readonly output: Slot } => {
  const { which, dtype, images, size, kernel, channels, filters, parameters } = self
  const image = slot([images, ...size, channels * parameters.groups], dtype)
  const weights = slot([...kernel, channels, filters * parameters.groups], dtype)
  const out = slot([images, placesAlong(self, 0), placesAlong(self, 1), filters * parameters.groups], dtype)
  return which === 'convolution'
    ? { operands: [image, weights], output: out }
    : { operands: [out, weights], output: image }
}

export const product = ({ which, size, parameters }: Case, [a, b]: readonly Value[]): Value =>
  which === 'convolution'
    ? applyOne('convolution', [a!, b!], parameters)
    : applyOne('convolutionInputGradient', [a!, b!], { ...parameters, inputSize: size })

const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max })
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(small(max), small(max))
const pad = fc.integer({ min: 0, max: 3 })
export const none: Pads = [
  [0, 0],
  [0, 0]
]
const pads: fc.Arbitrary<Pads> = fc.oneof(fc.constant(none), fc.tuple(fc.tuple(pad, pad), fc.tuple(pad, pad)))

export const cases: fc.Arbitrary<Case> = fc
  .record({
    which: fc.constantFrom<Which>('convolution', 'convolutionInputGradient'),
    dtype: fc.constantFrom('f32', 'f32', 'f64'),
    images: small(5),
    size: pair(9),
    kernel: pair(4),
    channels: small(9),
    filters: small(17),
    // every channel a group of its own
    isDepthwise: fc.boolean(),
    parameters: fc.record({
      stride: pair(3),
      padding: pads,
      dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(2)),
      groups: fc.oneof(fc.constant(1), small(3))
    })
  })
  .map(({ isDepthwise, ...self }) =>
    isDepthwise ? { ...self, channels: 1, filters: 1, parameters: { ...self.parameters, groups: self.filters } } : self
  )
  .filter((self) => placesAlong(self, 0) > 0 && placesAlong(self, 1) > 0)

// endings

interface Ending {
  /** what it reads besides, for an output */
  readonly reads: (output: Slot) => readonly Slot[]
  readonly apply: (product: Value, reads: readonly Value[], output: Slot) => readonly Value[]
}

export const like = ({ dtype }: Slot, shape: Sizes): Slot => slot(shape, dtype)

export const along = (value: Value, { shape }: Slot, axes: Sizes): Value =>
  applyOne('broadcast', [value], { shape, axes })

export const constant = (value: number, output: Slot): Value =>
  along(applyOne('constant', [], { value: tensorOf(slot([], output.dtype), [value]) }), output, [])

const biased = (value: Value, bias: Value | undefined, output: Slot): Value =>
  applyOne('add', [value, along(bias!, output, [3])], {})

export const endings = {
  bias: {
    reads: (output) => [like(output, [output.shape[3]!])],
    apply: (value, [bias], output) => [biased(value, bias, output)]
  },
  'bias, relu and its mask': {
    reads: (output) => [like(output, [output.shape[3]!])],
    apply: (value, [bias], output) => {
      const x = biased(value, bias, output)
      const mask = applyOne('less', [constant(0, output), x], {})
      return [applyOne('select', [mask, x, constant(0, output)], {}), mask]
    }
  },
  'a mask that is given': {
    reads: (output) => [slot(output.shape, 'bool')],
    apply: (value, [mask], output) => [applyOne('select', [mask!, value, constant(-0, output)], {})]
  },
  'a residual sum, and the sum negated': {
    reads: (output) => [output],
    apply: (value, [x]) => {
      const sum = applyOne('add', [x!, value], {})
      return [applyOne('negate', [sum], {}), sum]
    }
  },
  'one factor for each image, and one for each row and channel': {
    reads: (output) => [
      like(output, [output.shape[0]!]),
      like(output, [output.shape[1]!, output.shape[3]!]),
      like(output, [output.shape[2]!])
    ],
    apply: (value, [image, row, column], output) => {
      const first = applyOne('multiply', [value, along(image!, output, [0])], {})
      const second = applyOne('multiply', [first, along(row!, output, [1, 3])], {})
      return [applyOne('add', [second, along(column!, output, [2])], {})]
    }
  },
  'a tensor transposed and reversed': {
    reads: (output) => [like(output, output.shape.toReversed())],
    apply: (value, [x]) => {
      const turned = applyOne('transpose', [x!], { permutation: [3, 2, 1, 0] })
      return [applyOne('maximum', [value, applyOne('reverse', [turned], { axes: [1, 3] })], {})]
    }
  },
  'a tensor and its images in reverse order': {
    reads: (output) => [output],
    apply: (value, [x]) => {
      const sum = applyOne('add', [value, x!], {})
      return [applyOne('multiply', [sum, applyOne('reverse', [x!], { axes: [0] })], {})]
    }
  },
  'a conversion': {
    reads: () => [],
    apply: (value, _, output) => {
      const positive = applyOne('abs', [value], {})
      return [applyOne('convert', [positive], { dtype: output.dtype === 'f32' ? 'f64' : 'f32' }), positive]
    }
  }
} satisfies Record<string, Ending>

export const programOf = (self: Case, { reads, apply }: Ending): Program => {
  const { operands, output } = slotsOf(self)
  return traceValues([...operands, ...reads(output)], (values) => apply(product(self, values), values.slice(2), output))
}
