import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Compilation } from '../../../lib/engine/wasm/compilation.ts'
import { convolution } from '../../../lib/engine/wasm/convolution/index.ts'
import type { Kernel, Task } from '../../../lib/engine/wasm/kernel.ts'
import { compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { ConvolutionParameters, Pads, Pair } from '../../../lib/expr/internal.ts'
import type { Sizes } from '../../../lib/shape/index.ts'
import type { DType, Slot } from '../../../lib/tensor/index.ts'
import { drawn, expectReference } from './sliding.ts'

type Name = keyof typeof convolution

/** A convolution: of images `[images, height, width, channels · groups]` by kernels of `filters · groups` filters. */
interface Case {
  readonly dtype: DType
  readonly images: number
  readonly size: Pair
  readonly kernel: Pair
  /** per group */
  readonly channels: number
  readonly filters: number
  readonly parameters: ConvolutionParameters
}

const plain: ConvolutionParameters = {
  stride: [1, 1],
  padding: [
    [0, 0],
    [0, 0]
  ],
  dilation: [1, 1],
  groups: 1
}

const places = ({ size, kernel, parameters: { stride, padding, dilation } }: Case, axis: 0 | 1): number =>
  Math.floor(
    (size[axis] + padding[axis][0] + padding[axis][1] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis]
  ) + 1

/** The slots of image, kernel and output. */
const slotsOf = (self: Case): readonly [Slot, Slot, Slot] => {
  const { dtype, images, size, kernel, channels, filters, parameters } = self
  const of = (...shape: Sizes): Slot => ({ dtype, shape })
  return [
    of(images, ...size, channels * parameters.groups),
    of(...kernel, channels, filters * parameters.groups),
    of(images, places(self, 0), places(self, 1), filters * parameters.groups)
  ]
}

/** The kernel of each primitive, its operands and its output, for one convolution. */
const tasksOf = (self: Case) => {
  const [image, kernel, out] = slotsOf(self)
  const { parameters } = self
  const task = <Q>(operands: readonly Slot[], output: Slot, given: Q): Task<Q> => ({
    operands,
    outputs: [output],
    parameters: given
  })
  return {
    convolution: task([image, kernel], out, parameters),
    convolutionInputGradient: task([out, kernel], image, { ...parameters, inputSize: self.size }),
    convolutionKernelGradient: task([image, out], kernel, { ...parameters, kernelSize: self.kernel })
  } as const
}

const kernelOf = (shared: Compilation, name: Name, self: Case): Kernel => {
  const tasks = tasksOf(self)
  switch (name) {
    case 'convolution':
      return convolution.convolution(shared, tasks.convolution)
    case 'convolutionInputGradient':
      return convolution.convolutionInputGradient(shared, tasks.convolutionInputGradient)
    case 'convolutionKernelGradient':
      return convolution.convolutionKernelGradient(shared, tasks.convolutionKernelGradient)
  }
}

const check = (name: Name, self: Case, seed: number, taste: 'edges' | 'moderate' = 'edges'): void => {
  const { operands, outputs, parameters } = tasksOf(self)[name]
  const tensors = operands.map((slot, i) => drawn(slot, seed + i, taste))
  expectReference(name, parameters, (shared) => kernelOf(shared, name, self), tensors, outputs)
}

const pad = fc.integer({ min: 0, max: 3 })
const pads: fc.Arbitrary<Pads> = fc.tuple(fc.tuple(pad, pad), fc.tuple(pad, pad))
const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max })
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(small(max), small(max))

const cases: fc.Arbitrary<Case> = fc
  .record({
    dtype: fc.constantFrom<DType>('f32', 'f64'),
    images: small(6),
    size: pair(9),
    kernel: pair(4),
    channels: small(9),
    filters: small(17),
    parameters: fc.record({
      stride: pair(3),
      padding: fc.oneof(fc.constant(plain.padding), pads),
      dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(3)),
      groups: fc.oneof(fc.constant(1), small(3))
    })
  })
  .filter((self) => places(self, 0) > 0 && places(self, 1) > 0)

