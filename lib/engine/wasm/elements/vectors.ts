/**
 * What element rules are made of: vector by vector, and between vectors of 64 and of 32 bits.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import { f32x4, f64x2, i64x2, v128, type Instruction } from '../assembler/index.ts'
import type { ElementRule, Quad } from '../quad.ts'

export type Vector = Instruction<'v128'>

// rules

/** A rule of one operand that treats all vectors alike, by the operand's type. */
export const unary =
  (of: (dtype: DType) => (x: Vector) => Vector): ElementRule<unknown> =>
  (_, [x], { operands: [dtype] }) => {
    const vector = of(dtype!)
    return [x!.map((part) => vector(part))]
  }

/** A rule of two operands that treats all vectors alike, by the type of the first. */
export const binary =
  (of: (dtype: DType) => (a: Vector, b: Vector) => Vector): ElementRule<unknown> =>
  (_, [a, b], { operands: [dtype] }) => [pairwise(a!, b!, of(dtype!))]

export const pairwise = (a: Quad, b: Quad, vector: (a: Vector, b: Vector) => Vector): Quad =>
  a.map((part, i) => vector(part, b[i]!))

/** The instructions of a float type. */
export const floatsOf = (dtype: DType): typeof f32x4 | typeof f64x2 => (dtype === 'f64' ? f64x2 : f32x4)

// 64 and 32 bits

/** Lanes 2 and 3 in the place of 0 and 1; `x` is a variable or a constant. */
export const upper = (x: Vector): Vector => v128.shuffle32(x, x, [2, 3, 2, 3])

/** The low two lanes of two vectors as one. */
export const lowPairs = (a: Vector, b: Vector): Vector => v128.shuffle32(a, b, [0, 1, 4, 5])

/** Masks of 32 bits as masks of 64; `masks` is a variable or a constant. */
export const wideMasks = (masks: Vector): Quad => [i64x2.extendLowSigned(masks), i64x2.extendHighSigned(masks)]

/** Masks of 64 bits as masks of 32. */
export const narrowMasks = (low: Vector, high: Vector): Vector => v128.shuffle32(low, high, [0, 2, 4, 6])

// constants

/** The four 32-bit lanes of a vector that is a constant; undefined where it is known at run time only. */
export const lanesOf = ({ operands, code }: Vector): Int32Array | undefined =>
  operands.length === 0 && code.kind === 'plain' && code.bytes.length === 18 && code.bytes[1] === 0x0c
    ? new Int32Array(Uint8Array.from(code.bytes.slice(2)).buffer)
    : undefined

/** Whether a vector is constant and all of its bits are 0. */
export const isZero = (x: Vector): boolean => lanesOf(x)?.every((lane) => lane === 0) ?? false
