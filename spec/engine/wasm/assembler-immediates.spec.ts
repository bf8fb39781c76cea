/**
 * Instructions with more than operands: memory, constants, lanes, shuffles.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as assembler from '../../../lib/engine/wasm/assembler/index.ts'
import {
  atomic,
  f32,
  f64,
  i32,
  i64,
  memory as bulk,
  v128,
  type Instruction
} from '../../../lib/engine/wasm/assembler/index.ts'
import { arbitraryBits } from './instructions/values.ts'
import { bitsOf } from './instructions/scalar.ts'
import { bitsAt, bytesFrom, kept, onBytes, pattern } from './instructions/memory.ts'
import { lanesOf, vectorOf } from './instructions/vector.ts'

describe('constants', () => {
  test('of integers and vectors are their bits', () => {
    fc.assert(
      fc.property(arbitraryBits.i, arbitraryBits.I, arbitraryBits.v, (small, long, vector) => {
        expect(kept(i32.constant(Number(BigInt.asIntN(32, small))))).toBe(small)
        expect(kept(i64.constant(BigInt.asIntN(64, long)))).toBe(long)
        expect(kept(v128.constantBytes(bytesFrom(vector, 16)))).toBe(vector)
        const words = lanesOf(32, vector).map((lane) => Number(BigInt.asIntN(32, lane)))
        expect(kept(v128.constantI32(...words))).toBe(vector)
        const longs = lanesOf(64, vector).map((lane) => BigInt.asIntN(64, lane))
        expect(kept(v128.constantI64(longs[0]!, longs[1]!))).toBe(vector)
      }),
      { numRuns: 60 }
    )
  })

  test('of floats are rounded to their type, and repeated where a lane is missing', () => {
    for (const x of [0, -0, 1 / 3, 16777217, 1e300, Infinity, 5e-324]) {
      const [single, double] = [bitsOf(32, x), bitsOf(64, x)]
      expect(kept(f32.constant(x))).toBe(single)
      expect(kept(f64.constant(x))).toBe(double)
      expect(kept(v128.constantF32(x))).toBe(vectorOf(32, [single, single, single, single]))
      const one = bitsOf(32, 1)
      expect(kept(v128.constantF32(x, 1))).toBe(vectorOf(32, [single, one, single, one]))
      expect(kept(v128.constantF64(x))).toBe(vectorOf(64, [double, double]))
      expect(kept(v128.constantF64(1, x))).toBe(vectorOf(64, [bitsOf(64, 1), double]))
    }
  })
})

/** What a load makes of the bytes at its address. */
const widened = (count: number, width: number, isSigned: boolean) => (bits: bigint) => {
  const part = BigInt.asUintN(8 * count, bits)
  return BigInt.asUintN(8 * width, isSigned ? BigInt.asIntN(8 * count, part) : part)
}
const lanesWidened = (from: number, isSigned: boolean) => (bits: bigint) =>
  vectorOf(
    2 * from,
    lanesOf(from, bits)
      .slice(0, 64 / from)
      .map((lane) => (isSigned ? BigInt.asIntN(from, lane) : lane))
  )
const repeated = (bits: number) => (value: bigint) =>
  vectorOf(
    bits,
    Array.from({ length: 128 / bits }, () => lanesOf(bits, value)[0]!)
  )
const asIs = (bits: bigint): bigint => bits

type Load = (address: number, offset?: number) => Instruction
const loads: readonly (readonly [string, Load, (bits: bigint) => bigint])[] = [
  ['i32.load', i32.load, widened(4, 4, false)],
  ['i32.load8Signed', i32.load8Signed, widened(1, 4, true)],
  ['i32.load8Unsigned', i32.load8Unsigned, widened(1, 4, false)],
  ['i32.load16Signed', i32.load16Signed, widened(2, 4, true)],
  ['i32.load16Unsigned', i32.load16Unsigned, widened(2, 4, false)],
  ['i64.load', i64.load, widened(8, 8, false)],
  ['i64.load32Unsigned', i64.load32Unsigned, widened(4, 8, false)],
  ['f32.load', f32.load, widened(4, 4, false)],
  ['f64.load', f64.load, widened(8, 8, false)],
  ['v128.load', v128.load, asIs],
  ['v128.load8x8Signed', v128.load8x8Signed, lanesWidened(8, true)],
  ['v128.load8x8Unsigned', v128.load8x8Unsigned, lanesWidened(8, false)],
  ['v128.load16x4Signed', v128.load16x4Signed, lanesWidened(16, true)],
  ['v128.load16x4Unsigned', v128.load16x4Unsigned, lanesWidened(16, false)],
  ['v128.load32x2Signed', v128.load32x2Signed, lanesWidened(32, true)],
  ['v128.load32x2Unsigned', v128.load32x2Unsigned, lanesWidened(32, false)],
  ['v128.load8Splat', v128.load8Splat, repeated(8)],
  ['v128.load16Splat', v128.load16Splat, repeated(16)],
  ['v128.load32Splat', v128.load32Splat, repeated(32)],
  ['v128.load64Splat', v128.load64Splat, repeated(64)],
  ['v128.load32Zero', v128.load32Zero, widened(4, 16, false)],
  ['v128.load64Zero', v128.load64Zero, widened(8, 16, false)]
]