/** One channel and one filter for each group. */
const depthwise: fc.Arbitrary<Case> = fc
  .tuple(cases, small(17, 2))
  .map(([self, groups]) => ({ ...self, channels: 1, filters: 1, parameters: { ...self.parameters, groups } }))

const seed = fc.nat(0x7fffffff)
const names: readonly Name[] = ['convolution', 'convolutionInputGradient', 'convolutionKernelGradient']

describe.each(names)('%s', (name) => {
  it('has the bits of the reference engine, whatever the geometry', () => {
    fc.assert(
      fc.property(cases, seed, (self, from) => check(name, self, from)),
      { numRuns: 80 }
    )
  })

  it('has them with one channel for each group', () => {
    fc.assert(
      fc.property(depthwise, seed, (self, from) => check(name, self, from)),
      { numRuns: 40 }
    )
  })

  const base: Case = {
    dtype: 'f32',
    images: 2,
    size: [12, 12],
    kernel: [5, 5],
    channels: 8,
    filters: 16,
    parameters: plain
  }
  const same: Pads = [
    [1, 1],
    [1, 1]
  ]
  const large: readonly (readonly [string, Case])[] = [
    ['the first layer of LeNet', { ...base, size: [28, 28], channels: 1, filters: 8 }],
    ['the second layer of LeNet', { ...base, images: 5 }],
    ['sums of several blocks', { ...base, size: [6, 5], kernel: [3, 3], channels: 70, filters: 9 }],
    [
      'blocks that end inside of taps, and padding',
      {
        ...base,
        size: [5, 6],
        kernel: [3, 3],
        channels: 100,
        filters: 5,
        parameters: { ...plain, padding: same, stride: [2, 1] }
      }
    ],
    [
      'blocks of which padding hides one',
      { ...base, size: [3, 3], kernel: [3, 3], channels: 256, filters: 3, parameters: { ...plain, padding: same } }
    ],
    ['blocks in f64', { ...base, dtype: 'f64', size: [4, 4], kernel: [3, 3], channels: 40, filters: 7 }],
    [
      'a large image',
      {
        ...base,
        images: 1,
        size: [40, 36],
        kernel: [3, 2],
        channels: 2,
        filters: 13,
        parameters: { ...plain, padding: same }
      }
    ],
    [
      'a large image in groups',
      {
        ...base,
        size: [40, 36],
        kernel: [2, 2],
        channels: 1,
        filters: 5,
        parameters: { ...plain, groups: 3 }
      }
    ],
    ['a window of one pixel', { ...base, kernel: [1, 1], channels: 33, filters: 20 }],
    ['one place', { ...base, images: 1, size: [4, 4], kernel: [4, 4], channels: 17, filters: 33 }],
    [
      'groups of several blocks',
      { ...base, size: [4, 4], kernel: [3, 3], channels: 40, filters: 6, parameters: { ...plain, groups: 2 } }
    ],
    [
      'windows that leave out places',
      {
        ...base,
        size: [9, 9],
        kernel: [2, 2],
        parameters: {
          ...plain,
          stride: [3, 3],
          padding: [
            [4, 4],
            [0, 7]
          ],
          dilation: [2, 1]
        }
      }
    ]
  ]

  it.each(large)('has the bits of the reference engine for %s', (_, self) => {
    check(name, self, 7, 'moderate')
    check(name, self, 11)
  })

  it.each([
    ['no images', { ...base, images: 0 }],
    ['no channels', { ...base, channels: 0 }],
    ['no filters', { ...base, filters: 0 }]
  ] as const)('gives zeros, or nothing, for %s', (_, self) => {
    check(name, self, 3)
  })

  it('is one function for equal tasks', () => {
    const shared = compilation()
    const [first, second] = [kernelOf(shared, name, base), kernelOf(shared, name, base)]
    expect(second.definition).toBe(first.definition)
    expect(second.scratch).toBe(first.scratch)
    expect(first.operations).toBe(2 * 2 * 64 * 200 * 16)
  })
})
