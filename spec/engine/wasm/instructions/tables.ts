/**
 * The definitions by the names of the assembler's tables.
 */
import type * as assembler from '../../../../lib/engine/wasm/assembler/index.ts'
import { converting, extending, float, integer, keeping, resizing, truncating, type Definition } from './scalar.ts'
import * as vector from './vector.ts'

/** Instructions that have more than operands: memory.spec.ts tests them. */
type Immediate = `${'constant' | 'load' | 'store' | 'extract' | 'replace' | 'shuffle'}${string}`

/** A definition for each operation of a table, and no other: a missing one does not compile. */
type Definitions<T> = Readonly<Record<Exclude<keyof T & string, Immediate>, Definition>>

const scalars = [
  'isZero',
  'equal',
  'notEqual',
  'lessSigned',
  'lessUnsigned',
  'greaterSigned',
  'greaterUnsigned',
  'lessEqualSigned',
  'lessEqualUnsigned',
  'greaterEqualSigned',
  'greaterEqualUnsigned',
  'countLeadingZeros',
  'countTrailingZeros',
  'add',
  'subtract',
  'multiply',
  'divideSigned',
  'divideUnsigned',
  'remainderSigned',
  'remainderUnsigned',
  'and',
  'or',
  'xor',
  'shiftLeft',
  'shiftRightSigned',
  'shiftRightUnsigned',
  'rotateLeft',
  'rotateRight'
] as const

const picked = <K extends string>(from: Readonly<Record<K, Definition>>, names: readonly K[]): Record<K, Definition> =>
  Object.fromEntries(names.map((name) => [name, from[name]])) as Record<K, Definition>

const i32: Definitions<typeof assembler.i32> = {
  ...picked(integer(32), [...scalars, 'countOnes']),
  wrapI64: extending(64, 32, false),
  reinterpretF32: keeping,
  extend8Signed: extending(8, 32, true),
  extend16Signed: extending(16, 32, true),
  truncateF32Signed: truncating(32, true),
  truncateF32Unsigned: truncating(32, false),
  truncateF64Signed: truncating(64, true),
  truncateF64Unsigned: truncating(64, false)
}

const i64: Definitions<typeof assembler.i64> = {
  ...picked(integer(64), scalars),
  extendI32Signed: extending(32, 64, true),
  extendI32Unsigned: extending(32, 64, false),
  reinterpretF64: keeping
}

const floats = [
  'equal',
  'notEqual',
  'less',
  'greater',
  'lessEqual',
  'greaterEqual',
  'abs',
  'negate',
  'ceil',
  'floor',
  'truncate',
  'nearest',
  'sqrt',
  'add',
  'subtract',
  'multiply',
  'divide',
  'minimum',
  'maximum',
  'copySign'
] as const

const f32: Definitions<typeof assembler.f32> = {
  ...picked(float(32), floats),
  convertI32Signed: converting(32, 32, true),
  convertI32Unsigned: converting(32, 32, false),
  demoteF64: resizing(64, 32),
  reinterpretI32: keeping
}

const f64: Definitions<typeof assembler.f64> = {
  ...picked(float(64), floats),
  convertI32Signed: converting(32, 64, true),
  convertI32Unsigned: converting(32, 64, false),
  convertI64Signed: converting(64, 64, true),
  convertI64Unsigned: converting(64, 64, false),
  promoteF32: resizing(32, 64),
  reinterpretI64: keeping
}

const i8x16: Definitions<typeof assembler.i8x16> = vector.i8x16
const i16x8: Definitions<typeof assembler.i16x8> = vector.i16x8
const i32x4: Definitions<typeof assembler.i32x4> = vector.i32x4
const i64x2: Definitions<typeof assembler.i64x2> = vector.i64x2
const f32x4: Definitions<typeof assembler.f32x4> = vector.f32x4
const f64x2: Definitions<typeof assembler.f64x2> = vector.f64x2
const v128: Definitions<typeof assembler.v128> = vector.v128

export const tables = { i32, i64, f32, f64, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2, v128 } as const
