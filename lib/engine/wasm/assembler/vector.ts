/**
 * Vectors of 128 bits as bits: memory, constants, logic, shuffles.
 *
 * @see WebAssembly Core Specification 2.0, section 5.4.8 "Vector Instructions"
 * @since 0.1.0
 */
import { unsigned } from './bytes.ts'
import { plain, type Instruction, type Operand } from './instruction.ts'
import { access, binary, lift, load, simd, store, ternary, unary } from './operators.ts'

const two = (code: number) => binary('v128', 'v128', 'v128', ...simd(code))

/** Loads one element into a lane of a vector and leaves the other lanes. */
const loadLane =
  (code: number, align: number) =>
  (address: Operand<'i32'>, vector: Instruction<'v128'>, lane: number, offset = 0): Instruction<'v128'> =>
    plain('v128', [...simd(code), ...access(align, offset), lane], [lift<'i32'>(address), vector])

const storeLane =
  (code: number, align: number) =>
  (address: Operand<'i32'>, vector: Instruction<'v128'>, lane: number, offset = 0): Instruction<'none'> =>
    plain('none', [...simd(code), ...access(align, offset), lane], [lift<'i32'>(address), vector])

/** The bytes of a vector whose lanes are numbers of a typed array. */
const constantOf = (lanes: ArrayBufferView): Instruction<'v128'> =>
  plain('v128', [...simd(0x0c), ...new Uint8Array(lanes.buffer, lanes.byteOffset, 16)])

const four = (lanes: readonly number[]): readonly number[] =>
  Array.from({ length: 4 }, (_, i) => lanes[i % lanes.length]!)

export const v128 = {
  load: load('v128', 4, ...simd(0x00)),
  load8x8Signed: load('v128', 3, ...simd(0x01)),
  load8x8Unsigned: load('v128', 3, ...simd(0x02)),
  load16x4Signed: load('v128', 3, ...simd(0x03)),
  load16x4Unsigned: load('v128', 3, ...simd(0x04)),
  load32x2Signed: load('v128', 3, ...simd(0x05)),
  load32x2Unsigned: load('v128', 3, ...simd(0x06)),
  load8Splat: load('v128', 0, ...simd(0x07)),
  load16Splat: load('v128', 1, ...simd(0x08)),
  load32Splat: load('v128', 2, ...simd(0x09)),
  load64Splat: load('v128', 3, ...simd(0x0a)),
  store: store('v128', 4, ...simd(0x0b)),
  /** one element in lane 0, zeros above */
  load32Zero: load('v128', 2, ...simd(0x5c)),
  load64Zero: load('v128', 3, ...simd(0x5d)),
  load8Lane: loadLane(0x54, 0),
  load16Lane: loadLane(0x55, 1),
  load32Lane: loadLane(0x56, 2),
  load64Lane: loadLane(0x57, 3),
  store8Lane: storeLane(0x58, 0),
  store16Lane: storeLane(0x59, 1),
  store32Lane: storeLane(0x5a, 2),
  store64Lane: storeLane(0x5b, 3),
  /** lanes of 32 bits, repeated where fewer than four are given */
  constantF32: (...lanes: readonly number[]): Instruction<'v128'> => constantOf(Float32Array.from(four(lanes))),
  constantI32: (...lanes: readonly number[]): Instruction<'v128'> => constantOf(Int32Array.from(four(lanes))),
  /** lanes of 64 bits, one for both or two */
  constantF64: (low: number, high: number = low): Instruction<'v128'> => constantOf(Float64Array.of(low, high)),
  constantI64: (low: bigint, high: bigint = low): Instruction<'v128'> => constantOf(BigInt64Array.of(low, high)),
  constantBytes: (bytes: readonly number[]): Instruction<'v128'> => plain('v128', [...simd(0x0c), ...bytes]),
  /** byte i of the result is byte `bytes[i]` of a followed by b */
  shuffle: (a: Instruction<'v128'>, b: Instruction<'v128'>, bytes: readonly number[]): Instruction<'v128'> =>
    plain('v128', [...simd(0x0d), ...bytes], [a, b]),
  /** 32-bit lane i of the result is lane `lanes[i]` of a followed by b */
  shuffle32: (a: Instruction<'v128'>, b: Instruction<'v128'>, lanes: readonly number[]): Instruction<'v128'> =>
    plain('v128', [...simd(0x0d), ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte))], [a, b]),
  swizzle: two(0x0e),
  not: unary('v128', 'v128', ...simd(0x4d)),
  and: two(0x4e),
  /** a without the bits of b */
  andNot: two(0x4f),
  or: two(0x50),
  xor: two(0x51),
  /** bits of the first where the third has ones, else of the second */
  bitselect: ternary('v128', 'v128', ...simd(0x52)),
  anyTrue: unary('v128', 'i32', ...simd(0x53))
} as const

/** An instruction that reads a lane. */
export const extract =
  <T extends 'i32' | 'i64' | 'f32' | 'f64'>(result: T, code: number) =>
  (vector: Instruction<'v128'>, lane: number): Instruction<T> =>
    plain(result, [...simd(code), ...unsigned(lane)], [vector])

/** An instruction that replaces a lane. */
export const replace =
  <T extends 'i32' | 'i64' | 'f32' | 'f64'>(_operand: T, code: number) =>
  (vector: Instruction<'v128'>, lane: number, value: Operand<T>): Instruction<'v128'> =>
    plain('v128', [...simd(code), ...unsigned(lane)], [vector, lift<T>(value)])
