/**
 * Convolution, pooling and the matrix product against loops; whole numbers, so that the order of a sum does not matter.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import * as E from '../../lib/expr/index.ts'
import { pads2d, window, type Padding, type Sizes } from '../../lib/shape/index.ts'
import { at, broadcastable, build, expression, flat, indicesOf, sentenceOf, wholeArray, type Flat } from './helpers.ts'

interface Setting {
  readonly size: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: Padding
  readonly dilation: readonly [number, number]
}

const pair = (max: number): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
const settings: fc.Arbitrary<Setting> = fc.record({
  size: pair(3),
  stride: pair(3),
  padding: fc.constantFrom<Padding>('valid', 'same', 0, 1, 2),
  dilation: pair(2)
})

/** The image's indices under each window, `undefined` on padding. */
const taps = (x: Flat, { size, stride, padding, dilation }: Setting, [, i = 0, j = 0]: Sizes) => {
  const [rows, columns] = pads2d(x.shape.slice(1), { kernel: size, stride, padding, dilation })
  return indicesOf(size).map(([p = 0, q = 0]) => {
    const [row, column] = [i * stride[0] + p * dilation[0] - rows[0], j * stride[1] + q * dilation[1] - columns[0]]
    const inside = row >= 0 && row < (x.shape[1] ?? 0) && column >= 0 && column < (x.shape[2] ?? 0)
    return { tap: [p, q], place: inside ? [row, column] : undefined }
  })
}

const positions = (x: Flat, setting: Setting): Sizes =>
  [0, 1].map((axis) =>
    window(
      x.shape[axis + 1] ?? 0,
      setting.size[axis] ?? 1,
      setting.stride[axis] ?? 1,
      setting.padding,
      setting.dilation[axis] ?? 1
    )
  )

const images = fc
  .tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.integer({ min: 3, max: 7 }),
    fc.integer({ min: 3, max: 7 }),
    fc.constantFrom(1, 2, 4)
  )
  .chain((shape) => wholeArray(shape))

describe('conv2d', () => {
  it('is the sum over the taps of every window, of each group of channels', () => {
    const convolutions = fc
      .tuple(images, settings, fc.constantFrom(1, 2), fc.integer({ min: 1, max: 2 }))
      .filter(([x, setting, groups]) => !positions(x, setting).includes(0) && (x.shape[3] ?? 0) % groups === 0)
      .chain(([x, setting, groups, filters]) =>
        fc.tuple(
          fc.constant(x),
          fc.constant(setting),
          fc.constant(groups),
          wholeArray([...setting.size, (x.shape[3] ?? 0) / groups, filters * groups])
        )
      )
    fc.assert(
      fc.property(convolutions, ([x, setting, groups, kernel]) => {
        const [, , taken = 0, filters = 0] = kernel.shape
        const expected = build([x.shape[0] ?? 0, ...positions(x, setting), filters], (index) => {
          const group = Math.floor((index[3] ?? 0) / (filters / groups))
          return taps(x, setting, index).reduce(
            (sum, { tap, place }) =>
              place === undefined
                ? sum
                : Array.from({ length: taken }, (_, c) => c).reduce(
                    (total, c) =>
                      total +
                      at(x, [index[0] ?? 0, ...place, group * taken + c]) * at(kernel, [...tap, c, index[3] ?? 0]),
                    sum
                  ),
            0
          )
        })
        const { stride, padding, dilation } = setting
        const y = pipe(expression(x), E.conv2d(expression(kernel), { stride, padding, dilation, groups }))
        expect(flat(y)).toEqual(expected)
      }),
      { numRuns: 60 }
    )
  })

  it('refuses groups that are not whole', () => {
    expect(
      sentenceOf(() => pipe(E.ones([1, 4, 4, 2]), E.conv2d(E.ones([1, 1, 2, 2]), { groups: 0.5 as number })))
    ).toBe('conv2d: the groups have to be a positive whole number, got 0.5')
  })
})

