import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  at,
  equals,
  fromArray,
  fromTypedArray,
  full,
  isTensor,
  item,
  ones,
  tensor,
  toArray,
  toFlatArray,
  zeros,
  type AnyTensor,
  type Nested
} from '../../lib/tensor/index.ts'
import { arbitraryTensor } from './arbitrary.ts'

describe('tensor', () => {
  it('reads the shape from the literal, and toArray gives the literal back', () => {
    fc.assert(
      fc.property(arbitraryTensor, (self) => {
        const nested: Nested<number | boolean> = toArray(self)
        const again: AnyTensor = tensor(nested, self.dtype)
        const lost = self.shape.indexOf(0)
        // nested arrays cannot tell what lies inside an axis without elements
        if (lost < 0 || lost === self.shape.length - 1) expect(equals(again, self)).toBe(true)
        expect(toArray(again)).toEqual(nested)
      })
    )
  })

  it('makes scalars, vectors, matrices and empty tensors', () => {
    expect(tensor(7).shape).toEqual([])
    expect(tensor([1, 2, 3]).shape).toEqual([3])
    expect(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6]
      ]).shape
    ).toEqual([3, 2])
    expect(tensor([]).shape).toEqual([0])
    expect(tensor([[], []]).shape).toEqual([2, 0])
  })

  it('takes f32 for numbers and bool for booleans where no element type is named', () => {
    expect(tensor([1, 2]).dtype).toBe('f32')
    expect(tensor([true, false]).dtype).toBe('bool')
    expect(tensor([]).dtype).toBe('f32')
    expect(toArray(tensor([true, false]))).toEqual([true, false])
  })

  it('rounds numbers to float32 once, and keeps float64 as it is', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(item(tensor(x))).toBe(Math.fround(x))
        expect(item(tensor(x, 'f64'))).toBe(x)
      })
    )
  })

  it('names the place where nesting is ragged', () => {
    const ragged: Nested<number> = [[1, 2], [3]]
    expect(() => tensor(ragged)).toThrow(
      'tensor: the lists at depth 1 differ in length: expected 2 elements at [1], got 1'
    )
    const mixed: Nested<number> = [[1, 2], 3]
    expect(() => tensor(mixed)).toThrow(
      'tensor: lists and single values are mixed at depth 1: expected a list of 2 at [1]'
    )
    const deeper: Nested<number> = [1, [2]]
    expect(() => tensor(deeper)).toThrow(
      'tensor: lists and single values are mixed at depth 1: expected a single value at [1]'
    )
  })

  it('refuses numbers that an integer type cannot hold, and names their place', () => {
    expect(() => tensor([[1, 2.5]], 'i32')).toThrow(
      'tensor: i32 holds whole numbers from -2147483648 to 2147483647, got 2.5 at [0, 1]'
    )
    expect(() => tensor(-1, 'u32')).toThrow('tensor: u32 holds whole numbers from 0 to 4294967295, got -1 at []')
    expect(() => tensor([NaN], 'i32')).toThrow('got NaN at [0]')
    fc.assert(
      fc.property(fc.double(), (x) => {
        const fits = Number.isInteger(x) && x >= -2147483648 && x <= 2147483647
        const make = (): number => item(tensor(x, 'i32'))
        if (fits) expect(make()).toBe(x + 0)
        else expect(make).toThrow('i32 holds whole numbers')
      })
    )
  })

  it('does not mix booleans and numbers', () => {
    expect(() => tensor([1, true])).toThrow('tensor: f32 holds numbers, got true at [1]')
    expect(() => tensor([true, 1])).toThrow('tensor: bool holds true or false, got 1 at [1]')
    expect(() => tensor([0, 1], 'bool')).toThrow('tensor: bool holds true or false, got 0 at [0]')
  })
})

