import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, run } from '../../lib/engine/index.ts'
import { applyOne, typed, type Expr } from '../../lib/expr/internal.ts'
import { bits, evaluateKey, foldIn, key, normal, split, splitList, type Key } from '../../lib/random/index.ts'
import { bufferOf, fromBuffer } from '../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../lib/tensor/index.ts'

const arbitraryKey: fc.Arbitrary<Key> = fc
  .tuple(fc.nat({ max: 0xffffffff }), fc.nat({ max: 0xffffffff }))
  .map((words) => fromBuffer('u32', [2], Uint32Array.from(words)))

const numbers = (tensor: AnyTensor): readonly number[] => [...bufferOf(tensor)]

/** FNV-1a with whole numbers of any size. */
const fnv1a = (bytes: readonly number[]): number =>
  Number(bytes.reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x01000193n) % 0x100000000n, 0x811c9dc5n))

describe('keys', () => {
  it('are the two words of a seed; the high one only where it is asked for', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seed) => {
        const word = BigInt.asUintN(64, BigInt(seed))
        const [high, low] = [Number(word >> 32n), Number(word & 0xffffffffn)]
        expect(numbers(key(seed))).toEqual([0, low])
        expect(numbers(key(seed, { x64: true }))).toEqual([high, low])
      })
    )
  })

  it.each([1.5, NaN, Infinity, 2 ** 53])('a seed of %s is refused', (seed) => {
    expect(() => key(seed)).toThrow(`key: the seed has to be a whole number up to 2^53 - 1, got ${seed}`)
  })

  it('a value that is no key is refused in one sentence', () => {
    const three = fromBuffer<[3], 'u32'>('u32', [3], Uint32Array.of(1, 2, 3))
    // @ts-expect-error a key has two words
    expect(() => normal({ shape: [2] })(three)).toThrow('random: a key is u32[2], got u32[3]; make one with key(seed)')
    expect(() => normal({ shape: [2] })(42 as never)).toThrow(
      'random: a key is u32[2], got 42; make one with key(seed)'
    )
    expect(() => normal({ shape: [2] })(undefined as never)).toThrow('random: a key is u32[2], got nothing')
  })

  it('that are computed draw the same as keys that are known', () => {
    fc.assert(
      fc.property(arbitraryKey, (known) => {
        const f = (k: Expr<[2], 'u32'>): Expr<[5]> => normal({ shape: [5] })(foldIn(k, 'name'))
        expect(numbers(run(f)(known))).toEqual(numbers(evaluate(normal({ shape: [5] })(foldIn(known, 'name')))))
      }),
      { numRuns: 30 }
    )
  })

  it('evaluateKey gives the words of a derived key, and a known key as it is', () => {
    const root = key(42)
    expect(evaluateKey(root)).toBe(root)
    expect(numbers(evaluateKey(foldIn(root, 1)))).toEqual(numbers(evaluate(split(2)(root))).slice(2))
  })
})

describe('split', () => {
  it('numbers its keys: row i is foldIn of i, whatever the number of keys', () => {
    fc.assert(
      fc.property(arbitraryKey, fc.integer({ min: 1, max: 9 }), (root, count) => {
        const rows = numbers(evaluate(split(count)(root)))
        const folded = Array.from({ length: count }, (_, i) => numbers(evaluate(foldIn(root, i))))
        expect(rows).toEqual(folded.flat())
        expect(splitList(count)(root).map((each) => numbers(evaluate(each)))).toEqual(folded)
      }),
      { numRuns: 30 }
    )
  })

  it('of nothing is nothing, and of no number is refused', () => {
    expect(evaluate(split(0)(key(1))).shape).toEqual([0, 2])
    expect(splitList(0)(key(1))).toEqual([])
    expect(() => split(-1)(key(1))).toThrow('split: the number of keys has to be whole and from 0 to 2^32 - 1, got -1')
  })
})

describe('foldIn', () => {
  it('of a path goes segment by segment', () => {
    fc.assert(
      fc.property(arbitraryKey, fc.array(fc.oneof(fc.nat(), fc.string())), (root, path) => {
        const stepwise = path.reduce<Expr<[2], 'u32'>>((k, mark) => foldIn(k, mark), foldIn(root, []))
        expect(numbers(evaluate(foldIn(root, path)))).toEqual(numbers(evaluate(stepwise)))
      }),
      { numRuns: 30 }
    )
    expect(numbers(evaluate(foldIn(key(7), [])))).toEqual([0, 7])
  })

  it('of a name folds the FNV-1a hash of its UTF-8 bytes', () => {
    const named = (name: string): readonly number[] => numbers(evaluate(foldIn(key(7), name)))
    const numbered = (n: number): readonly number[] => numbers(evaluate(foldIn(key(7), n)))
    // published test vectors of FNV-1a, 32 bits
    expect(named('')).toEqual(numbered(0x811c9dc5))
    expect(named('a')).toEqual(numbered(0xe40c292c))
    expect(named('foobar')).toEqual(numbered(0xbf9cf968))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(named(name)).toEqual(numbered(fnv1a([...new TextEncoder().encode(name)])))
      }),
      { numRuns: 50 }
    )
  })

  it('of a computed number is the same as of the number, and an i32 counts by its bits', () => {
    const scalarOf = (dtype: 'i32' | 'u32', n: number) =>
      applyOne('constant', [], {
        value: dtype === 'i32' ? fromBuffer('i32', [], Int32Array.of(n)) : fromBuffer('u32', [], Uint32Array.of(n))
      })
    const known = numbers(evaluate(foldIn(key(7), 4294967295)))
    expect(numbers(evaluate(foldIn(key(7), typed<[], 'u32'>(scalarOf('u32', 4294967295)))))).toEqual(known)
    expect(numbers(evaluate(foldIn(key(7), typed<[], 'i32'>(scalarOf('i32', -1)))))).toEqual(known)
  })

  it.each([-1, 1.5, 2 ** 32, NaN])('of %s is refused', (n) => {
    expect(() => foldIn(key(1), n)).toThrow(`foldIn: a number has to be whole and from 0 to 2^32 - 1, got ${n}`)
  })

  it('of a vector is refused', () => {
    const vector = bits({ shape: [2] })(key(1))
    // @ts-expect-error a mark has no axes
    expect(() => foldIn(key(1), vector)).toThrow('foldIn: takes a number, a name or a scalar u32 or i32, got u32[2]')
  })
})
