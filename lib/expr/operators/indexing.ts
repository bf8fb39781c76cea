/**
 * Reading and adding at computed places. Indices are i32 or u32; those out of range are clamped into it.
 *
 * @since 0.1.0
 */
import {
  raise,
  sameShape,
  show,
  type AxisMessage,
  type First,
  type Fit,
  type NormalAxis,
  type Open,
  type SameShape,
  type Shape,
  type Show,
  type Sizes,
  type Unranked
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { permuted } from '../build.ts'
import { checkKind, checkSame, type Accepts, type DTypeMessage } from '../kind.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import type { RemoveAxis, ReplaceAxis } from './axes.ts'
import { frontAxis, operator } from './internal.ts'

// model

/**
 * The parts along the axis X at indices of shape I.
 *
 * @category model
 * @since 0.1.0
 */
export interface TakeAt<I extends Shape, J extends DType, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<First<IndexMessage<'take', J>, AxisMessage<A, X, 'take'>>, Expr<A, T>>
  ): Expr<ReplaceAxis<A, X, I>, T>
}

/**
 * The elements along the axis X, at an index of its own for each place of I.
 *
 * @category model
 * @since 0.1.0
 */
export interface TakeAlong<I extends Shape, J extends DType, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<First<IndexMessage<'takeAlong', J>, AlongMessage<A, I, X>>, Expr<A, T>>
  ): Expr<I, T>
}

/**
 * The value with updates of shape U added along the axis X at indices of shape I.
 *
 * @category model
 * @since 0.1.0
 */
export interface ScatterAddAt<I extends Shape, J extends DType, U extends Shape, V extends DType, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<
      First<IndexMessage<'scatterAdd', J>, First<DTypeMessage<T, V, 'scatterAdd'>, UpdatesMessage<A, I, U, X>>>,
      Expr<A, T>
    > &
      Accepts<'scatterAdd', 'number'>[T]
  ): Expr<A, T>
}

// sentences

type IndexMessage<What extends string, J extends DType> = [Extract<J, 'i32' | 'u32'>] extends [never]
  ? IndicesHaveTo<What, J>
  : never
type IndicesHaveTo<What extends string, J extends string> = `${What}: indices have to be i32 or u32, got ${J}`
const indicesHaveTo = <What extends string, J extends string>(what: What, dtype: J): IndicesHaveTo<What, J> =>
  `${what}: indices have to be i32 or u32, got ${dtype}`

type DifferOffAxis<
  A extends string,
  I extends string,
  X extends string
> = `takeAlong: indices ${I} and ${A} differ off axis ${X}`
const differOffAxis = <A extends string, I extends string, X extends string>(
  shape: A,
  indices: I,
  axis: X
): DifferOffAxis<A, I, X> => `takeAlong: indices ${indices} and ${shape} differ off axis ${axis}`
type AlongMessage<A extends Shape, I extends Shape, X extends number> = [AxisMessage<A, X, 'takeAlong'>] extends [never]
  ? [NormalAxis<I, X>] extends [never]
    ? DifferOffAxis<Show<A>, Show<I>, `${X}`>
    : SameShape<RemoveAxis<A, X>, RemoveAxis<I, X>> extends true
      ? never
      : DifferOffAxis<Show<A>, Show<I>, `${X}`>
  : AxisMessage<A, X, 'takeAlong'>

type UpdatesHaveTo<
  A extends string,
  I extends string,
  E extends string,
  U extends string
> = `scatterAdd: for indices ${I} into ${A} updates have to be ${E}, got ${U}`
const updatesHaveTo = <A extends string, I extends string, E extends string, U extends string>(
  shape: A,
  indices: I,
  expected: E,
  updates: U
): UpdatesHaveTo<A, I, E, U> =>
  `scatterAdd: for indices ${indices} into ${shape} updates have to be ${expected}, got ${updates}`
type UpdatesMessage<A extends Shape, I extends Shape, U extends Shape, X extends number> = [
  AxisMessage<A, X, 'scatterAdd'>
] extends [never]
  ? Unranked<A> extends true
    ? never
    : Open<X> extends true
      ? never
      : SameShape<ReplaceAxis<A, X, I>, U> extends true
        ? never
        : UpdatesHaveTo<Show<A>, Show<I>, Show<ReplaceAxis<A, X, I>>, Show<U>>
  : AxisMessage<A, X, 'scatterAdd'>

// constructors

const checkIndices = (what: string, indices: Value): void => {
  if (indices.dtype !== 'i32' && indices.dtype !== 'u32') raise(indicesHaveTo(what, indices.dtype))
}

const nonEmpty = (what: string, self: Value, axis: number): void => {
  if (self.shape[axis] === 0) raise(`${what}: axis ${axis} of ${show(self.shape)} holds no element`)
}

const replacedAxis = (shape: Sizes, axis: number, by: Sizes): Sizes => [
  ...shape.slice(0, axis),
  ...by,
  ...shape.slice(axis + 1)
]

