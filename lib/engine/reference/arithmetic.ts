/**
 * Arithmetic, element by element.
 *
 * Storing a double into a Float32Array rounds it, and storing it into an Int32Array or Uint32Array takes it modulo
 * 2^32, so one loop text serves all types wherever the double is exact or rounds the same. The loops for f32 are written
 * twice all the same: a loop that has only ever seen one kind of buffer is compiled for it.
 *
 * @since 0.1.0
 */
import type { DType } from '../../tensor/index.ts'
import { compute1, compute2, operandOf, type Loop1, type Loop2, type Rule, type Rules } from './kernel.ts'

type Arithmetic =
  | 'negate'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'sqrt'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'remainder'
  | 'maximum'
  | 'minimum'

const unary =
  (f32: Loop1, other: Loop1): Rule<unknown> =>
  (context) =>
    compute1(operandOf(context, 0).dtype === 'f32' ? f32 : other)

const isInteger = (dtype: DType): boolean => dtype === 'i32' || dtype === 'u32'

const binary =
  (f32: Loop2, f64: Loop2, integer: Loop2): Rule<unknown> =>
  (context) => {
    const { dtype } = operandOf(context, 0)
    return compute2(dtype === 'f32' ? f32 : isInteger(dtype) ? integer : f64)
  }

// one operand

const negateF32: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = -x[i]!
}
const negate: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = -x[i]!
}

const absF32: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.abs(x[i]!)
}
const abs: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.abs(x[i]!)
}

/** −1 or 1; a zero or a NaN is its own sign. */
const sign: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) {
    const value = x[i]!
    out[i] = value > 0 ? 1 : value < 0 ? -1 : value
  }
}

const floor: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.floor(x[i]!)
}

const ceil: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.ceil(x[i]!)
}

/** 2^52: from here on every double is an integer, so adding it leaves no room for a fraction. */
const integersBegin = 4503599627370496

const roundToEven = (value: number): number => {
  const magnitude = Math.abs(value)
  if (!(magnitude < integersBegin)) return value
  const rounded = magnitude + integersBegin - integersBegin
  return value < 0 ? -rounded : value > 0 ? rounded : value
}

const round: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = roundToEven(x[i]!)
}

const sqrtF32: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.sqrt(x[i]!)
}
const sqrt: Loop1 = (out, x) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.sqrt(x[i]!)
}

// two operands

const addF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! + b[i]!
}
const add: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! + b[i]!
}

const subtractF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! - b[i]!
}
const subtract: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! - b[i]!
}

const multiplyF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! * b[i]!
}
const multiply: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! * b[i]!
}
/** The low 32 bits are the same for both integer types; a double could not hold the product. */
const multiplyInteger: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.imul(a[i]!, b[i]!)
}

const divideF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! / b[i]!
}
/** Integers as well: the quotient of two of them cannot round up to a whole number, and storing truncates ∞ and NaN to 0. */
const divide: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! / b[i]!
}

const remainder: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! % b[i]!
}
const remainderInteger: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = b[i] === 0 ? a[i]! : a[i]! % b[i]!
}

const maximumF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.max(a[i]!, b[i]!)
}
const maximum: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.max(a[i]!, b[i]!)
}

const minimumF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.min(a[i]!, b[i]!)
}
const minimum: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = Math.min(a[i]!, b[i]!)
}

export const arithmetic: Rules<Arithmetic> = {
  negate: unary(negateF32, negate),
  abs: unary(absF32, abs),
  sign: unary(sign, sign),
  floor: unary(floor, floor),
  ceil: unary(ceil, ceil),
  round: unary(round, round),
  sqrt: unary(sqrtF32, sqrt),
  add: binary(addF32, add, add),
  subtract: binary(subtractF32, subtract, subtract),
  multiply: binary(multiplyF32, multiply, multiplyInteger),
  divide: binary(divideF32, divide, divide),
  remainder: binary(remainder, remainder, remainderInteger),
  maximum: binary(maximumF32, maximum, maximum),
  minimum: binary(minimumF32, minimum, minimum)
}
