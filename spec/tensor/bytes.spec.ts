import * as fc from 'fast-check'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import {
  bytesPerElement,
  Eq,
  equals,
  fromArray,
  fromBytes,
  fromTypedArray,
  getEq,
  hashTree,
  item,
  tensor,
  toBytes,
  toFlatArray,
  Tree,
  type AnyTensor
} from '../../lib/tensor/index.ts'
import { arbitraryTensor, arbitraryTree } from './arbitrary.ts'

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const payloads = (bits: readonly number[]): Float32Array => new Float32Array(Uint32Array.from(bits).buffer)

describe('bytes', () => {
  it('come back as the same tensor', () => {
    fc.assert(
      fc.property(arbitraryTensor, (self) => {
        const again = pipe(toBytes(self), fromBytes(self.dtype, self.shape))
        expect(Either.isRight(again) && equals(again.right, self)).toBe(true)
        expect(toBytes(self).length).toBe(bytesPerElement(self.dtype) * toFlatArray(self).length)
      })
    )
  })

  it('are equal exactly where the tensors are equal', () => {
    const same = fc.tuple(arbitraryTensor, arbitraryTensor).map(([a, b]) => [a, b] as const)
    const near = arbitraryTensor.chain((a) =>
      fc.tuple(fc.constant(a), fc.constantFrom(a, fromArray(toFlatArray(a), a.shape, a.dtype)))
    )
    fc.assert(
      fc.property(fc.oneof(same, near), ([a, b]) => {
        const bytesAgree =
          a.dtype === b.dtype && String(a.shape) === String(b.shape) && hex(toBytes(a)) === hex(toBytes(b))
        expect(equals(a, b)).toBe(bytesAgree)
        expect(Eq.equals(a, b)).toBe(bytesAgree)
      })
    )
  })

  it('are little-endian', () => {
    expect(hex(toBytes(tensor([1, -2])))).toBe('0000803f000000c0')
    expect(hex(toBytes(tensor(1, 'f64')))).toBe('000000000000f03f')
    expect(hex(toBytes(tensor([1, -1], 'i32')))).toBe('01000000ffffffff')
    expect(hex(toBytes(tensor(0x01020304, 'u32')))).toBe('04030201')
    expect(hex(toBytes(tensor([true, false])))).toBe('0100')
  })

  it('know one NaN', () => {
    const strange = fromTypedArray([3])(payloads([0x7fc00001, 0xffc00000, 0x7f800001]))
    expect(hex(toBytes(strange))).toBe('0000c07f0000c07f0000c07f')
    expect(equals(strange, tensor([NaN, NaN, NaN]))).toBe(true)
    const doubles = fromTypedArray([1])(new Float64Array(BigUint64Array.of(0xfff8000000000001n).buffer))
    expect(hex(toBytes(doubles))).toBe('000000000000f87f')
  })

  it('tell −0 from 0', () => {
    expect(equals(tensor(0), tensor(-0))).toBe(false)
    expect(item(tensor(-0, 'i32'))).toBe(0)
  })

  it('are refused where their number or a bool does not fit', () => {
    expect(fromBytes('f32', [2])(Uint8Array.of(1, 2, 3))).toEqual(Either.left('fromBytes: f32[2] has 8 bytes, got 3'))
    expect(fromBytes('bool', [2])(Uint8Array.of(1, 2))).toEqual(
      Either.left('fromBytes: a bool is stored as 0 or 1, got 2 at byte 1')
    )
    expect(() => fromBytes('f32', [-1])).toThrow('fromBytes: a size has to be a whole number')
  })

  it('are copied on the way in', () => {
    const bytes = toBytes(tensor([1, 2]))
    const self = fromBytes('f32', [2])(bytes)
    bytes.fill(0)
    expect(Either.isRight(self) && toFlatArray(self.right)).toEqual([1, 2])
  })
})

