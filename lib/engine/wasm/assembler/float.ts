/**
 * The scalar float instructions.
 *
 * @see WebAssembly Core Specification 2.0, section 5.4.7 "Numeric Instructions"
 * @since 0.1.0
 */
import { plain, type Instruction } from './instruction.ts'
import { binary, load, store, unary } from './operators.ts'

const bytesOf = (type: 'f32' | 'f64', value: number): readonly number[] => {
  const view = new DataView(new ArrayBuffer(type === 'f32' ? 4 : 8))
  if (type === 'f32') view.setFloat32(0, value, true)
  else view.setFloat64(0, value, true)
  return [...new Uint8Array(view.buffer)]
}

/** The instructions of both types; `first` is the code of `abs`, `comparison` that of `equal`. */
const common = <T extends 'f32' | 'f64'>(type: T, first: number, comparison: number) => {
  const one = (code: number) => unary(type, type, code)
  const two = (code: number) => binary(type, type, type, code)
  const compare = (code: number) => binary(type, type, 'i32', code)
  return {
    equal: compare(comparison),
    notEqual: compare(comparison + 1),
    less: compare(comparison + 2),
    greater: compare(comparison + 3),
    lessEqual: compare(comparison + 4),
    greaterEqual: compare(comparison + 5),
    abs: one(first),
    negate: one(first + 1),
    ceil: one(first + 2),
    floor: one(first + 3),
    truncate: one(first + 4),
    /** to the nearest integer, ties to even */
    nearest: one(first + 5),
    sqrt: one(first + 6),
    add: two(first + 7),
    subtract: two(first + 8),
    multiply: two(first + 9),
    divide: two(first + 10),
    minimum: two(first + 11),
    maximum: two(first + 12),
    copySign: two(first + 13)
  } as const
}

export const f32 = {
  ...common('f32', 0x8b, 0x5b),
  constant: (value: number): Instruction<'f32'> => plain('f32', [0x43, ...bytesOf('f32', value)]),
  load: load('f32', 2, 0x2a),
  store: store('f32', 2, 0x38),
  convertI32Signed: unary('i32', 'f32', 0xb2),
  convertI32Unsigned: unary('i32', 'f32', 0xb3),
  demoteF64: unary('f64', 'f32', 0xb6),
  reinterpretI32: unary('i32', 'f32', 0xbe)
} as const

export const f64 = {
  ...common('f64', 0x99, 0x61),
  constant: (value: number): Instruction<'f64'> => plain('f64', [0x44, ...bytesOf('f64', value)]),
  load: load('f64', 3, 0x2b),
  store: store('f64', 3, 0x39),
  convertI32Signed: unary('i32', 'f64', 0xb7),
  convertI32Unsigned: unary('i32', 'f64', 0xb8),
  convertI64Signed: unary('i64', 'f64', 0xb9),
  convertI64Unsigned: unary('i64', 'f64', 0xba),
  promoteF32: unary('f32', 'f64', 0xbb),
  reinterpretI64: unary('i64', 'f64', 0xbf)
} as const