const laneLoads = [
  [8, v128.load8Lane, v128.store8Lane],
  [16, v128.load16Lane, v128.store16Lane],
  [32, v128.load32Lane, v128.store32Lane],
  [64, v128.load64Lane, v128.store64Lane]
] as const

describe('memory', () => {
  test.each(loads)('%s reads at any address and offset', (_, load, expected) => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (address, offset) => {
        expect(kept(load(address, offset))).toBe(expected(bitsAt(pattern, address + offset, 16)))
      }),
      { numRuns: 20 }
    )
  })

  test('every load of the tables is among them', () => {
    const names = (['i32', 'i64', 'f32', 'f64', 'v128'] as const).flatMap((table) =>
      Object.keys(assembler[table]).flatMap((key) => (key.startsWith('load') ? [`${table}.${key}`] : []))
    )
    const lanes = laneLoads.map(([bits]) => `v128.load${bits}Lane`)
    expect([...loads.map(([key]) => key), ...lanes].toSorted()).toEqual(names.toSorted())
  })

  test.each(laneLoads)('lanes of %i bits are read and written alone', (bits, load, store) => {
    fc.assert(
      fc.property(fc.nat(128 / bits - 1), fc.nat(50), arbitraryBits.v, (lane, offset, vector) => {
        const constant = v128.constantBytes(bytesFrom(vector, 16))
        const expected = lanesOf(bits, vector).map((each, i) =>
          i === lane ? BigInt.asUintN(bits, bitsAt(pattern, 3 + offset, 16)) : each
        )
        expect(kept(load(3, constant, lane, offset))).toBe(vectorOf(bits, expected))
        const stored = onBytes([store(3, constant, lane, offset)], pattern)
        const after = pattern.slice()
        after.splice(3 + offset, bits / 8, ...bytesFrom(lanesOf(bits, vector)[lane]!, bits / 8))
        expect(stored).toEqual(after)
      }),
      { numRuns: 30 }
    )
  })

  test('stores write their bytes and no others', () => {
    const bits = 0x0123456789abcdeffedcba9876543210n
    const small = i32.constant(0x76543210)
    const long = i64.constant(0x7edcba9876543210n)
    const cases = [
      [i32.store(5, small, 7), 4],
      [i32.store16(5, small, 7), 2],
      [i32.store8(5, small, 7), 1],
      [i64.store(5, long, 7), 8],
      [i64.store32(5, long, 7), 4],
      [f32.store(5, f32.reinterpretI32(small), 7), 4],
      [f64.store(5, f64.reinterpretI64(long), 7), 8],
      [v128.store(5, v128.constantBytes(bytesFrom(bits, 16)), 7), 16]
    ] as const
    for (const [instruction, count] of cases) {
      const after = pattern.slice()
      after.splice(12, count, ...bytesFrom(count === 16 ? bits : 0x7edcba9876543210n, count))
      expect(onBytes([instruction], pattern)).toEqual(after)
    }
  })

  test('whole ranges are copied and filled, overlapping ones too', () => {
    const copied = pattern.slice()
    copied.copyWithin(20, 10, 50)
    expect(onBytes([bulk.copy(20, 10, 40)], pattern)).toEqual(copied)
    expect(onBytes([bulk.fill(30, 0x1ff, 9)], pattern)).toEqual(pattern.slice().fill(255, 30, 39))
  })

  test('atomic instructions give what was there before', () => {
    const before = pattern.with(0, 5).with(1, 0).with(2, 0).with(3, 0)
    const word = (instruction: Instruction<'i32'>): readonly [before: number, after: number] => {
      const bytes = onBytes([i32.store(8, instruction)], before, true)
      return [Number(BigInt.asIntN(32, bitsAt(bytes, 8, 4))), Number(bitsAt(bytes, 0, 4))]
    }
    expect(word(atomic.load(0))).toEqual([5, 5])
    expect(word(atomic.add(0, 3))).toEqual([5, 8])
    expect(word(atomic.subtract(0, 3))).toEqual([5, 2])
    expect(word(atomic.exchange(0, 77))).toEqual([5, 77])
    expect(word(atomic.notify(0, 1))).toEqual([0, 5])
    expect(word(atomic.wait(0, 6, i64.constant(-1n)))).toEqual([1, 5])
    expect(word(atomic.wait(0, 5, i64.constant(1000n)))).toEqual([2, 5])
    expect(onBytes([atomic.store(4, 9, 4)], pattern, true).slice(8, 12)).toEqual([9, 0, 0, 0])
  })
})

