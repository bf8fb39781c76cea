/**
 * From one element type to another: by value, or by bits.
 *
 * @since 0.1.0
 */
import { isFloat, type DType } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'
import { compute1, operandOf, same, type Kernel, type Loop1, type Rules } from './kernel.ts'

/** Rounds (to a float), wraps (between integers) or copies (from bool): whatever storing a double does. */
const store: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = x[i]!
}
const storeF32FromBool: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = x[i]!
}

/** NaN is no less and no greater than anything; storing it into an integer gives 0. */
const saturate =
  (least: number, greatest: number): Loop1 =>
  (out, x) => {
    for (let i = 0; i < out.length; i += 1) {
      const value = x[i]!
      out[i] = value < least ? least : value > greatest ? greatest : value
    }
  }

const isNotZero: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = x[i] === 0 ? 0 : 1
}

const converting = (from: DType, to: DType): Kernel => {
  if (from === to) return same
  if (to === 'bool') return compute1(isNotZero)
  if (from === 'bool' && to === 'f32') return compute1(storeF32FromBool)
  if (isFloat(from) && to === 'i32') return compute1(saturate(-2147483648, 2147483647))
  if (isFloat(from) && to === 'u32') return compute1(saturate(0, 4294967295))
  return compute1(store)
}

/** A view of the same bytes as another type; bitcast only goes between types of 32 bits. */
const viewAs =
  (dtype: DType) =>
  (x: Buffer): Buffer => {
    if (dtype === 'f32') return new Float32Array(x.buffer, x.byteOffset, x.length)
    if (dtype === 'i32') return new Int32Array(x.buffer, x.byteOffset, x.length)
    return new Uint32Array(x.buffer, x.byteOffset, x.length)
  }

const canonicalNaN = 0x7fc00000

/** Reads the bits of floats; a NaN has none of its own, so it gets the canonical ones. */
const bitsOfFloats: Loop1 = (out, x) => {
  const words = new Uint32Array(x.buffer, x.byteOffset, x.length)
  for (let i = 0; i < out.length; i += 1) out[i] = x[i] === x[i] ? words[i]! : canonicalNaN
}

export const conversion: Rules<'convert' | 'bitcast' | 'stopGradient'> = {
  convert: (context, { dtype }) => converting(operandOf(context, 0).dtype, dtype),
  bitcast: (context, { dtype }) => {
    const from = operandOf(context, 0).dtype
    if (from === dtype) return same
    return from === 'f32' ? compute1(bitsOfFloats) : { kind: 'view', view: viewAs(dtype) }
  },
  stopGradient: () => same
}
