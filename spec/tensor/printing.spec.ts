import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  fromArray,
  fromTypedArray,
  ones,
  Show,
  show,
  showWith,
  tensor,
  toArray,
  toFlatArray,
  zeros
} from '../../lib/tensor/index.ts'
import { arbitraryTensorOf } from './arbitrary.ts'

const counting = (...shape: readonly number[]): ReturnType<typeof zeros<readonly number[]>> =>
  fromArray(
    Array.from({ length: shape.reduce((product, n) => product * n, 1) }, (_, i) => i),
    shape
  )

describe('show', () => {
  it('prints scalars and vectors on one line', () => {
    expect(show(tensor(0.5))).toBe('f32[] 0.5')
    expect(show(tensor([1, 2, 3], 'i32'))).toBe('i32[3] [1, 2, 3]')
    expect(show(tensor([true, false]))).toBe('bool[2] [true, false]')
    expect(Show.show(tensor([]))).toBe('f32[0] []')
  })

  it('prints matrices row by row in columns', () => {
    expect(
      show(
        tensor([
          [1, 20],
          [-3, 0.5]
        ])
      )
    ).toBe('f32[2, 2]\n[[  1,  20],\n [ -3, 0.5]]')
  })

  it('separates the blocks of outer axes by empty lines', () => {
    expect(show(counting(2, 2, 2))).toBe('f32[2, 2, 2]\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]')
  })

  it('prints the shortest decimals that read back as the same value', () => {
    expect(show(tensor([0.1, 1 / 3, 16777216, 1e-45, 3.4028234663852886e38]))).toBe(
      'f32[5] [0.1, 0.33333334, 16777216, 1e-45, 3.4028235e+38]'
    )
    expect(show(tensor([0.1, 1 / 3], 'f64'))).toBe('f64[2] [0.1, 0.3333333333333333]')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.float({ noNaN: true }), { maxLength: 5 }),
        fc.constantFrom('f32', 'f64'),
        (values, dtype) => {
          const self = fromArray(values, [values.length], dtype)
          const texts = show(self).replace(/^.*?\] \[|\]$/g, '')
          const numbers = texts === '' ? [] : texts.split(/,\s*/).map(Number)
          expect(numbers.map(Math.fround)).toEqual(values)
        }
      )
    )
  })

  it('prints −0, infinities and NaN as JavaScript writes them', () => {
    expect(show(tensor([-0, Infinity, -Infinity, NaN]))).toBe('f32[4] [-0, Infinity, -Infinity, NaN]')
    expect(show(fromTypedArray([1])(Float64Array.of(-0)))).toBe('f64[1] [-0]')
  })

  it('prints small tensors whole', () => {
    fc.assert(
      fc.property(arbitraryTensorOf('i32', [3, 2, 4]), (self) => {
        const body = show(self).slice('i32[3, 2, 4]\n'.length)
        expect(JSON.parse(body)).toEqual(toArray(self))
      })
    )
  })

  it('wraps long vectors and prints all of them', () => {
    const self = counting(300)
    const lines = show(self).split('\n')
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.every((line) => line.length <= 'f32[300] '.length + 75)).toBe(true)
    expect(JSON.parse(show(self).slice('f32[300] '.length))).toEqual(toFlatArray(self))
  })

  it('prints large tensors by their edges', () => {
    expect(show(counting(2000))).toBe('f32[2000] [0, 1, 2, ..., 1997, 1998, 1999]')
    expect(show(counting(100, 100))).toBe(
      [
        'f32[100, 100]',
        '[[   0,    1,    2, ...,   97,   98,   99],',
        ' [ 100,  101,  102, ...,  197,  198,  199],',
        ' [ 200,  201,  202, ...,  297,  298,  299],',
        ' ...,',
        ' [9700, 9701, 9702, ..., 9797, 9798, 9799],',
        ' [9800, 9801, 9802, ..., 9897, 9898, 9899],',
        ' [9900, 9901, 9902, ..., 9997, 9998, 9999]]'
      ].join('\n')
    )
    expect(show(ones([1000])).includes('...')).toBe(false)
    expect(show(ones([1001])).includes('...')).toBe(true)
  })

  it('leaves short axes of large tensors whole', () => {
    expect(show(counting(1000, 2)).split('\n')[1]).toBe('[[   0,    1],')
  })

  it('prints tensors without elements', () => {
    expect(show(zeros([0, 3]))).toBe('f32[0, 3]\n[]')
  })
})

describe('showWith', () => {
  it('takes threshold, edge and width', () => {
    expect(pipe(counting(100), showWith({ threshold: 10, edge: 2 }))).toBe('f32[100] [0, 1, ..., 98, 99]')
    expect(pipe(counting(4), showWith({ width: 8 }))).toBe('f32[4] [0, 1,\n 2, 3]')
  })

  it('refuses settings that are none', () => {
    expect(() => showWith({ edge: 0 })).toThrow('show: edge has to be at least 1, got 0')
    expect(() => showWith({ threshold: NaN })).toThrow('show: threshold has to be at least 0, got NaN')
  })
})
