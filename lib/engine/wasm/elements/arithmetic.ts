/**
 * Arithmetic whose form is the same in every lane: signs, rounding, sums, products.
 *
 * @since 0.1.0
 */
import { isFloat, type DType } from '../../../tensor/index.ts'
import { f32x4, f64x2, i32x4, v128 } from '../assembler/index.ts'
import type { ElementRules } from '../quad.ts'
import { binary, floatsOf, unary, type Vector } from './vectors.ts'

type Arithmetic = 'negate' | 'abs' | 'sign' | 'floor' | 'ceil' | 'round' | 'sqrt' | 'add' | 'subtract' | 'multiply'

const absolute = (dtype: DType): ((x: Vector) => Vector) =>
  dtype === 'u32' ? (x) => x : isFloat(dtype) ? floatsOf(dtype).abs : i32x4.abs

/** 1 with the sign of x where |x| > 0; else x itself, which is a zero or NaN. */
const signOf =
  (signBits: Vector, ones: Vector, isPositive: (x: Vector) => Vector) =>
  (x: Vector): Vector =>
    v128.bitselect(v128.or(v128.and(x, signBits), ones), x, isPositive(x))

const signs: { readonly [T in DType]: (x: Vector) => Vector } = {
  f32: signOf(v128.constantF32(-0), v128.constantF32(1), (x) => f32x4.greater(f32x4.abs(x), v128.constantF32(0))),
  f64: signOf(v128.constantF64(-0), v128.constantF64(1), (x) => f64x2.greater(f64x2.abs(x), v128.constantF64(0))),
  i32: (x) => i32x4.maximumSigned(i32x4.minimumSigned(x, v128.constantI32(1)), v128.constantI32(-1)),
  u32: (x) => i32x4.minimumUnsigned(x, v128.constantI32(1)),
  bool: (x) => x
}

const float = (name: 'floor' | 'ceil' | 'nearest' | 'sqrt') => unary((dtype) => floatsOf(dtype)[name])

const both = (name: 'add' | 'subtract' | 'multiply') =>
  binary((dtype) => (isFloat(dtype) ? floatsOf(dtype) : i32x4)[name])

export const arithmetic: ElementRules<Arithmetic> = {
  negate: unary((dtype) => (isFloat(dtype) ? floatsOf(dtype) : i32x4).negate),
  abs: unary(absolute),
  sign: unary((dtype) => signs[dtype]),
  floor: float('floor'),
  ceil: float('ceil'),
  round: float('nearest'),
  sqrt: float('sqrt'),
  add: both('add'),
  subtract: both('subtract'),
  multiply: both('multiply')
}
