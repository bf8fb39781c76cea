/**
 * From one element type to another: by value, or by bits.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import { f32x4, f64x2, i32x4, v128 } from '../assembler/index.ts'
import { kept, type ElementRules, type Quad, type Writer } from '../quad.ts'
import { lowPairs, narrowMasks, upper, wideMasks, type Vector } from './vectors.ts'

/** Four elements of one type as another; the operand's vectors are variables or constants. */
type Conversion = (x: Quad, writer: Writer) => Quad

const same: Conversion = (x) => x

const each =
  (vector: (x: Vector) => Vector): Conversion =>
  ([x]) => [vector(x!)]

/** To f64, two lanes at a time. */
const widened =
  (vector: (x: Vector) => Vector): Conversion =>
  ([x]) => [vector(x!), vector(upper(x!))]

/** From f64, two lanes at a time. */
const narrowed =
  (vector: (x: Vector) => Vector): Conversion =>
  ([low, high]) => [lowPairs(vector(low!), vector(high!))]

const isNotZero = each((x) => i32x4.notEqual(x, v128.constantI32(0)))

/** 1 where a mask has ones, else 0. */
const bit = each((mask) => i32x4.shiftRightUnsigned(mask, 31))

const conversions: { readonly [From in DType]: { readonly [To in DType]: Conversion } } = {
  f32: {
    f32: same,
    f64: widened(f64x2.promoteF32),
    i32: each(i32x4.truncateF32Signed),
    u32: each(i32x4.truncateF32Unsigned),
    bool: each((x) => f32x4.notEqual(x, v128.constantF32(0)))
  },
  f64: {
    f32: narrowed(f32x4.demoteF64),
    f64: same,
    i32: narrowed(i32x4.truncateF64Signed),
    u32: narrowed(i32x4.truncateF64Unsigned),
    bool: ([low, high]) => {
      const zero = v128.constantF64(0)
      return [narrowMasks(f64x2.notEqual(low!, zero), f64x2.notEqual(high!, zero))]
    }
  },
  i32: {
    f32: each(f32x4.convertI32Signed),
    f64: widened(f64x2.convertI32Signed),
    i32: same,
    u32: same,
    bool: isNotZero
  },
  u32: {
    f32: each(f32x4.convertI32Unsigned),
    f64: widened(f64x2.convertI32Unsigned),
    i32: same,
    u32: same,
    bool: isNotZero
  },
  bool: {
    f32: each((mask) => v128.and(mask, v128.constantF32(1))),
    f64: ([mask], writer) => kept(writer, wideMasks(mask!)).map((wide) => v128.and(wide, v128.constantF64(1))),
    i32: bit,
    u32: bit,
    bool: same
  }
}

/** The bits of floats; a NaN has none of its own, so it gets the canonical ones. */
const bitsOf = each((x) => v128.bitselect(x, v128.constantI32(0x7fc00000), f32x4.equal(x, x)))

export const conversion: ElementRules<'convert' | 'bitcast' | 'stopGradient'> = {
  convert: (writer, [x], { operands: [from] }, { dtype }) => [conversions[from!][dtype](x!, writer)],
  bitcast: (writer, [x], { operands: [from] }, { dtype }) => [
    from === 'f32' && dtype !== 'f32' ? bitsOf(x!, writer) : x!
  ],
  stopGradient: (_, [x]) => [x!]
}
