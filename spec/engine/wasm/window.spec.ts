import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilation, type Compilation } from '../../../lib/engine/wasm/compilation.ts'
import type { Kernel } from '../../../lib/engine/wasm/kernel.ts'
import { windows } from '../../../lib/engine/wasm/window/index.ts'
import type { Pair, WindowParameters } from '../../../lib/expr/internal.ts'
import type { DType, Slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import type { Taste } from '../reference/oracle/draw.ts'
import { runKernel } from './harness.ts'
import { drawn, expectReference } from './sliding.ts'

type Name = keyof typeof windows

interface Case {
  readonly dtype: DType
  readonly images: number
  readonly extent: Pair
  readonly channels: number
  readonly parameters: WindowParameters
}

const plain: WindowParameters = {
  size: [2, 2],
  stride: [2, 2],
  padding: [
    [0, 0],
    [0, 0]
  ],
  dilation: [1, 1]
}

const places = ({ extent, parameters: { size, stride, padding, dilation } }: Case, axis: 0 | 1): number =>
  Math.floor(
    (extent[axis] + padding[axis][0] + padding[axis][1] - dilation[axis] * (size[axis] - 1) - 1) / stride[axis]
  ) + 1

const tasksOf = (self: Case) => {
  const { dtype, images, extent, channels, parameters } = self
  const image: Slot = { dtype, shape: [images, ...extent, channels] }
  const out: Slot = { dtype, shape: [images, places(self, 0), places(self, 1), channels] }
  return {
    windowMax: { operands: [image], outputs: [out], parameters },
    windowSum: { operands: [image], outputs: [out], parameters },
    windowSpread: { operands: [out], outputs: [image], parameters: { ...parameters, inputSize: extent } },
    windowPick: { operands: [image, image], outputs: [out], parameters },
    windowScatter: { operands: [image, out], outputs: [image], parameters }
  } as const
}

const kernelOf = (shared: Compilation, name: Name, self: Case): Kernel => {
  const tasks = tasksOf(self)
  return name === 'windowSpread' ? windows.windowSpread(shared, tasks.windowSpread) : windows[name](shared, tasks[name])
}

const check = (name: Name, self: Case, seed: number, taste: Taste): void => {
  const { operands, outputs, parameters } = tasksOf(self)[name]
  const tensors = operands.map((slot, i) => drawn(slot, seed + i, taste))
  expectReference(name, parameters, (shared) => kernelOf(shared, name, self), tensors, outputs)
}

const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max })
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(small(max), small(max))
const pads = fc.tuple(small(3, 0), small(3, 0))

const cases: fc.Arbitrary<Case> = fc
  .record({
    dtype: fc.constantFrom<DType>('f32', 'f64'),
    images: small(3),
    extent: pair(9),
    channels: small(11),
    parameters: fc.record({
      size: pair(5),
      stride: pair(4),
      padding: fc.oneof(fc.constant(plain.padding), fc.tuple(pads, pads)),
      dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(3))
    })
  })
  .filter((self) => places(self, 0) > 0 && places(self, 1) > 0)

const names: readonly Name[] = ['windowMax', 'windowPick', 'windowScatter', 'windowSum', 'windowSpread']

describe.each(names)('%s', (name) => {
  const tastes = fc.constantFrom<Taste>('edges', 'few', 'moderate')

  it('has the bits of the reference engine, whatever the geometry', () => {
    fc.assert(
      fc.property(cases, fc.nat(0x7fffffff), tastes, (self, seed, taste) => check(name, self, seed, taste)),
      { numRuns: 120 }
    )
  })

  const base: Case = { dtype: 'f32', images: 2, extent: [24, 24], channels: 8, parameters: plain }
  const around = (n: number): WindowParameters['padding'] => [
    [n, n],
    [n, n]
  ]
  const large: readonly (readonly [string, Case])[] = [
    ['pooling by two', base],
    ['pooling that leaves out a row', { ...base, extent: [7, 9], channels: 5 }],
    ['overlapping windows', { ...base, parameters: { ...plain, size: [3, 3], padding: around(1) } }],
    [
      'windows on padding only',
      { ...base, extent: [3, 3], parameters: { ...plain, size: [1, 1], padding: around(3) } }
    ],
    ['one large window', { ...base, extent: [7, 7], channels: 17, parameters: { ...plain, size: [7, 7] } }]
  ]

  it.each(large)('has the bits of the reference engine for %s', (_, self) => {
    for (const taste of ['edges', 'few', 'moderate'] as const) check(name, self, 7, taste)
  })

  it.each([
    ['no images', { ...base, images: 0 }],
    ['no channels', { ...base, channels: 0 }]
  ] as const)('does nothing for %s', (_, self) => {
    check(name, self, 3, 'edges')
  })

  it('is one function for equal tasks', () => {
    const shared = compilation()
    expect(kernelOf(shared, name, base).definition).toBe(kernelOf(shared, name, base).definition)
  })
})

describe('where several elements are greatest', () => {
  const row = (...elements: readonly number[]) =>
    fromBuffer('f32', [1, 1, elements.length, 1], Float32Array.from(elements))
  const parameters: WindowParameters = { ...plain, size: [1, 4], stride: [1, 4] }
  const out: Slot = { dtype: 'f32', shape: [1, 1, 1, 1] }
  const rows = [row(-0, 0, -0, -1), row(1, NaN, 2, NaN), row(3, 3, 1, 3)]

  it('the maximum of zeros is +0, and NaN wins', () => {
    const greatest = rows.map((x) => {
      const task = { operands: [x], outputs: [out], parameters }
      return [...bufferOf(runKernel((shared) => windows.windowMax(shared, task), [x], [out])[0]!)]
    })
    expect(greatest).toEqual([[0], [NaN], [3]])
  })

  it('the first of equal elements is chosen, and the first NaN', () => {
    const values = row(10, 20, 30, 40)
    const picked = rows.map((x) => {
      const task = { operands: [x, values], outputs: [out], parameters }
      return [...bufferOf(runKernel((shared) => windows.windowPick(shared, task), [x, values], [out])[0]!)]
    })
    expect(picked).toEqual([[10], [20], [10]])
  })
})
