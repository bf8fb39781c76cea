import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { at, fromArray, item, tensor, toArray, toFlatArray, zeros } from '../../lib/tensor/index.ts'
import { arbitraryTensor } from './arbitrary.ts'

/** What indexing nested arrays step by step gives. */
const step = (nested: unknown, indices: readonly number[]): unknown =>
  indices.reduce((node, index) => (node as readonly unknown[]).at(index), nested)

describe('at', () => {
  it('reads what the nested arrays hold, from either end', () => {
    fc.assert(
      fc.property(
        arbitraryTensor.filter(({ shape }) => !shape.includes(0)),
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (self, numbers, fromTheEnd) => {
          const indices = self.shape.map((n, axis) => ((numbers[axis] ?? 0) % n) - (fromTheEnd ? n : 0))
          expect(pipe(self, at(...indices))).toBe(step(toArray(self), indices))
        }
      )
    )
  })

  it('refuses an index out of range in one sentence', () => {
    const self = tensor([
      [1, 2, 3],
      [4, 5, 6]
    ])
    expect(() => pipe(self, at(2, 0))).toThrow('at: index 2 is out of range for axis 0 of [2, 3], which has 2 elements')
    expect(() => pipe(self, at(0, -4))).toThrow(
      'at: index -4 is out of range for axis 1 of [2, 3], which has 3 elements'
    )
    expect(() => pipe(self, at(0, 0.5))).toThrow('at: index 0.5 is out of range for axis 1')
    expect(() => pipe(zeros([0]), at(0))).toThrow('at: index 0 is out of range for axis 0 of [0], which has 0 elements')
  })

  it('wants one index for each axis, where the rank is known at run time only', () => {
    const shape: readonly number[] = [2, 2]
    expect(() => pipe(fromArray([1, 2, 3, 4], shape), at(1))).toThrow('at: [2, 2] takes one index for each axis, got 1')
  })
})

describe('item', () => {
  it('reads a scalar', () => {
    expect(item(tensor(0.5))).toBe(0.5)
    expect(item(tensor(true))).toBe(true)
  })

  it('refuses anything else, where the rank is known at run time only', () => {
    const shape: readonly number[] = [1]
    const self = fromArray([1], shape)
    // @ts-expect-error the rank of self is not known to be 0
    expect(() => item(self)).toThrow('item: expected a tensor of shape [], got [1]; use at to read one element')
  })
})

describe('toArray and toFlatArray', () => {
  it('hold the same elements in the same order', () => {
    fc.assert(
      fc.property(arbitraryTensor, (self) => {
        const nested = toArray(self)
        expect(Array.isArray(nested) ? (nested as readonly unknown[]).flat(8) : [nested]).toEqual(toFlatArray(self))
      })
    )
  })
})
