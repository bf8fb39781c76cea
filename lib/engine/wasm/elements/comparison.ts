/**
 * Comparing element by element, and choosing by the outcome.
 *
 * @since 0.1.0
 */
import { isFloat, type DType } from '../../../tensor/index.ts'
import { i32x4, v128 } from '../assembler/index.ts'
import { kept, type ElementRule, type ElementRules, type Quad } from '../quad.ts'
import { floatsOf, isZero, narrowMasks, pairwise, wideMasks, type Vector } from './vectors.ts'

type Compare = (a: Vector, b: Vector) => Vector

/** A comparison, whose outcome is masks of 32 bits for every type. */
const comparing =
  (of: (dtype: DType) => Compare): ElementRule<unknown> =>
  (_, [a, b], { operands: [dtype] }) => {
    const [low, high] = pairwise(a!, b!, of(dtype!))
    return [[high === undefined ? low! : narrowMasks(low!, high)]]
  }

/** Bits of a where the mask has ones, else of b. */
const chosen = (mask: Vector, a: Vector, b: Vector): Vector =>
  isZero(b) ? v128.and(a, mask) : isZero(a) ? v128.andNot(b, mask) : v128.bitselect(a, b, mask)

export const comparison: ElementRules<'equal' | 'less' | 'lessEqual' | 'select'> = {
  equal: comparing((dtype) => (isFloat(dtype) ? floatsOf(dtype) : i32x4).equal),
  less: comparing((dtype) =>
    isFloat(dtype) ? floatsOf(dtype).less : dtype === 'u32' ? i32x4.lessUnsigned : i32x4.lessSigned
  ),
  lessEqual: comparing((dtype) =>
    isFloat(dtype) ? floatsOf(dtype).lessEqual : dtype === 'u32' ? i32x4.lessEqualUnsigned : i32x4.lessEqualSigned
  ),
  select: (writer, [condition, a, b], { operands: [, dtype] }) => {
    const masks: Quad = dtype === 'f64' ? kept(writer, wideMasks(condition![0]!)) : condition!
    return [a!.map((vector, i) => chosen(masks[i]!, vector, b![i]!))]
  }
}