describe('fromArray and fromTypedArray', () => {
  it('copy what they are given', () => {
    const source = Float32Array.of(1, 2, 3, 4)
    const typed = fromTypedArray([2, 2])(source)
    const flat = fromArray(source, [4])
    source.fill(9)
    expect(toArray(typed)).toEqual([
      [1, 2],
      [3, 4]
    ])
    expect(toArray(flat)).toEqual([1, 2, 3, 4])
  })

  it('take the element type from the kind of array', () => {
    expect(fromTypedArray([1])(Float32Array.of(0.1)).dtype).toBe('f32')
    expect(item(fromTypedArray([])(Float64Array.of(0.1)))).toBe(0.1)
    expect(fromTypedArray([1])(Int32Array.of(-1)).dtype).toBe('i32')
    expect(pipe(fromTypedArray([1])(Uint32Array.of(4294967295)), at(0))).toBe(4294967295)
  })

  it('refuse a length that does not fit the shape, and sizes that are none', () => {
    expect(() => fromArray([1, 2, 3], [2, 2])).toThrow('fromArray: shape [2, 2] holds 4 elements, got 3')
    expect(() => fromTypedArray([3])(Int32Array.of(1))).toThrow('fromTypedArray: shape [3] holds 3 elements, got 1')
    expect(() => fromArray([1], [-1])).toThrow(
      'fromArray: a size has to be a whole number of at least 0, got -1 for axis 0'
    )
    expect(() => zeros([2, 0.5])).toThrow('zeros: a size has to be a whole number of at least 0, got 0.5 for axis 1')
  })

  it('name the place of a value that does not fit', () => {
    expect(() => fromArray([1, 2, 3, 4.5], [2, 2], 'i32')).toThrow('got 4.5 at [1, 1]')
  })

  it('refuse a typed array that has no element type', () => {
    // @ts-expect-error a Uint8Array has no element type of its own
    expect(() => fromTypedArray([1])(Uint8Array.of(1))).toThrow('got Uint8Array; use fromArray')
  })
})

describe('zeros, ones and full', () => {
  it('hold one value in every place', () => {
    expect(toFlatArray(zeros([2, 3]))).toEqual([0, 0, 0, 0, 0, 0])
    expect(toFlatArray(ones([2], 'f64'))).toEqual([1, 1])
    expect(toFlatArray(ones([2], 'bool'))).toEqual([true, true])
    expect(toFlatArray(zeros([1], 'bool'))).toEqual([false])
    expect(toFlatArray(full([2], 0.1))).toEqual([Math.fround(0.1), Math.fround(0.1)])
    expect(full([1], true).dtype).toBe('bool')
    expect(full([], 3, 'u32').dtype).toBe('u32')
  })

  it('refuse a value that does not fit the type', () => {
    expect(() => full([2], -1, 'u32')).toThrow(
      'full: u32 holds whole numbers from 0 to 4294967295, got -1 at every place'
    )
    expect(() => full([2], 1, 'bool')).toThrow('full: bool holds true or false, got 1')
  })
})

describe('every constructor', () => {
  it('says in a sentence that there is no memory for so many elements', () => {
    expect(() => zeros([2 ** 30, 2 ** 20])).toThrow('tensor: there is no memory for 1125899906842624 elements of f32')
  })

  it('names the element types where it is given another', () => {
    expect(() => tensor([1], 'float32' as never)).toThrow(
      'tensor: the element types are f32, f64, i32, u32, bool, got float32'
    )
    expect(() => tensor([1], 'toString' as never)).toThrow('tensor: the element types are')
  })
})

describe('a tensor', () => {
  it('is frozen, and so is its shape', () => {
    const self = tensor([[1, 2]])
    expect(Object.isFrozen(self)).toBe(true)
    expect(Object.isFrozen(self.shape)).toBe(true)
    expect(isTensor(self)).toBe(true)
    expect(isTensor({ dtype: 'f32', shape: [1, 2] })).toBe(false)
  })

  it('keeps no reference to the shape it was given', () => {
    const shape = [2, 2]
    const self = fromArray([1, 2, 3, 4], shape)
    shape[0] = 4
    expect(self.shape).toEqual([2, 2])
  })

  it('hands out copies only', () => {
    const self = tensor([1, 2])
    const flat = toFlatArray(self) as number[]
    flat[0] = 9
    expect(toFlatArray(self)).toEqual([1, 2])
  })
})