describe('equality within a tolerance', () => {
  const close = getEq({ relative: 1e-6, absolute: 1e-9 })

  it('is reflexive and symmetric, and follows from equality', () => {
    fc.assert(
      fc.property(arbitraryTensor, arbitraryTensor, (a, b) => {
        expect(close.equals(a, a)).toBe(true)
        expect(close.equals(a, b)).toBe(close.equals(b, a))
        if (equals(a, b)) expect(close.equals(a, b)).toBe(true)
      })
    )
  })

  it('takes what is near and refuses what is far', () => {
    expect(close.equals(tensor([1, 0], 'f64'), tensor([1 + 5e-7, 5e-10], 'f64'))).toBe(true)
    expect(close.equals(tensor(1, 'f64'), tensor(1 + 5e-6, 'f64'))).toBe(false)
    expect(close.equals(tensor(0), tensor(-0))).toBe(true)
    expect(close.equals(tensor(NaN), tensor(NaN))).toBe(true)
    expect(close.equals(tensor(NaN), tensor(1))).toBe(false)
    expect(close.equals(tensor(Infinity), tensor(1e38))).toBe(false)
    expect(close.equals(tensor([1]), tensor([[1]]))).toBe(false)
  })

  it('refuses a tolerance that is none', () => {
    expect(() => getEq({ relative: -1, absolute: 0 })).toThrow('getEq: a tolerance is a finite number of at least 0')
    expect(() => getEq({ relative: NaN, absolute: 0 })).toThrow('got relative NaN and absolute 0')
  })
})

describe('the hash of a tree', () => {
  it('is SHA-256 over the layout of the documentation', () => {
    // computed with another implementation of SHA-256 over the bytes written out by hand
    expect(hashTree(tensor([1, -2]))).toBe('46fdd918b95729bbda4477fba657e097297afcbb3569c1092038983e2a1813a5')
    expect(hashTree({ fc1: { kernel: tensor([[1, 2]]), bias: tensor([true]) } })).toBe(
      '1af9107cdd3db20f22cfde09b368c722ea2e4d4e16359a29a6a0b548359d1055'
    )
  })

  it('differs where a path, a type, a shape or an element differs', () => {
    const trees: readonly { readonly [name: string]: AnyTensor }[] = [
      { a: tensor([1, 2]) },
      { b: tensor([1, 2]) },
      { a: tensor([1, 2], 'f64') },
      { a: tensor([1, 2], 'i32') },
      { a: tensor([[1, 2]]) },
      { a: tensor([1, 3]) },
      { a: tensor(1), b: tensor(2) },
      { b: tensor(2), a: tensor(1) },
      { 'a.b': tensor([1, 2]) }
    ]
    expect(new Set([...trees, { a: { b: tensor([1, 2]) } }].map((tree) => hashTree<typeof tree>(tree))).size).toBe(10)
  })

  it('is the same for equal trees and another for others', () => {
    const copy = (leaf: AnyTensor): AnyTensor => fromArray(toFlatArray(leaf), leaf.shape, leaf.dtype)
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (a, b) => {
        expect(hashTree(pipe(a, Tree.map(copy)))).toBe(hashTree(a))
        expect(hashTree(a) === hashTree(b)).toBe(Tree.equals(a, b))
      })
    )
  })

  it('and equality see the same structure, where keys are empty or have dots in them', () => {
    const leaf = tensor(1)
    expect(Tree.equals<typeof leaf, { readonly '': typeof leaf }>(leaf, { '': leaf })).toBe(false)
    expect(Tree.structureEquals({ 'a.b': leaf }, { a: { b: leaf } })).toBe(false)
  })

  it('counts −0 and 0 as different and every NaN as one', () => {
    expect(hashTree(tensor(0))).not.toBe(hashTree(tensor(-0)))
    expect(hashTree(fromTypedArray([1])(payloads([0xffc12345])))).toBe(hashTree(tensor([NaN])))
  })
})
