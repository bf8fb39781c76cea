/**
 * The scalar integer instructions.
 *
 * @see WebAssembly Core Specification 2.0, section 5.4.7 "Numeric Instructions"
 * @since 0.1.0
 */
import { signedLong } from './bytes.ts'
import { plain, type Instruction } from './instruction.ts'
import { binary, constantI32, load, store, unary } from './operators.ts'

const i32Binary = (code: number) => binary('i32', 'i32', 'i32', code)
const i64Binary = (code: number) => binary('i64', 'i64', 'i64', code)
const i64Comparison = (code: number) => binary('i64', 'i64', 'i32', code)

export const i32 = {
  constant: constantI32,
  load: load('i32', 2, 0x28),
  load8Signed: load('i32', 0, 0x2c),
  load8Unsigned: load('i32', 0, 0x2d),
  load16Signed: load('i32', 1, 0x2e),
  load16Unsigned: load('i32', 1, 0x2f),
  store: store('i32', 2, 0x36),
  store8: store('i32', 0, 0x3a),
  store16: store('i32', 1, 0x3b),
  isZero: unary('i32', 'i32', 0x45),
  equal: i32Binary(0x46),
  notEqual: i32Binary(0x47),
  lessSigned: i32Binary(0x48),
  lessUnsigned: i32Binary(0x49),
  greaterSigned: i32Binary(0x4a),
  greaterUnsigned: i32Binary(0x4b),
  lessEqualSigned: i32Binary(0x4c),
  lessEqualUnsigned: i32Binary(0x4d),
  greaterEqualSigned: i32Binary(0x4e),
  greaterEqualUnsigned: i32Binary(0x4f),
  countLeadingZeros: unary('i32', 'i32', 0x67),
  countTrailingZeros: unary('i32', 'i32', 0x68),
  countOnes: unary('i32', 'i32', 0x69),
  add: i32Binary(0x6a),
  subtract: i32Binary(0x6b),
  multiply: i32Binary(0x6c),
  divideSigned: i32Binary(0x6d),
  divideUnsigned: i32Binary(0x6e),
  remainderSigned: i32Binary(0x6f),
  remainderUnsigned: i32Binary(0x70),
  and: i32Binary(0x71),
  or: i32Binary(0x72),
  xor: i32Binary(0x73),
  shiftLeft: i32Binary(0x74),
  shiftRightSigned: i32Binary(0x75),
  shiftRightUnsigned: i32Binary(0x76),
  rotateLeft: i32Binary(0x77),
  rotateRight: i32Binary(0x78),
  wrapI64: unary('i64', 'i32', 0xa7),
  reinterpretF32: unary('f32', 'i32', 0xbc),
  extend8Signed: unary('i32', 'i32', 0xc0),
  extend16Signed: unary('i32', 'i32', 0xc1),
  truncateF32Signed: unary('f32', 'i32', 0xfc, 0x00),
  truncateF32Unsigned: unary('f32', 'i32', 0xfc, 0x01),
  truncateF64Signed: unary('f64', 'i32', 0xfc, 0x02),
  truncateF64Unsigned: unary('f64', 'i32', 0xfc, 0x03)
} as const

export const i64 = {
  constant: (value: bigint): Instruction<'i64'> => plain('i64', [0x42, ...signedLong(value)]),
  load: load('i64', 3, 0x29),
  load32Unsigned: load('i64', 2, 0x35),
  store: store('i64', 3, 0x37),
  store32: store('i64', 2, 0x3e),
  isZero: unary('i64', 'i32', 0x50),
  equal: i64Comparison(0x51),
  notEqual: i64Comparison(0x52),
  lessSigned: i64Comparison(0x53),
  lessUnsigned: i64Comparison(0x54),
  greaterSigned: i64Comparison(0x55),
  greaterUnsigned: i64Comparison(0x56),
  lessEqualSigned: i64Comparison(0x57),
  lessEqualUnsigned: i64Comparison(0x58),
  greaterEqualSigned: i64Comparison(0x59),
  greaterEqualUnsigned: i64Comparison(0x5a),
  countLeadingZeros: unary('i64', 'i64', 0x79),
  countTrailingZeros: unary('i64', 'i64', 0x7a),
  add: i64Binary(0x7c),
  subtract: i64Binary(0x7d),
  multiply: i64Binary(0x7e),
  divideSigned: i64Binary(0x7f),
  divideUnsigned: i64Binary(0x80),
  remainderSigned: i64Binary(0x81),
  remainderUnsigned: i64Binary(0x82),
  and: i64Binary(0x83),
  or: i64Binary(0x84),
  xor: i64Binary(0x85),
  shiftLeft: i64Binary(0x86),
  shiftRightSigned: i64Binary(0x87),
  shiftRightUnsigned: i64Binary(0x88),
  rotateLeft: i64Binary(0x89),
  rotateRight: i64Binary(0x8a),
  extendI32Signed: unary('i32', 'i64', 0xac),
  extendI32Unsigned: unary('i32', 'i64', 0xad),
  reinterpretF64: unary('f64', 'i64', 0xbd)
} as const