describe('lanes', () => {
  const { i8x16, i16x8, i32x4, i64x2, f32x4, f64x2 } = assembler
  const readers = [
    [8, 32, true, i8x16.extractSigned],
    [8, 32, false, i8x16.extractUnsigned],
    [16, 32, true, i16x8.extractSigned],
    [16, 32, false, i16x8.extractUnsigned],
    [32, 32, false, i32x4.extract],
    [64, 64, false, i64x2.extract],
    [32, 32, false, f32x4.extract],
    [64, 64, false, f64x2.extract]
  ] as const
  const small = i32.load(0)
  const writers = [
    [8, (v: Instruction<'v128'>, lane: number) => i8x16.replace(v, lane, small)],
    [16, (v: Instruction<'v128'>, lane: number) => i16x8.replace(v, lane, small)],
    [32, (v: Instruction<'v128'>, lane: number) => i32x4.replace(v, lane, small)],
    [64, (v: Instruction<'v128'>, lane: number) => i64x2.replace(v, lane, i64.load(0))],
    [32, (v: Instruction<'v128'>, lane: number) => f32x4.replace(v, lane, f32.load(0))],
    [64, (v: Instruction<'v128'>, lane: number) => f64x2.replace(v, lane, f64.load(0))]
  ] as const

  test('are read, with their sign where asked for', () => {
    fc.assert(
      fc.property(arbitraryBits.v, fc.nat(15), (vector, place) => {
        for (const [bits, wide, isSigned, extract] of readers) {
          const lane = place % (128 / bits)
          const part = lanesOf(bits, vector)[lane]!
          const expected = BigInt.asUintN(wide, isSigned ? BigInt.asIntN(bits, part) : part)
          expect(kept(extract(v128.load(16), lane), [...pattern.slice(0, 16), ...bytesFrom(vector, 16)])).toBe(expected)
        }
      }),
      { numRuns: 30 }
    )
  })

  test('are replaced one by one', () => {
    fc.assert(
      fc.property(arbitraryBits.v, arbitraryBits.I, fc.nat(15), (vector, value, place) => {
        for (const [bits, replace] of writers) {
          const lane = place % (128 / bits)
          const before = [...bytesFrom(value, 8), ...pattern.slice(0, 8), ...bytesFrom(vector, 16)]
          expect(kept(replace(v128.load(16), lane), before)).toBe(
            vectorOf(bits, lanesOf(bits, vector).with(lane, BigInt.asUintN(bits, value)))
          )
        }
      }),
      { numRuns: 30 }
    )
  })

  test('are shuffled by bytes and by words', () => {
    const [a, b] = [v128.load(0), v128.load(16)]
    const all = lanesOf(8, bitsAt(pattern, 0, 16)).concat(lanesOf(8, bitsAt(pattern, 16, 16)))
    fc.assert(
      fc.property(fc.array(fc.nat(31), { minLength: 16, maxLength: 16 }), (places) => {
        const expected = vectorOf(
          8,
          places.map((place) => all[place]!)
        )
        expect(kept(v128.shuffle(a, b, places))).toBe(expected)
      }),
      { numRuns: 30 }
    )
    fc.assert(
      fc.property(fc.array(fc.nat(7), { minLength: 4, maxLength: 4 }), (places) => {
        const words = [...lanesOf(32, bitsAt(pattern, 0, 16)), ...lanesOf(32, bitsAt(pattern, 16, 16))]
        const expected = vectorOf(
          32,
          places.map((place) => words[place]!)
        )
        expect(kept(v128.shuffle32(a, b, places))).toBe(expected)
      }),
      { numRuns: 30 }
    )
  })
})
