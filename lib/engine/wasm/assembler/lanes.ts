/**
 * The vector instructions by the type of their lanes.
 *
 * @see WebAssembly Core Specification 2.0, section 5.4.8 "Vector Instructions"
 * @since 0.1.0
 */
import { binary, simd, unary } from './operators.ts'
import { extract, replace } from './vector.ts'

const one = (code: number) => unary('v128', 'v128', ...simd(code))
const two = (code: number) => binary('v128', 'v128', 'v128', ...simd(code))
/** The second operand is a number of bits, modulo the lane's. */
const shift = (code: number) => binary('v128', 'i32', 'v128', ...simd(code))
const test = (code: number) => unary('v128', 'i32', ...simd(code))

/** The comparisons of integers; `first` is the code of `equal`. */
const comparisons = (first: number) =>
  ({
    equal: two(first),
    notEqual: two(first + 1),
    lessSigned: two(first + 2),
    lessUnsigned: two(first + 3),
    greaterSigned: two(first + 4),
    greaterUnsigned: two(first + 5),
    lessEqualSigned: two(first + 6),
    lessEqualUnsigned: two(first + 7),
    greaterEqualSigned: two(first + 8),
    greaterEqualUnsigned: two(first + 9)
  }) as const

/** What lanes of 16 to 64 bits share; `first` is the code of `abs`, which stands at the same place in each block. */
const wide = (first: number) =>
  ({
    abs: one(first),
    negate: one(first + 1),
    allTrue: test(first + 3),
    bitmask: test(first + 4),
    extendLowSigned: one(first + 7),
    extendHighSigned: one(first + 8),
    extendLowUnsigned: one(first + 9),
    extendHighUnsigned: one(first + 10),
    shiftLeft: shift(first + 11),
    shiftRightSigned: shift(first + 12),
    shiftRightUnsigned: shift(first + 13),
    add: two(first + 14),
    subtract: two(first + 17),
    multiply: two(first + 21),
    extendedMultiplyLowSigned: two(first + 28),
    extendedMultiplyHighSigned: two(first + 29),
    extendedMultiplyLowUnsigned: two(first + 30),
    extendedMultiplyHighUnsigned: two(first + 31)
  }) as const

export const i8x16 = {
  splat: unary('i32', 'v128', ...simd(0x0f)),
  extractSigned: extract('i32', 0x15),
  extractUnsigned: extract('i32', 0x16),
  replace: replace('i32', 0x17),
  ...comparisons(0x23),
  abs: one(0x60),
  negate: one(0x61),
  countOnes: one(0x62),
  allTrue: test(0x63),
  bitmask: test(0x64),
  narrowSigned: two(0x65),
  narrowUnsigned: two(0x66),
  shiftLeft: shift(0x6b),
  shiftRightSigned: shift(0x6c),
  shiftRightUnsigned: shift(0x6d),
  add: two(0x6e),
  addSaturatingSigned: two(0x6f),
  addSaturatingUnsigned: two(0x70),
  subtract: two(0x71),
  subtractSaturatingSigned: two(0x72),
  subtractSaturatingUnsigned: two(0x73),
  minimumSigned: two(0x76),
  minimumUnsigned: two(0x77),
  maximumSigned: two(0x78),
  maximumUnsigned: two(0x79),
  averageUnsigned: two(0x7b)
} as const

export const i16x8 = {
  splat: unary('i32', 'v128', ...simd(0x10)),
  extractSigned: extract('i32', 0x18),
  extractUnsigned: extract('i32', 0x19),
  replace: replace('i32', 0x1a),
  ...comparisons(0x2d),
  ...wide(0x80),
  pairwiseSumSigned: one(0x7c),
  pairwiseSumUnsigned: one(0x7d),
  multiplyQ15: two(0x82),
  narrowSigned: two(0x85),
  narrowUnsigned: two(0x86),
  addSaturatingSigned: two(0x8f),
  addSaturatingUnsigned: two(0x90),
  subtractSaturatingSigned: two(0x92),
  subtractSaturatingUnsigned: two(0x93),
  minimumSigned: two(0x96),
  minimumUnsigned: two(0x97),
  maximumSigned: two(0x98),
  maximumUnsigned: two(0x99),
  averageUnsigned: two(0x9b)
} as const

export const i32x4 = {
  splat: unary('i32', 'v128', ...simd(0x11)),
  extract: extract('i32', 0x1b),
  replace: replace('i32', 0x1c),
  ...comparisons(0x37),
  ...wide(0xa0),
  pairwiseSumSigned: one(0x7e),
  pairwiseSumUnsigned: one(0x7f),
  minimumSigned: two(0xb6),
  minimumUnsigned: two(0xb7),
  maximumSigned: two(0xb8),
  maximumUnsigned: two(0xb9),
  dotI16x8: two(0xba),
  truncateF32Signed: one(0xf8),
  truncateF32Unsigned: one(0xf9),
  /** into the low two lanes, zeros above */
  truncateF64Signed: one(0xfc),
  truncateF64Unsigned: one(0xfd)
} as const

export const i64x2 = {
  splat: unary('i64', 'v128', ...simd(0x12)),
  extract: extract('i64', 0x1d),
  replace: replace('i64', 0x1e),
  ...wide(0xc0),
  equal: two(0xd6),
  notEqual: two(0xd7),
  lessSigned: two(0xd8),
  greaterSigned: two(0xd9),
  lessEqualSigned: two(0xda),
  greaterEqualSigned: two(0xdb)
} as const

/** What both float types share: comparisons from `comparison` on, arithmetic from `first`, the code of `abs`, on. */
const floats = (comparison: number, first: number) =>
  ({
    equal: two(comparison),
    notEqual: two(comparison + 1),
    less: two(comparison + 2),
    greater: two(comparison + 3),
    lessEqual: two(comparison + 4),
    greaterEqual: two(comparison + 5),
    abs: one(first),
    negate: one(first + 1),
    sqrt: one(first + 3),
    add: two(first + 4),
    subtract: two(first + 5),
    multiply: two(first + 6),
    divide: two(first + 7),
    minimum: two(first + 8),
    maximum: two(first + 9),
    /** b < a ? b : a, one machine instruction */
    pseudoMinimum: two(first + 10),
    /** a < b ? b : a, one machine instruction */
    pseudoMaximum: two(first + 11)
  }) as const

export const f32x4 = {
  splat: unary('f32', 'v128', ...simd(0x13)),
  extract: extract('f32', 0x1f),
  replace: replace('f32', 0x20),
  ...floats(0x41, 0xe0),
  ceil: one(0x67),
  floor: one(0x68),
  truncate: one(0x69),
  nearest: one(0x6a),
  convertI32Signed: one(0xfa),
  convertI32Unsigned: one(0xfb),
  /** into the low two lanes, zeros above */
  demoteF64: one(0x5e)
} as const

export const f64x2 = {
  splat: unary('f64', 'v128', ...simd(0x14)),
  extract: extract('f64', 0x21),
  replace: replace('f64', 0x22),
  ...floats(0x47, 0xec),
  ceil: one(0x74),
  floor: one(0x75),
  truncate: one(0x7a),
  nearest: one(0x94),
  /** of the low two lanes */
  convertI32Signed: one(0xfe),
  convertI32Unsigned: one(0xff),
  /** of the low two lanes */
  promoteF32: one(0x5f)
} as const
