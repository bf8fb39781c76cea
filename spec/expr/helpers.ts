/**
 * Random nested arrays and their values: operators are compared with plain loops over nested arrays.
 */
import * as fc from 'fast-check'
import { evaluate } from '../../lib/engine/index.ts'
import { constant, type AnyExpr } from '../../lib/expr/index.ts'
import { inputValue, type Value } from '../../lib/expr/internal.ts'
import { size, type Sizes } from '../../lib/shape/index.ts'
import { toArray, toFlatArray, type DType } from '../../lib/tensor/index.ts'
import { arbitraryTensorOf, tensorOf } from '../arbitrary/tensor.ts'

/** An array of known shape: its elements row by row. */
export interface Flat {
  readonly shape: Sizes
  readonly elements: readonly number[]
}

/** The indices of a shape, row by row. */
export const indicesOf = (shape: Sizes): readonly Sizes[] =>
  shape.reduce<readonly Sizes[]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]]
  )

/** An array by its element at each index. */
export const build = (shape: Sizes, element: (index: Sizes) => number): Flat => ({
  shape,
  elements: indicesOf(shape).map(element)
})

/** The element at an index; an axis of size 1 repeats. */
export const at = ({ shape, elements }: Flat, index: Sizes): number => {
  const own = index.slice(index.length - shape.length)
  const place = shape.reduce((before, n, axis) => before * n + (n === 1 ? 0 : (own[axis] ?? 0)), 0)
  const element = elements[place]
  if (element === undefined) throw new Error(`there is no element ${place} in ${JSON.stringify(shape)}`)
  return element
}

export const expression = ({ shape, elements }: Flat, dtype: DType = 'f64'): AnyExpr =>
  constant(tensorOf({ shape, dtype }, elements))

/** The value of an expression; bools are 0 and 1. */
export const flat = (self: AnyExpr): Flat => {
  const value = evaluate(self)
  return { shape: value.shape, elements: toFlatArray(value).map(Number) }
}

export const nested = (self: AnyExpr): unknown => toArray(evaluate(self))

/** Random arrays of small whole numbers, for which the order of a sum does not matter. */
export const wholeArray = (shape: Sizes, least = -5, greatest = 5): fc.Arbitrary<Flat> =>
  fc
    .array(fc.integer({ min: least, max: greatest }), { minLength: size(shape), maxLength: size(shape) })
    .map((elements) => ({ shape, elements }))

export const anyArray = (shape: Sizes, dtype: DType = 'f64'): fc.Arbitrary<Flat> =>
  arbitraryTensorOf({ shape, dtype }).map((tensor) => ({ shape, elements: toFlatArray(tensor).map(Number) }))

export const shapes = (rank: { readonly min?: number; readonly max?: number } = {}): fc.Arbitrary<Sizes> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank.min ?? 0, maxLength: rank.max ?? 3 })

/** Two shapes that broadcast, and their common one. */
export const broadcastable: fc.Arbitrary<readonly [a: Sizes, b: Sizes, common: Sizes]> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.boolean()), { maxLength: 4 }),
    fc.nat({ max: 4 }),
    fc.boolean()
  )
  .map(([axes, cut, left]) => {
    const first = axes.map(([n, one]) => (one ? 1 : n)).slice(left ? cut : 0)
    const second = axes.map(([n, , one]) => (one ? 1 : n)).slice(left ? 0 : cut)
    const sizeOf = (shape: Sizes, axis: number): number => shape[axis - axes.length + shape.length] ?? 1
    return [first, second, axes.map((_, axis) => Math.max(sizeOf(first, axis), sizeOf(second, axis)))] as const
  })

/** A fresh input, for graphs that are looked at and not computed. */
export const input = (shape: Sizes, dtype: DType = 'f32'): AnyExpr => inputValue({ shape, dtype }) as Value as AnyExpr

/** The sentence that a function throws. */
export const sentenceOf = (f: () => unknown): string => {
  try {
    f()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'nothing was thrown'
}
