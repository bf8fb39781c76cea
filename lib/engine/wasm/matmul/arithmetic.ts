/**
 * Multiplying and adding vectors of each type, and moving their bytes.
 *
 * @since 0.1.0
 */
import { f32x4, f64x2, i32, i32x4, i64, v128, type Instruction, type Local, type Operand } from '../assembler/index.ts'
import type { NumberType } from './product.ts'

type Two = (a: Instruction<'v128'>, b: Instruction<'v128'>) => Instruction<'v128'>

/** What is needed of a type. */
export interface Arithmetic {
  /** bytes of an element */
  readonly bytes: 4 | 8
  /** elements of a vector */
  readonly lanes: 4 | 2
  readonly add: Two
  readonly multiply: Two
  /** one element of memory in all lanes */
  readonly splat: (address: Operand<'i32'>, offset: number) => Instruction<'v128'>
}

const integers: Arithmetic = {
  bytes: 4,
  lanes: 4,
  add: i32x4.add,
  multiply: i32x4.multiply,
  splat: v128.load32Splat
}

export const arithmetic: { readonly [T in NumberType]: Arithmetic } = {
  f32: { bytes: 4, lanes: 4, add: f32x4.add, multiply: f32x4.multiply, splat: v128.load32Splat },
  f64: { bytes: 8, lanes: 2, add: f64x2.add, multiply: f64x2.multiply, splat: v128.load64Splat },
  i32: integers,
  u32: integers
}

/** Every lane is +0. */
export const zero: Instruction<'v128'> = v128.constantI32(0)

/** Stores the first 4, 8, 12 or 16 bytes of a vector. */
export const storeBytes = (
  address: Operand<'i32'>,
  vector: Local<'v128'>,
  bytes: number,
  offset: number
): readonly Instruction<'none'>[] => {
  switch (bytes) {
    case 16:
      return [v128.store(address, vector, offset)]
    case 12:
      return [v128.store64Lane(address, vector, 0, offset), v128.store32Lane(address, vector, 2, offset + 8)]
    case 8:
      return [v128.store64Lane(address, vector, 0, offset)]
    default:
      return [v128.store32Lane(address, vector, 0, offset)]
  }
}

/** Copies the bits of one element. */
export const copyElement = (
  bytes: 4 | 8,
  to: Operand<'i32'>,
  toOffset: number,
  from: Operand<'i32'>,
  fromOffset: number
): Instruction<'none'> =>
  bytes === 4
    ? i32.store(to, i32.load(from, fromOffset), toOffset)
    : i64.store(to, i64.load(from, fromOffset), toOffset)
