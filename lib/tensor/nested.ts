/**
 * Nested arrays: the shape of a literal as a type and as a value.
 *
 * @since 0.1.0
 */
import { raise, size, type Dim, type Shape, type Sizes } from '../shape/index.ts'
import type { DType } from './dtype.ts'

// model

/**
 * A value, or a list of nested values of the same depth.
 *
 * @category model
 * @since 0.1.0
 */
export type Nested<E> = E | readonly Nested<E>[]

/**
 * The nested arrays of a shape: `Nested2d = NestedOf<[2, 3], number>` is a list of lists of numbers.
 *
 * @category model
 * @since 0.1.0
 */
export type NestedOf<S extends Shape, E> = S extends readonly []
  ? E
  : S extends readonly [Dim, ...infer Rest extends Shape]
    ? readonly NestedOf<Rest, E>[]
    : Nested<E>

/**
 * The shape of nested arrays: `[2, 3]` for `[[1, 2, 3], [4, 5, 6]]`; a list of unknown length gives `number`.
 *
 * @category model
 * @since 0.1.0
 */
export type NestedShape<A, Outer extends number[] = []> = [A] extends [never]
  ? Outer
  : [A] extends [readonly unknown[]]
    ? NestedShape<A[number], [...Outer, A['length']]>
    : [Extract<A, readonly unknown[]>] extends [never]
      ? Outer
      : number[]

/** The values inside nested arrays, as a union. */
type Scalars<A> = [A] extends [never]
  ? never
  : [A] extends [readonly unknown[]]
    ? Scalars<A[number]>
    : Exclude<A, readonly unknown[]>

/**
 * The element type that nested arrays have where none is named: bool for booleans, f32 for everything else.
 *
 * @category model
 * @since 0.1.0
 */
export type DefaultDType<A> = [Scalars<A>] extends [never] ? 'f32' : [Scalars<A>] extends [boolean] ? 'bool' : 'f32'

type IsUnion<A, All = A> = A extends unknown ? ([All] extends [A] ? false : true) : never

/**
 * What is wrong with a literal, as a sentence, or `never`.
 *
 * @category model
 * @since 0.1.0
 */
export type NestedMessage<A, Depth extends readonly unknown[] = []> = [A] extends [never]
  ? never
  : [A] extends [readonly unknown[]]
    ? IsUnion<A['length']> extends true
      ? Ragged<`${Depth['length']}`>
      : NestedMessage<A[number], [...Depth, unknown]>
    : [Extract<A, readonly unknown[]>] extends [never]
      ? never
      : // a type of unknown depth, as Nested<number> is, has lists of unknown length: left to run time
        number extends Extract<A, readonly unknown[]>['length']
        ? never
        : Mixed<`${Depth['length']}`>

type Ragged<D extends string> = `tensor: the lists at depth ${D} differ in length`
type Mixed<D extends string> = `tensor: lists and single values are mixed at depth ${D}`

const ragged = <D extends string>(depth: D): Ragged<D> => `tensor: the lists at depth ${depth} differ in length`
const mixed = <D extends string>(depth: D): Mixed<D> => `tensor: lists and single values are mixed at depth ${depth}`

// destructors

const isList = (u: unknown): u is readonly unknown[] => Array.isArray(u)

const placeOf = (path: Sizes): string => `[${path.join(', ')}]`

/** The shape that the first elements have; `flatten` checks the others against it. */
export const nestedShape = (nested: unknown): Sizes =>
  isList(nested) ? [nested.length, ...(nested.length === 0 ? [] : nestedShape(nested[0]))] : []

/** The values of nested arrays in order with their places; throws one sentence where they are no full block. */
const flatten = (node: unknown, shape: Sizes, path: Sizes): readonly unknown[] => {
  const expected = shape[path.length]
  if (isList(node) !== (expected !== undefined))
    return raise(
      `${mixed(String(path.length))}: expected ${expected === undefined ? 'a single value' : `a list of ${expected}`} at ${placeOf(path)}`
    )
  if (!isList(node)) return [node]
  if (node.length !== expected)
    return raise(
      `${ragged(String(path.length))}: expected ${String(expected)} elements at ${placeOf(path)}, got ${node.length}`
    )
  return node.flatMap((child, i) => flatten(child, shape, [...path, i]))
}

/** The values of nested arrays in order; throws one sentence where they are no full block. */
export const flattenNested = (nested: unknown, shape: Sizes): readonly unknown[] => flatten(nested, shape, [])

/** The place, as nested indices, of an element counted from the front. */
const indicesOf = (position: number, shape: Sizes): Sizes =>
  shape.reduceRight<{ readonly rest: number; readonly indices: Sizes }>(
    ({ rest, indices }, n) => ({ rest: Math.floor(rest / n), indices: [rest % n, ...indices] }),
    { rest: position, indices: [] }
  ).indices

/** The text of a place. */
export const showPlace = (position: number, shape: Sizes): string => placeOf(indicesOf(position, shape))

/** Nested arrays of a shape over values in row-major order. */
export const nest = <E>(values: readonly E[], shape: Sizes): Nested<E> => {
  const [n, ...rest] = shape
  // a tensor of rank 0 has one value
  if (n === undefined) return values[0] as E
  const width = size(rest)
  return rest.length === 0
    ? values
    : Array.from({ length: n }, (_, i) => nest(values.slice(i * width, (i + 1) * width), rest))
}

/** The element type of a literal that does not name one. */
export const defaultDType = (values: readonly unknown[]): DType => (typeof values[0] === 'boolean' ? 'bool' : 'f32')
