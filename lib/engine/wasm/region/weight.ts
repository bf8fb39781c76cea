/**
 * How much code and time the steps of a region take, in instructions of a vector, roughly.
 *
 * @since 0.1.0
 */
import type { Value } from './canonical.ts'

const elementary = new Set<string>(
  'cbrt exp exp2 expm1 log log1p log2 log10 tanh sinh cosh sin cos tan atan erf erfc erfInv sigmoid power atan2 rsqrt threefry2x32'.split(
    ' '
  )
)

const perLane = new Set<string>(['remainder', 'shiftLeft', 'shiftRight'])

/** The weight of one value. */
const weightOfOne = (value: Value): number => {
  const vectors = value.dtype === 'f64' ? 2 : 1
  switch (value.kind) {
    case 'constant':
      return 0
    case 'read':
    case 'fold':
      return vectors
    case 'apply': {
      if (value.output > 0) return 0
      const { primitive } = value
      if (elementary.has(primitive)) return 40 * vectors
      const isInteger = value.dtype === 'i32' || value.dtype === 'u32'
      if (perLane.has(primitive) || (primitive === 'divide' && isInteger)) return 20
      return primitive === 'divide' || primitive === 'sqrt' ? 4 * vectors : vectors
    }
  }
}

/** The weight of some of the values. */
export const weightOf = (values: readonly Value[], among: Iterable<number>): number => {
  let sum = 0
  for (const id of among) sum += weightOfOne(values[id]!)
  return sum
}
