/** Numbers and shapes to try, from a seed: edge values often, small round ones mostly. */
import * as fc from 'fast-check'
import type { Sizes } from '../../../../lib/shape/index.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import { count, literal, type Literal } from './literal.ts'

/** A sequence of words from a seed (xorshift), so that a failing case is named by one number. */
const words = (seed: number): (() => number) => {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

const floatEdges: Readonly<Record<'f32' | 'f64', readonly number[]>> = {
  f32: [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    Infinity,
    -Infinity,
    NaN,
    1.401298464324817e-45,
    -1.401298464324817e-45,
    1.1754943508222875e-38,
    3.4028234663852886e38,
    -3.4028234663852886e38,
    16777216,
    8388609.5,
    2147483648,
    -2147483648,
    4294967296
  ],
  f64: [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    Infinity,
    -Infinity,
    NaN,
    5e-324,
    -5e-324,
    2.2250738585072014e-308,
    1.7976931348623157e308,
    -1.7976931348623157e308,
    4503599627370497.5,
    9007199254740991,
    2147483647.5,
    -2147483648.5,
    4294967295.5
  ]
}
const integerEdges: Readonly<Record<'i32' | 'u32', readonly number[]>> = {
  i32: [0, 1, -1, 2, 31, 32, 33, 65536, 2147483647, -2147483648, -2147483647],
  u32: [0, 1, 2, 31, 32, 33, 65536, 2147483647, 2147483648, 4294967295]
}

/** Which numbers: edge values among others, or finite ones of moderate size, or small whole ones that collide. */
export type Taste = 'edges' | 'moderate' | 'few'

const one = (dtype: DType, taste: Taste, word: () => number): number => {
  const coin = word() % 8
  const w = word()
  if (dtype === 'bool') return w & 1
  if (taste === 'few') return dtype === 'u32' ? w % 4 : (w % 5) - 2
  if (dtype === 'i32' || dtype === 'u32') {
    const edges = integerEdges[dtype]
    if (taste === 'edges' && coin < 4) return edges[w % edges.length] ?? 0
    return coin < 6 ? w % 100 : w
  }
  const edges = floatEdges[dtype]
  if (taste === 'edges' && coin < 4) return edges[w % edges.length] ?? 0
  const unit = (w / 4294967296 - 0.5) * 2
  return coin === 7 ? unit * 1024 : coin === 6 ? unit / 4096 : unit
}

export const draw = (dtype: DType, shape: Sizes, seed: number, taste: Taste = 'edges'): Literal => {
  const word = words(seed)
  return literal(
    dtype,
    shape,
    Array.from({ length: count(shape) }, () => one(dtype, taste, word))
  )
}

export const seeds: fc.Arbitrary<number> = fc.integer({ min: 0, max: 0x7fffffff })

/** Lengths around the lane count, primes, one and, where legal, none. */
export const lengths: fc.Arbitrary<number> = fc.constantFrom(0, 1, 2, 3, 5, 7, 8, 9)
export const someLengths: fc.Arbitrary<number> = fc.constantFrom(1, 2, 3, 4, 5, 7, 8)

/** Shapes of up to `rank` axes with not too many elements. */
export const shapes = (
  options: { readonly min?: number; readonly rank?: number; readonly empty?: boolean } = {}
): fc.Arbitrary<readonly number[]> =>
  fc
    .array(
      options.empty === false
        ? someLengths
        : fc.oneof({ weight: 9, arbitrary: someLengths }, { weight: 1, arbitrary: lengths }),
      {
        minLength: options.min ?? 0,
        maxLength: options.rank ?? 4
      }
    )
    .filter((shape) => count(shape) <= 600)
