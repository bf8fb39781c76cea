/**
 * Operations on bits: and, or, xor, not, shifts.
 *
 * @since 0.1.0
 */
import { compute1, compute2, operandOf, type Loop1, type Loop2, type Rules } from './kernel.ts'

const and: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! & b[i]!
}

const or: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! | b[i]!
}

const xor: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! ^ b[i]!
}

const notInteger: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = ~x[i]!
}

const notBool: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = x[i]! ^ 1
}

/** A machine shift takes its amount modulo 32; an amount of 32 or more has its own result. */
const isLong = (amount: number): boolean => amount >>> 0 > 31

const shiftLeft: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = isLong(b[i]!) ? 0 : a[i]! << b[i]!
}

const shiftRightSigned: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! >> (isLong(b[i]!) ? 31 : b[i]!)
}

const shiftRightUnsigned: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = isLong(b[i]!) ? 0 : a[i]! >>> b[i]!
}

export const bitwise: Rules<'and' | 'or' | 'xor' | 'not' | 'shiftLeft' | 'shiftRight'> = {
  and: () => compute2(and),
  or: () => compute2(or),
  xor: () => compute2(xor),
  not: (context) => compute1(operandOf(context, 0).dtype === 'bool' ? notBool : notInteger),
  shiftLeft: () => compute2(shiftLeft),
  shiftRight: (context) => compute2(operandOf(context, 0).dtype === 'i32' ? shiftRightSigned : shiftRightUnsigned)
}
