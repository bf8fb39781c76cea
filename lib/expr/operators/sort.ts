/**
 * Ordering along an axis: stable and ascending, −0 before +0, NaN last.
 *
 * @since 0.1.0
 */
import {
  raise,
  sameShape,
  show,
  type AxisMessage,
  type Fit,
  type SameShape,
  type Shape,
  type Show
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, type Accepts } from '../kind.ts'
import { applyOne, applyPrimitive, type Expr, type Value } from '../node.ts'
import { frontAxis, operator } from './internal.ts'

// model

/**
 * The elements in order along the axis X.
 *
 * @category model
 * @since 0.1.0
 */
export interface SortAlong<X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<AxisMessage<A, X, 'sort'>, Expr<A, T>> & Accepts<'sort', 'number'>[T]
  ): Expr<A, T>
}

/**
 * The places of the elements in order along the axis X.
 *
 * @category model
 * @since 0.1.0
 */
export interface ArgSortAlong<X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<AxisMessage<A, X, 'argSort'>, Expr<A, T>> & Accepts<'argSort', 'number'>[T]
  ): Expr<A, 'i32'>
}

/**
 * The elements in the order of keys of shape K along the axis X.
 *
 * @category model
 * @since 0.1.0
 */
export interface SortByKeys<K extends Shape, X extends number> {
  <A extends Shape, T extends DType>(self: Fit<KeysMessage<A, K, X>, Expr<A, T>>): Expr<A, T>
}

type KeysDiffer<K extends string, A extends string> = `sortBy: keys ${K} and values ${A} have different shapes`
const keysDiffer = <K extends string, A extends string>(keys: K, values: A): KeysDiffer<K, A> =>
  `sortBy: keys ${keys} and values ${values} have different shapes`
type KeysMessage<A extends Shape, K extends Shape, X extends number> =
  SameShape<A, K> extends true ? AxisMessage<A, X, 'sortBy'> : KeysDiffer<Show<K>, Show<A>>

// constructors

/** The last of some values, sorted together by the first. */
const sorted = (values: readonly Value[], axis: number): Value =>
  applyPrimitive('sort', values, { axis }).at(-1) ?? raise('sort: has no output')

/**
 * The elements in ascending order along an axis.
 *
 * @param axis negative axes count from the end. Default −1.
 * @param self f32, f64, i32 or u32.
 * @returns the same shape.
 * @throws where there is no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sort } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, 1, 2])), sort()))) // [1, 2, 3]
 * @category sorting
 * @since 0.1.0
 */
export const sort = <const X extends number = -1>(axis?: X): SortAlong<X> =>
  operator((self) => {
    checkKind('sort', 'number', self)
    return sorted([self], frontAxis(self, axis ?? -1, 'sort'))
  })

/**
 * The places that the elements have before they are sorted: `takeAlong` at them sorts.
 *
 *     pipe(x, takeAlong(argSort(a)(x), a)) = sort(a)(x)
 *
 * @param axis negative axes count from the end. Default −1.
 * @param self f32, f64, i32 or u32; equal elements keep their order.
 * @returns i32, the same shape.
 * @throws where there is no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { argSort, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, 1, 2])), argSort()))) // [1, 2, 0]
 * @category sorting
 * @since 0.1.0
 */
export const argSort = <const X extends number = -1>(axis?: X): ArgSortAlong<X> =>
  operator((self) => {
    checkKind('argSort', 'number', self)
    const front = frontAxis(self, axis ?? -1, 'argSort')
    return sorted([self, applyOne('iota', [], { shape: self.shape, axis: front, dtype: 'i32' })], front)
  })

/**
 * The elements in the ascending order of their keys along an axis.
 *
 * @param keys f32, f64, i32 or u32, of the value's shape; equal keys keep their order.
 * @param axis negative axes count from the end. Default −1.
 * @param self any element type.
 * @returns the same shape.
 * @throws where there is no such axis, or the shapes differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sortBy } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([10, 20, 30])), sortBy(constant(tensor([3, 1, 2])))))) // [20, 30, 10]
 * @category sorting
 * @since 0.1.0
 */
export const sortBy = <K extends Shape, const X extends number = -1>(
  keys: Expr<K, Exclude<DType, 'bool'>>,
  axis?: X
): SortByKeys<K, X> =>
  operator((self) => {
    checkKind('sortBy', 'number', keys)
    if (!sameShape(keys.shape, self.shape)) raise(keysDiffer(show(keys.shape), show(self.shape)))
    return sorted([keys, self], frontAxis(self, axis ?? -1, 'sortBy'))
  })
