/**
 * Records that are sorted: 64 bits to compare, unsigned, in the first 8 bytes.
 *
 * A key of 32 bits shares them with its index, which makes all records different. A key of 64 bits has the index in a
 * second 8 bytes, and the order of equal keys is kept by sorting stably.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import {
  call,
  define,
  i32,
  i64,
  select,
  v128,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'

type Pointer = Local<'i32'>

export type RecordBytes = 8 | 16

export const recordBytesOf = (dtype: DType): RecordBytes => (dtype === 'f64' ? 16 : 8)

/** A float's bits in the order of numbers: −0 below +0, every NaN last. */
const orderOf32 = (): FunctionDefinition =>
  define('order 32', ['i32'], ['i32'], ([bits]) => [
    select(
      // the bits of infinity are the greatest of a magnitude that is a number
      i32.greaterUnsigned(i32.and(bits, 0x7fffffff), 0x7f800000),
      i32.constant(-1),
      // negative: all bits turned, so that greater magnitudes are less; positive: above all negative ones
      i32.xor(bits, i32.or(i32.shiftRightSigned(bits, 31), -2147483648))
    )
  ])

const orderOf64 = (): FunctionDefinition =>
  define('order 64', ['i64'], ['i64'], ([bits]) => {
    const sign = i64.constant(-(1n << 63n))
    return [
      select(
        i64.greaterUnsigned(i64.and(bits, i64.constant((1n << 63n) - 1n)), i64.constant(0x7ffn << 52n)),
        i64.constant(-1n),
        i64.xor(bits, i64.or(i64.shiftRightSigned(bits, i64.constant(63n)), sign))
      )
    ]
  })

/** The order of an element of 32 bits. */
const order32 = (compilation: Compilation, dtype: DType, bits: Instruction<'i32'>): Instruction<'i32'> => {
  if (dtype === 'f32') return call('i32', compilation.shared('order 32', orderOf32), bits)
  return dtype === 'i32' ? i32.xor(bits, -2147483648) : bits
}

/** Writes the record of the element at `from`. */
export const makeRecord = (
  compilation: Compilation,
  dtype: DType,
  to: Pointer,
  from: Pointer,
  index: Pointer
): readonly Instruction[] => {
  const wide = i64.extendI32Unsigned(index)
  if (dtype === 'f64')
    return [
      i64.store(to, call('i64', compilation.shared('order 64', orderOf64), i64.load(from))),
      i64.store(to, wide, 8)
    ]
  const key = i64.extendI32Unsigned(order32(compilation, dtype, i32.load(from)))
  return [i64.store(to, i64.or(i64.shiftLeft(key, i64.constant(32n)), wide))]
}

/** The index in a record. */
export const indexIn = (bytes: RecordBytes, record: Pointer): Instruction<'i32'> =>
  i32.load(record, bytes === 8 ? 0 : 8)

export const copyRecord = (
  bytes: RecordBytes,
  to: Instruction<'i32'>,
  from: Instruction<'i32'>
): Instruction<'none'> => (bytes === 8 ? i64.store(to, i64.load(from)) : v128.store(to, v128.load(from)))
