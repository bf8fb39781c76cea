import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  dataset,
  fromArrays,
  moments,
  normalise,
  shuffle,
  size,
  slice,
  split,
  take,
  type AnyDataset,
  type Dataset
} from '../../lib/data/index.ts'
import { key } from '../../lib/random/index.ts'
import { equals, fromArray, tensor, toArray, toFlatArray, zeros } from '../../lib/tensor/index.ts'
import { arbitrarySize, numbered } from './arbitrary.ts'

const labelsOf = (self: AnyDataset): readonly unknown[] => toFlatArray(self.labels)

const inOrder = (self: Dataset<[2], [], 'f32', 'i32'>): boolean => {
  const labels = toFlatArray(self.labels)
  return toArray(self.inputs).every(([a, b], i) => a === 2 * (labels[i] ?? NaN) && b === a + 1)
}

describe('dataset', () => {
  it('wants one label for each example', () => {
    expect(size(dataset(zeros([3, 2]), zeros([3], 'i32')))).toBe(3)
    expect(() => dataset(zeros([3, 2]), zeros([2], 'i32'))).toThrow(
      'dataset: inputs [3, 2] are 3 examples and labels [2] are 2; there has to be one label for each'
    )
    // @ts-expect-error a scalar has no axis of examples
    expect(() => dataset(zeros([]), zeros([1]))).toThrow('dataset: expected a first axis for the examples, got f32[]')
  })

  it('is frozen', () => {
    expect(Object.isFrozen(numbered(3))).toBe(true)
  })

  it('is made from nested arrays', () => {
    const xor = fromArrays(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1]
      ],
      [0, 1, 1, 0],
      { labels: 'i32' }
    )
    expect(xor.inputs.shape).toEqual([4, 2])
    expect(xor.labels.dtype).toBe('i32')
    expect(() => fromArrays([[1], [2]], [1])).toThrow('are 2 examples and labels [1] are 1')
  })
})

describe('slice, take and split', () => {
  it('keep inputs and labels together', () => {
    fc.assert(
      fc.property(arbitrarySize, fc.nat(), fc.nat(), (n, a, b) => {
        const [start, stop] = [a % (n + 1), b % (n + 1)].sort((x, y) => x - y) as [number, number]
        const part = pipe(numbered(n), slice(start, stop))
        expect(labelsOf(part)).toEqual(labelsOf(numbered(n)).slice(start, stop))
        expect(inOrder(part)).toBe(true)
      })
    )
  })

  it('take the first, and give the others too', () => {
    fc.assert(
      fc.property(arbitrarySize, fc.nat(), (n, a) => {
        const count = a % (n + 1)
        const [first, others] = pipe(numbered(n), split(count))
        expect(equals(first.inputs, pipe(numbered(n), take(count)).inputs)).toBe(true)
        expect([...labelsOf(first), ...labelsOf(others)]).toEqual(labelsOf(numbered(n)))
      })
    )
  })

  it('refuse what is out of range', () => {
    expect(() => pipe(numbered(3), take(4))).toThrow('take: count has to be a whole number from 0 to 3, got 4')
    expect(() => pipe(numbered(3), slice(2, 1))).toThrow('slice: stop has to be a whole number from 2 to 3, got 1')
    expect(() => pipe(numbered(3), split(1.5))).toThrow('split: count has to be a whole number from 0 to 3, got 1.5')
  })

  it('keep booleans and wide rows', () => {
    const data = dataset(zeros([3, 2, 2, 2], 'bool'), fromArray([1, 2, 3, 4, 5, 6], [3, 2], 'f64'))
    expect(toArray(pipe(data, slice(1, 3)).labels)).toEqual([
      [3, 4],
      [5, 6]
    ])
    expect(pipe(data, slice(1, 3)).inputs.shape).toEqual([2, 2, 2, 2])
  })
})

describe('shuffle', () => {
  it('is a permutation that keeps inputs and labels together, and a function of the key', () => {
    fc.assert(
      fc.property(arbitrarySize, fc.nat(), (n, seed) => {
        const mixed = pipe(numbered(n), shuffle(key(seed)))
        expect(labelsOf(mixed).toSorted((a, b) => Number(a) - Number(b))).toEqual(labelsOf(numbered(n)))
        expect(inOrder(mixed)).toBe(true)
        expect(labelsOf(pipe(numbered(n), shuffle(key(seed))))).toEqual(labelsOf(mixed))
      }),
      { numRuns: 30 }
    )
  })
})

describe('normalise', () => {
  it('rounds each operation once to float32', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 8 }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }).filter((x) => x !== 0),
        (values, shift, scale) => {
          const data = dataset(fromArray(values, [values.length]), zeros([values.length]))
          expect(toFlatArray(pipe(data, normalise({ subtract: shift, divide: scale })).inputs)).toEqual(
            values.map((x) => Math.fround(Math.fround(x - shift) / scale))
          )
        }
      )
    )
  })

  it('does nothing without settings, and leaves the labels', () => {
    const data = numbered(5)
    expect(equals(pipe(data, normalise({})).inputs, data.inputs)).toBe(true)
    expect(pipe(data, normalise({ divide: 2 })).labels).toBe(data.labels)
  })

  it('takes one number for each feature', () => {
    const data = fromArrays(
      [
        [1, 10],
        [3, 30]
      ],
      [0, 1]
    )
    expect(toArray(pipe(data, normalise({ subtract: [1, 10], divide: [2, 5] })).inputs)).toEqual([
      [0, 0],
      [1, 4]
    ])
    expect(() => pipe(data, normalise({ subtract: [1, 2, 3] }))).toThrow(
      'normalise: subtract has to be one number or 2, one for each feature of [2, 2], got 3'
    )
    expect(() => pipe(data, normalise({ divide: [1, 0] }))).toThrow(
      'normalise: divide has to be finite and not 0, got 0'
    )
    expect(() => pipe(data, normalise({ subtract: NaN }))).toThrow('normalise: subtract has to be finite, got NaN')
  })

  it('with the moments gives mean 0 and deviation 1', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 24 }), (values) => {
        const rows = Math.floor(values.length / 2)
        const data = dataset(fromArray(values.slice(0, 2 * rows), [rows, 2], 'f64'), zeros([rows]))
        const { mean, deviation } = moments(data)
        const after = moments(pipe(data, normalise({ subtract: mean, divide: deviation })))
        after.mean.forEach((m) => {
          expect(m).toBeCloseTo(0, 9)
        })
        after.deviation.forEach((d) => {
          expect(d).toBeCloseTo(1, 9)
        })
      })
    )
    expect(moments(fromArrays([1, 3], [0, 0]))).toEqual({ mean: [2], deviation: [1] })
  })

  it('works on tensors of class numbers only through floats', () => {
    const data = dataset(tensor([1, 2], 'i32'), tensor([1, 2]))
    // @ts-expect-error integer inputs are not divided
    const refused = (): unknown => pipe(data, normalise({ divide: 2 }))
    expect(refused).toBeTypeOf('function')
  })
})
