import { describe, expect, it } from 'vitest'
import { numerics, reference } from '../../../lib/engine/index.ts'
import { applyOne, traceValues } from '../../../lib/expr/internal.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import { compute1, exact, literal, type Literal } from './oracle/literal.ts'

/** One after many: each of these is lost when it is added to 2^24 alone, but not when they are added up first. */
const large = 16777216

const vector = (data: readonly number[]): Literal => literal('f32', [data.length], data)
const sum = (data: readonly number[]): number => compute1('reduceSum', [vector(data)], { axes: [0] }).data[0] ?? NaN

const noPadding = [
  [0, 0],
  [0, 0]
] as const
const plain = { stride: [1, 1], padding: noPadding, dilation: [1, 1] } as const

/** The product of a row and a column. */
const dot = (a: readonly number[], b: readonly number[]): number =>
  compute1('matmul', [literal('f32', [1, a.length], a), literal('f32', [b.length, 1], b)], {}).data[0] ?? NaN

const ones = (length: number): readonly number[] => Array.from({ length }, () => 1)

describe('a sum over axes', () => {
  it('is written down in the numerics', () => {
    expect(numerics).toEqual({ version: '1', contractionBlock: 256, reductionLanes: 8 })
  })

  it('adds element i to lane i mod 8: only a one in the lane of the large element is lost', () => {
    // lane 0: 2^24 + 1 = 2^24; lane 1: 1 + 1 = 2, which survives
    expect(sum([large, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0])).toBe(large + 2)
    // the same elements, both pairs in two lanes that meet before the large one comes
    expect(sum([large, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe(large + 2)
  })

  it('adds lane j to lane j + 4, then j + 2, then j + 1', () => {
    // lanes 0 and 4 meet first: the one is lost; then lanes 1 and 5 give 2
    expect(sum([large, 1, 0, 0, 1, 1, 0, 0])).toBe(large + 2)
    // lanes 2 and 6 meet first and give 2, which survives meeting lane 0
    expect(sum([large, 0, 1, 0, 0, 0, 1, 0])).toBe(large + 2)
    // lanes 1 and 2 never meet alone: 2 meets 0 first, and is lost; then 1 is
    expect(sum([large, 1, 1, 0, 0, 0, 0, 0])).toBe(large)
    // lanes 1 and 3 meet before they meet lane 0
    expect(sum([large, 1, 0, 1, 0, 0, 0, 0])).toBe(large + 2)
  })

  it('adds within a lane in ascending order', () => {
    const lane = (values: readonly number[]): readonly number[] =>
      values.flatMap((value) => [value, 0, 0, 0, 0, 0, 0, 0])
    expect(sum(lane([1, 1, large]))).toBe(large + 2)
    expect(sum(lane([large, 1, 1]))).toBe(large)
  })

  it('counts several reduced axes as one row-major index', () => {
    const rows = literal('f32', [2, 8], [large, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0])
    expect(compute1('reduceSum', [rows], { axes: [0, 1] }).data).toEqual([large + 2])
    // three elements a row: the second begins in lane 3, so that both ones meet the large element alone
    const odd = literal('f32', [2, 3], [0, large, 0, 1, 0, 1])
    expect(compute1('reduceSum', [odd], { axes: [0, 1] }).data).toEqual([large])
  })

  it('starts at +0, so that negative zeros add up to +0', () => {
    expect(exact(compute1('reduceSum', [vector([-0, -0])], { axes: [0] }))).toEqual(exact(literal('f32', [], [0])))
    expect(exact(compute1('reduceSum', [vector([-0])], { axes: [] }))).toEqual(exact(vector([0])))
  })

  it('of nothing is 0, and the product of nothing 1', () => {
    expect(compute1('reduceSum', [literal('f32', [0, 2], [])], { axes: [0] }).data).toEqual([0, 0])
    expect(compute1('reduceProduct', [literal('i32', [0, 2], [])], { axes: [0] }).data).toEqual([1, 1])
  })
})

describe('a contraction', () => {
  it('adds ascending within a block of 256', () => {
    expect(dot([large, 1, 1], ones(3))).toBe(large)
    expect(dot([1, 1, large], ones(3))).toBe(large + 2)
  })

  it('begins a new sum after 256 products, and adds its total', () => {
    const first = [large, ...ones(255).map(() => 0)]
    expect(dot([...first, 1, 1], ones(258))).toBe(large + 2)
    expect(dot([large, ...ones(254).map(() => 0), 1, 1], ones(257))).toBe(large)
  })

  it('adds the total of a block to those before it, not to the whole at the end', () => {
    const block = (value: number): readonly number[] => [value, ...ones(255).map(() => 0)]
    expect(dot([...block(large), ...block(1), ...block(1)], ones(768))).toBe(large)
    expect(dot([...block(1), ...block(1), ...block(large)], ones(768))).toBe(large + 2)
  })

  it('rounds every product before it is added', () => {
    // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24; rounded, the last part is gone
    const x = 1.000244140625
    expect(dot([x, -1], [x, 1.00048828125])).toBe(0)
  })

  it('gives a row the same bits whatever rows stand beside it', () => {
    const row = Array.from({ length: 300 }, (_, i) => Math.fround(1 / (i + 1)))
    const kernel = literal(
      'f32',
      [300, 5],
      Array.from({ length: 1500 }, (_, i) => Math.fround(((i * 7) % 11) / 3))
    )
    const alone = compute1('matmul', [literal('f32', [1, 300], row), kernel], {})
    const many = compute1('matmul', [literal('f32', [9, 300], Array.from({ length: 9 }, () => row).flat()), kernel], {})
    expect(many.data).toEqual(Array.from({ length: 9 }, () => alone.data).flat())
  })

  it('of a convolution counts (ky, kx, channel) and keeps the index of taps on padding', () => {
    // 200 channels, a kernel of width 2: the second tap begins at k = 200, its block at k = 256
    const image = literal(
      'f32',
      [1, 1, 2, 200],
      [...ones(200).map((_, i) => (i === 0 ? large : 0)), ...ones(200).map((_, i) => (i === 56 || i === 57 ? 1 : 0))]
    )
    const kernel = literal('f32', [1, 2, 200, 1], ones(400))
    expect(compute1('convolution', [image, kernel], { ...plain, groups: 1 }).data).toEqual([large + 2])
    // with padding on the left the first pixel is under the second tap: everything is in block 0 and 1 of other indices
    const padded = {
      ...plain,
      padding: [
        [0, 0],
        [1, 0]
      ],
      groups: 1
    } as const
    const edge = literal(
      'f32',
      [1, 1, 1, 200],
      ones(200).map((_, i) => (i === 0 ? large : i === 56 || i === 57 ? 1 : 0))
    )
    expect(compute1('convolution', [edge, kernel], padded).data).toEqual([large + 2])
  })

  it('skips padding, so that an infinite weight there does no harm', () => {
    const padded = {
      ...plain,
      padding: [
        [0, 0],
        [1, 0]
      ],
      groups: 1
    } as const
    const image = literal('f32', [1, 1, 1, 1], [2])
    expect(compute1('convolution', [image, literal('f32', [1, 2, 1, 1], [Infinity, 3])], padded).data).toEqual([6])
  })

  it('of the gradient by the image counts (ky, kx, filter)', () => {
    // 200 filters, a kernel of width 2: the second tap, which reaches the left pixel's gradient, begins at k = 200
    const gradient = literal(
      'f32',
      [1, 1, 2, 200],
      [...ones(200).map((_, i) => (i === 56 || i === 57 ? 1 : 0)), ...ones(200).map((_, i) => (i === 0 ? large : 0))]
    )
    const kernel = literal('f32', [1, 2, 1, 200], ones(400))
    const parameters = { ...plain, groups: 1, inputSize: [1, 3] } as const
    // the middle pixel: large at k = 0, the ones at 256 and 257
    expect(compute1('convolutionInputGradient', [gradient, kernel], parameters).data).toEqual([2, large + 2, large])
  })

  it('of the gradient by the kernel takes each image as one block', () => {
    const gradient = literal('f32', [2, 1, 2, 1], ones(4))
    const parameters = { ...plain, groups: 1, kernelSize: [1, 1] } as const
    const byKernel = (data: readonly number[]) =>
      compute1('convolutionKernelGradient', [literal('f32', [2, 1, 2, 1], data), gradient], parameters).data
    expect(byKernel([large, 0, 1, 1])).toEqual([large + 2])
    expect(byKernel([large, 1, 1, 0])).toEqual([large])
  })
})

describe('adding at places', () => {
  it('adds to the target itself, in ascending order', () => {
    const places = literal('i32', [2], [0, 0])
    const added = (target: number, updates: readonly number[]) =>
      compute1('scatterAdd', [vector([target]), places, vector(updates)], { axis: 0, batch: 0 }).data
    expect(added(large, [1, 1])).toEqual([large])
    expect(added(1, [1, large])).toEqual([large + 2])
  })

  it('adds windows in ascending order', () => {
    const spread = { ...plain, size: [1, 3], inputSize: [1, 5] } as const
    const reached = (data: readonly number[]) =>
      compute1('windowSpread', [literal('f32', [1, 1, 3, 1], data)], spread).data[2]
    expect(reached([large, 1, 1])).toBe(large)
    expect(reached([1, 1, large])).toBe(large + 2)
  })

  it('sums a window in the order of its taps', () => {
    const total = (data: readonly number[]) =>
      compute1('windowSum', [literal('f32', [1, 1, 3, 1], data)], { ...plain, size: [1, 3] }).data
    expect(total([large, 1, 1])).toEqual([large])
    expect(total([1, 1, large])).toEqual([large + 2])
  })
})

describe('bits', () => {
  it('of every NaN are the canonical ones, whatever made it', () => {
    const words = literal('u32', [4], [0x7fc00001, 0xffc00000, 0x7f800001, 0x3f800000])
    const program = traceValues([words], ([x]) =>
      x === undefined ? [] : [applyOne('bitcast', [applyOne('bitcast', [x], { dtype: 'f32' })], { dtype: 'u32' })]
    )
    const [bits] = reference.compile(program).run([fromBuffer('u32', [4], Uint32Array.from(words.data))])
    expect(bits && Array.from(bufferOf(bits))).toEqual([0x7fc00000, 0x7fc00000, 0x7fc00000, 0x3f800000])
  })
})

describe('choosing', () => {
  const argMax = (data: readonly number[]) => compute1('argMax', [vector(data)], { axis: 0 }).data[0]

  it('takes the first of equals, zeros of both signs being equal, and the first NaN before all', () => {
    expect(argMax([1, 3, 3])).toBe(1)
    expect(argMax([-0, 0])).toBe(0)
    expect(argMax([1, NaN, Infinity, NaN])).toBe(1)
    expect(argMax([-Infinity, -Infinity])).toBe(0)
  })

  it('orders −0 before +0 and NaN last when sorting', () => {
    const sorted = compute1('sort', [vector([NaN, 0, -0, -1, Infinity])], { axis: 0 })
    expect(exact(sorted)).toEqual(exact(vector([-1, -0, 0, Infinity, NaN])))
  })

  it('gives −∞ and +0 where a window sees padding only', () => {
    const over = {
      stride: [1, 1],
      padding: [
        [1, 0],
        [0, 0]
      ],
      dilation: [1, 1],
      size: [1, 1]
    } as const
    const image = literal('f32', [1, 1, 1, 1], [5])
    expect(compute1('windowMax', [image], over).data).toEqual([-Infinity, 5])
    expect(compute1('windowPick', [image, image], over).data).toEqual([0, 5])
  })
})
