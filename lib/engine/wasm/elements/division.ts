/**
 * Division and remainder.
 *
 * There is no vector division of integers, but the quotient of two of them in f64, truncated, is exact: it cannot round
 * up to a whole number. By 0 the quotient is 0; i32 −2^31 / −1 wraps to −2^31. A remainder is what the quotient leaves,
 * so that one by 0 is the dividend.
 *
 * @since 0.1.0
 */
import { isFloat } from '../../../tensor/index.ts'
import { f64x2, i32x4, v128 } from '../assembler/index.ts'
import { kept, type ElementRules, type Writer } from '../quad.ts'
import { remainderOfFloats } from './float-remainder.ts'
import { floatsOf, lowPairs, pairwise, upper, type Vector } from './vectors.ts'

const zero = v128.constantI32(0)

/** Quotients truncated to integers that saturate, and any number where b is 0. */
const truncatedQuotient = (a: Vector, b: Vector, isSigned: boolean): Vector => {
  const convert = isSigned ? f64x2.convertI32Signed : f64x2.convertI32Unsigned
  const truncate = isSigned ? i32x4.truncateF64Signed : i32x4.truncateF64Unsigned
  const low = f64x2.divide(convert(a), convert(b))
  const high = f64x2.divide(convert(upper(a)), convert(upper(b)))
  return lowPairs(truncate(low), truncate(high))
}

const quotient = (writer: Writer, a: Vector, b: Vector, isSigned: boolean): Vector => {
  const [saturated] = kept(writer, [v128.andNot(truncatedQuotient(a, b, isSigned), i32x4.equal(b, zero))])
  if (!isSigned) return saturated!
  // 2^31 has saturated to 2^31 − 1, whose complement is −2^31; no other quotient by −1 is that of −2^31
  const least = v128.constantI32(-2147483648)
  return v128.xor(saturated!, v128.and(i32x4.equal(a, least), i32x4.equal(b, v128.constantI32(-1))))
}

export const division: ElementRules<'divide' | 'remainder'> = {
  divide: (writer, [a, b], { operands: [dtype] }) =>
    isFloat(dtype!)
      ? [pairwise(a!, b!, floatsOf(dtype).divide)]
      : [[quotient(writer, a![0]!, b![0]!, dtype === 'i32')]],
  remainder: (writer, [a, b], { operands: [dtype] }) => {
    if (isFloat(dtype!)) return [remainderOfFloats(writer, a!, b!, dtype)]
    const [times] = kept(writer, [quotient(writer, a![0]!, b![0]!, dtype === 'i32')])
    return [[i32x4.subtract(a![0]!, i32x4.multiply(times!, b![0]!))]]
  }
}
