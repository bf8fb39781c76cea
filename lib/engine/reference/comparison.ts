/**
 * Comparing element by element, and choosing by the outcome.
 *
 * @since 0.1.0
 */
import { compute2, compute3, operandOf, type Loop2, type Loop3, type Rules } from './kernel.ts'

const equal: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i] === b[i] ? 1 : 0
}

const lessF32: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! < b[i]! ? 1 : 0
}
const less: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! < b[i]! ? 1 : 0
}

const lessEqual: Loop2 = (out, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = a[i]! <= b[i]! ? 1 : 0
}

const selectF32: Loop3 = (out, condition, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = condition[i] === 0 ? b[i]! : a[i]!
}
const select: Loop3 = (out, condition, a, b) => {
  for (let i = 0; i < out.length; i += 1) out[i] = condition[i] === 0 ? b[i]! : a[i]!
}

export const comparison: Rules<'equal' | 'less' | 'lessEqual' | 'select'> = {
  equal: () => compute2(equal),
  less: (context) => compute2(operandOf(context, 0).dtype === 'f32' ? lessF32 : less),
  lessEqual: () => compute2(lessEqual),
  select: (context) => compute3(operandOf(context, 1).dtype === 'f32' ? selectF32 : select)
}
