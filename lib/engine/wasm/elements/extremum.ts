/**
 * Maximum and minimum: NaN where either is NaN, −0 below +0.
 *
 * The float instructions of that meaning take eight machine instructions on x64. `pseudoMaximum` and `pseudoMinimum`
 * take one; asked in both orders they differ only where one operand is NaN, or the two are zeros of different sign:
 *
 * - Both results or-ed are a NaN in the first case, and −0 in the second: that is the minimum.
 * - For the maximum the difference of bits is subtracted: −0 − (−0) is +0, and NaN stays NaN.
 *
 * Where one operand is a constant, one or two instructions are enough.
 *
 * @since 0.1.0
 */
import { isFloat, type DType } from '../../../tensor/index.ts'
import { i32x4, v128 } from '../assembler/index.ts'
import { kept, type ElementRule, type ElementRules, type Writer } from '../quad.ts'
import { floatsOf, lanesOf, pairwise, type Vector } from './vectors.ts'

/** What is known of a constant operand, when all of its lanes are the same number. */
type Known = 'number' | '+0' | '-0' | undefined

const knownOf = (dtype: DType, x: Vector): Known => {
  const lanes = lanesOf(x)
  if (lanes === undefined) return undefined
  const numbers = dtype === 'f64' ? new Float64Array(lanes.buffer) : new Float32Array(lanes.buffer)
  const [first] = numbers
  if (first === undefined || !numbers.every((number) => Object.is(number, first)) || first !== first) return undefined
  return first !== 0 ? 'number' : Object.is(first, 0) ? '+0' : '-0'
}

/** The operands with a constant last. */
const ordered = (a: Vector, b: Vector): readonly [Vector, Vector] => (lanesOf(a) === undefined ? [a, b] : [b, a])

/** A rule for floats by a function of two variables, and for integers by an instruction. */
const extremum =
  (
    ofFloats: (writer: Writer, dtype: DType) => (a: Vector, b: Vector) => Vector,
    ofSigned: (a: Vector, b: Vector) => Vector,
    ofUnsigned: (a: Vector, b: Vector) => Vector
  ): ElementRule<unknown> =>
  (writer, [a, b], { operands: [dtype] }) => [
    pairwise(a!, b!, isFloat(dtype!) ? ofFloats(writer, dtype) : dtype === 'u32' ? ofUnsigned : ofSigned)
  ]

const maximumOfFloats = (writer: Writer, dtype: DType) => (first: Vector, second: Vector) => {
  const { pseudoMaximum, subtract, add } = floatsOf(dtype)
  const [a, b] = ordered(first, second)
  const known = knownOf(dtype, b)
  // a NaN in the first operand stays; a zero in the first operand stays too, so −0 has to become +0 by a sum
  if (known === '+0') return add(pseudoMaximum(a, b), b)
  if (known !== undefined) return pseudoMaximum(a, b)
  const [forth, back] = kept(writer, [pseudoMaximum(a, b), pseudoMaximum(b, a)]) as readonly [Vector, Vector]
  return subtract(v128.or(forth, back), v128.xor(forth, back))
}

const minimumOfFloats = (_: Writer, dtype: DType) => (first: Vector, second: Vector) => {
  const { pseudoMinimum } = floatsOf(dtype)
  const [a, b] = ordered(first, second)
  const known = knownOf(dtype, b)
  return known === 'number' || known === '+0' ? pseudoMinimum(a, b) : v128.or(pseudoMinimum(a, b), pseudoMinimum(b, a))
}

export const extrema: ElementRules<'maximum' | 'minimum'> = {
  maximum: extremum(maximumOfFloats, i32x4.maximumSigned, i32x4.maximumUnsigned),
  minimum: extremum(minimumOfFloats, i32x4.minimumSigned, i32x4.minimumUnsigned)
}