describe('pooling', () => {
  const pools = fc.tuple(images, settings).filter(([x, setting]) => !positions(x, setting).includes(0))
  const inside = (x: Flat, setting: Setting, index: Sizes): readonly number[] =>
    taps(x, setting, index).flatMap(({ place }) =>
      place === undefined ? [] : [at(x, [index[0] ?? 0, ...place, index[3] ?? 0])]
    )
  const pooled = (x: Flat, setting: Setting, f: (xs: readonly number[]) => number): Flat =>
    build([x.shape[0] ?? 0, ...positions(x, setting), x.shape[3] ?? 0], (index) => f(inside(x, setting, index)))
  const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)

  it('gives sums and means of windows, padding counted or not', () => {
    fc.assert(
      fc.property(pools, ([x, setting]) => {
        const { size, ...options } = setting
        const value = expression(x)
        expect(flat(pipe(value, E.sumPool2d(size, options)))).toEqual(pooled(x, setting, total))
        expect(flat(pipe(value, E.averagePool2d(size, options)))).toEqual(
          pooled(x, setting, (xs) => total(xs) / (size[0] * size[1]))
        )
        expect(flat(pipe(value, E.averagePool2d(size, { ...options, countPadding: false })))).toEqual(
          pooled(x, setting, (xs) => total(xs) / xs.length)
        )
      }),
      { numRuns: 50 }
    )
  })

  it('gives the greatest of windows; padding never wins', () => {
    fc.assert(
      fc.property(pools, ([x, setting]) => {
        const { size, ...options } = setting
        const expected = pooled(x, setting, (xs) => Math.max(...xs))
        expect(flat(pipe(expression(x), E.maxPool2d(size, options)))).toEqual(expected)
      }),
      { numRuns: 50 }
    )
  })

  it('does not overlap windows unless it is told a stride', () => {
    expect(pipe(E.ones([1, 6, 6, 1]), E.maxPool2d(2)).shape).toEqual([1, 3, 3, 1])
    expect(pipe(E.ones([1, 6, 6, 1]), E.maxPool2d([2, 3])).shape).toEqual([1, 3, 2, 1])
    expect(pipe(E.ones([1, 6, 6, 1]), E.maxPool2d(2, { stride: 1 })).shape).toEqual([1, 5, 5, 1])
  })
})

describe('matmul', () => {
  it('sums over the inner axis, batches broadcast', () => {
    const products = fc
      .tuple(
        broadcastable,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 })
      )
      .chain(([[a, b, common], n, k, m]) =>
        fc.tuple(
          wholeArray([...a.slice(-2), n, k]),
          wholeArray([...b.slice(-2), k, m]),
          fc.constant([common.slice(-2), n, k, m] as const)
        )
      )
    fc.assert(
      fc.property(products, ([x, y, [batch, n, k, m]]) => {
        const expected = build([...batch, n, m], (index) => {
          const [head, row, column] = [index.slice(0, -2), index.at(-2) ?? 0, index.at(-1) ?? 0]
          return Array.from({ length: k }, (_, i) => i).reduce(
            (sum, i) => sum + at(x, [...head, row, i]) * at(y, [...head, i, column]),
            0
          )
        })
        expect(flat(pipe(expression(x), E.matmul(expression(y))))).toEqual(expected)
      }),
      { numRuns: 80 }
    )
  })

  it('gives the same bits with one right side as with the right side repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -9, max: 9 }), { minLength: 2 * 3 * 5 + 20, maxLength: 2 * 3 * 5 + 20 }),
        (elements) => {
          const x = expression({ shape: [2, 3, 5], elements: elements.slice(0, 30) }, 'f32')
          const w = expression({ shape: [5, 4], elements: elements.slice(30) }, 'f32')
          expect(flat(pipe(x, E.matmul(w)))).toEqual(flat(pipe(x, E.matmul(pipe(w, E.broadcastTo(2, 5, 4))))))
        }
      )
    )
  })
})
