import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnySliding } from '../../lib/shape/index.ts'
import { pads, pads2d, window, window1d, window2d } from '../../lib/shape/index.ts'

const size = fc.nat({ max: 60 })
const kernel = fc.integer({ min: 1, max: 9 })
const stride = fc.integer({ min: 1, max: 5 })
const dilation = fc.integer({ min: 1, max: 4 })
const zeros = fc.nat({ max: 6 })

/** Counts the starts of which every tap falls on an axis of length n. */
const positions = (n: number, k: number, s: number, d: number): number =>
  Array.from({ length: n }, (_, start) => start).filter(
    (start) => start % s === 0 && Array.from({ length: k }, (_, tap) => start + tap * d).every((at) => at < n)
  ).length

describe('window', () => {
  it('counts the positions of a window whose taps all fall on the padded axis', () => {
    fc.assert(
      fc.property(size, kernel, stride, zeros, dilation, (n, k, s, p, d) => {
        expect(window(n, k, s, 'valid', d)).toBe(positions(n, k, s, d))
        expect(window(n, k, s, p, d)).toBe(positions(n + 2 * p, k, s, d))
      }),
      { numRuns: 300 }
    )
  })

  it("'same' keeps one position a stride, and its zeros are just enough for them", () => {
    fc.assert(
      fc.property(size, kernel, stride, dilation, (n, k, s, d) => {
        const [before, after] = pads(n, k, s, 'same', d)
        const count = Array.from({ length: n }, (_, i) => i).filter((i) => i % s === 0).length
        expect(window(n, k, s, 'same', d)).toBe(count)
        fc.pre(n > 0)
        expect(positions(n + before + after, k, s, d)).toBe(count)
        // not one zero more than needed, and the odd one behind
        if (before + after > 0) expect(positions(n + before + after - 1, k, s, d)).toBe(count - 1)
        expect([0, 1]).toContain(after - before)
      }),
      { numRuns: 300 }
    )
  })

  it('zeros given by number are on both sides, and valid has none', () => {
    fc.assert(
      fc.property(size, kernel, stride, zeros, dilation, (n, k, s, p, d) => {
        expect(pads(n, k, s, p, d)).toEqual([p, p])
        expect(pads(n, k, s, 'valid', d)).toEqual([0, 0])
      })
    )
  })

  it('a name stays where the window keeps the size, and is not known elsewhere', () => {
    expect(window('time', 3, 1, 'same')).toBe('time')
    expect(window('time', 1, 1, 'valid')).toBe('time')
    expect(window('time', 5, 1, 2)).toBe('time')
    expect(window('time', 3, 1, 2, 2)).toBe('time')
    expect(window('time', 5, 1, 'valid')).toBe('?')
    expect(window('time', 3, 2, 'same')).toBe('?')
  })
})

describe('window2d', () => {
  const setting: fc.Arbitrary<AnySliding> = fc.record({
    kernel: fc.tuple(kernel, kernel),
    stride: fc.tuple(stride, stride),
    padding: fc.tuple(fc.oneof(zeros, fc.constantFrom<('valid' | 'same')[]>('valid', 'same')), zeros),
    dilation: fc.tuple(dilation, dilation)
  })
  const first = <T>(x: T | readonly [T, T]): T => (Array.isArray(x) ? x[0] : x) as T
  const second = <T>(x: T | readonly [T, T]): T => (Array.isArray(x) ? x[1] : x) as T

  it('is a window on the height and one on the width', () => {
    fc.assert(
      fc.property(size, size, setting, (h, w, { kernel, stride, padding, dilation }) => {
        const high = window(h, first(kernel), first(stride), first(padding), first(dilation))
        const wide = window(w, second(kernel), second(stride), second(padding), second(dilation))
        const slid = window2d([h, w, 3], { kernel, stride, padding, dilation })
        expect(slid).toEqual(
          high > 0 && wide > 0
            ? Either.right([high, wide, 3])
            : Either.left(`window: the window is larger than the input [${h}, ${w}, 3]`)
        )
        expect(pads2d([h, w, 3], { kernel, stride, padding, dilation })).toEqual([
          pads(h, first(kernel), first(stride), first(padding), first(dilation)),
          pads(w, second(kernel), second(stride), second(padding), second(dilation))
        ])
      })
    )
  })

  const five: AnySliding = { kernel: 5, stride: 1, padding: 'valid', dilation: 1 }

  it('keeps the channels, or takes those of the filters', () => {
    expect(window2d([28, 28, 1], five)).toEqual(Either.right([24, 24, 1]))
    expect(window2d([28, 28, 1], five, 8)).toEqual(Either.right([24, 24, 8]))
    expect(window2d([28, 'width', 'channels'], five)).toEqual(Either.right([24, '?', 'channels']))
  })

  it('says what is wrong: no image, a window too large, a setting that is no number', () => {
    const say = (shape: readonly number[], sliding: AnySliding): unknown => window2d(shape, sliding, 8, 'conv2d(5x5)')
    expect(say([784], five)).toEqual(Either.left('conv2d(5x5): expected [height, width, channels], got [784]'))
    expect(say([4, 4, 1], five)).toEqual(Either.left('conv2d(5x5): the window is larger than the input [4, 4, 1]'))
    expect(say([28, 28, 1], { ...five, stride: 0 })).toEqual(
      Either.left('conv2d(5x5): the stride has to be a positive whole number, got 0')
    )
    expect(say([28, 28, 1], { ...five, kernel: [5, 2.5] })).toEqual(
      Either.left('conv2d(5x5): the kernel has to be a positive whole number, got 2.5')
    )
    expect(say([28, 28, 1], { ...five, dilation: -1 })).toEqual(
      Either.left('conv2d(5x5): the dilation has to be a positive whole number, got -1')
    )
    expect(say([28, 28, 1], { ...five, padding: -1 })).toEqual(
      Either.left("conv2d(5x5): the padding has to be 'valid', 'same' or a whole number, got -1")
    )
  })
})

describe('window1d', () => {
  it('slides over the time of a sequence', () => {
    const three = { kernel: 3, stride: 2, padding: 'same', dilation: 1 } as const
    expect(window1d([9, 4], three, 16)).toEqual(Either.right([5, 16]))
    expect(window1d([9], three, 16, 'conv1d')).toEqual(Either.left('conv1d: expected [time, channels], got [9]'))
  })
})