/**
 * The parts of a value at some places of an axis, in the order of the indices; an index may occur more than once.
 *
 *     take(i, 0)(x)[p, …] = x[i[p], …]
 *
 * @param indices i32 or u32, any shape [places…]; those out of range are clamped into it.
 * @param axis negative axes count from the end. Default 0.
 * @param self any element type, [before…, n, after…], n ≥ 1.
 * @returns [before…, places…, after…].
 * @throws where there is no such axis, it is empty, or the indices are no integers.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, take } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const rows = constant(tensor([[1, 2], [3, 4]]))
 * toArray(evaluate(pipe(rows, take(constant(tensor([1, 1, 0], 'i32')))))) // [[3, 4], [3, 4], [1, 2]]
 * @category indexing
 * @since 0.1.0
 */
export const take = <I extends Shape, J extends DType, const X extends number = 0>(
  indices: Expr<I, J>,
  axis?: X
): TakeAt<I, J, X> =>
  operator((self) => {
    checkIndices('take', indices)
    const front = frontAxis(self, axis ?? 0, 'take')
    nonEmpty('take', self, front)
    return applyOne('gather', [self, indices], { axis: front, batch: 0 })
  })

/**
 * One element along an axis for each place of the indices, which have the value's shape off that axis.
 *
 *     takeAlong(i, 1)(x)[b, p] = x[b, i[b, p]]
 *
 * @param indices i32 or u32, [before…, m, after…]; those out of range are clamped into it.
 * @param axis negative axes count from the end.
 * @param self any element type, [before…, n, after…], n ≥ 1.
 * @returns [before…, m, after…].
 * @throws where there is no such axis, it is empty, the shapes differ off it, or the indices are no integers.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, takeAlong } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const scores = constant(tensor([[1, 2], [3, 4]]))
 * toArray(evaluate(pipe(scores, takeAlong(constant(tensor([[1], [0]], 'i32')), 1)))) // [[2], [3]]
 * @category indexing
 * @since 0.1.0
 */
export const takeAlong = <I extends Shape, J extends DType, const X extends number>(
  indices: Expr<I, J>,
  axis: X
): TakeAlong<I, J, X> =>
  operator((self) => {
    checkIndices('takeAlong', indices)
    const front = frontAxis(self, axis, 'takeAlong')
    nonEmpty('takeAlong', self, front)
    const rank = self.shape.length
    const fits = indices.shape.length === rank && indices.shape.every((n, i) => i === front || n === self.shape[i])
    if (!fits) raise(differOffAxis(show(self.shape), show(indices.shape), `${axis}`))
    const others = self.shape.map((_, i) => i).filter((i) => i !== front)
    const found = applyOne('gather', [permuted(self, [...others, front]), permuted(indices, [...others, front])], {
      axis: rank - 1,
      batch: rank - 1
    })
    return permuted(
      found,
      self.shape.map((_, i) => (i === front ? rank - 1 : i < front ? i : i - 1))
    )
  })

/**
 * A value with updates added at some places of an axis: where `take` reads, this adds. Updates of one place are added in
 * ascending order of the indices' positions.
 *
 *     scatterAdd(i, u, 0)(x)[k, …] = x[k, …] + Σ u[p, …] over the p with i[p] = k
 *
 * @param indices i32 or u32, any shape [places…]; those out of range are clamped into it.
 * @param updates of the same element type, [before…, places…, after…].
 * @param axis negative axes count from the end. Default 0.
 * @param self f32, f64, i32 or u32, [before…, n, after…], n ≥ 1.
 * @returns the shape of the value.
 * @throws where there is no such axis, the updates have another shape, or the indices are no integers.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, scatterAdd, zeros } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const places = constant(tensor([2, 0, 2], 'i32'))
 * toArray(evaluate(pipe(zeros([3]), scatterAdd(places, constant(tensor([1, 2, 3])))))) // [2, 0, 4]
 * @category indexing
 * @since 0.1.0
 */
export const scatterAdd = <
  I extends Shape,
  J extends DType,
  U extends Shape,
  V extends DType,
  const X extends number = 0
>(
  indices: Expr<I, J>,
  updates: Expr<U, V>,
  axis?: X
): ScatterAddAt<I, J, U, V, X> =>
  operator((self) => {
    checkIndices('scatterAdd', indices)
    checkSame('scatterAdd', self, updates)
    checkKind('scatterAdd', 'number', self)
    const front = frontAxis(self, axis ?? 0, 'scatterAdd')
    nonEmpty('scatterAdd', self, front)
    const expected = replacedAxis(self.shape, front, indices.shape)
    if (!sameShape(expected, updates.shape))
      raise(updatesHaveTo(show(self.shape), show(indices.shape), show(expected), show(updates.shape)))
    return applyOne('scatterAdd', [self, indices, updates], { axis: front, batch: 0 })
  })
