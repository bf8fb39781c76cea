/**
 * The same elements in another shape.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import {
  isNatural,
  raise,
  show,
  type BroadcastToMessage,
  type Dim,
  type NormalAxis,
  type Reshape,
  type ReshapeMessage,
  type Shape,
  type Show,
  type Sizes,
  type Transpose,
  type TransposeMessage
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import type { Expr } from '../node.ts'
import type { AxisSize, InsertAxis, RemoveAxis, RemoveOnes } from './axes.ts'
import type { First, Fit, Mutable } from './internal.ts'
import { frontAxis, operator, orRaise, permuted, reshaped, stretch } from './internal.ts'
import { placeNames, type NameMessage } from './names.ts'

// model

/**
 * The elements in the shape S.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReshapeTo<S extends Shape> {
  <A extends Shape, T extends DType>(
    self: Fit<First<ReshapeMessage<A, S>, NameMessage<A, S, 'reshape'>>, Expr<A, T>>
  ): Expr<Reshape<A, S>, T>
}

/**
 * The axes in the order P, or reversed.
 *
 * @category model
 * @since 0.1.0
 */
export interface TransposeBy<P extends Sizes | undefined> {
  <A extends Shape, T extends DType>(self: Fit<TransposeMessage<A, P>, Expr<A, T>>): Expr<Transpose<A, P>, T>
}

/**
 * The elements repeated to the shape S.
 *
 * @category model
 * @since 0.1.0
 */
export interface BroadcastBy<S extends Shape> {
  <A extends Shape, T extends DType>(
    self: Fit<First<BroadcastToMessage<A, S>, BroadcastNameMessage<A, S>>, Expr<A, T>>
  ): Expr<S, T>
}

/**
 * The elements repeated to the shape S of another expression.
 *
 * @category model
 * @since 0.1.0
 */
export interface BroadcastLike<S extends Shape> {
  <A extends Shape, T extends DType>(self: Fit<BroadcastToMessage<A, S, 'broadcastLike'>, Expr<A, T>>): Expr<S, T>
}

/**
 * An axis of size 1 more, at X.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExpandAt<X extends number> {
  <A extends Shape, T extends DType>(self: Fit<ExpandMessage<A, X>, Expr<A, T>>): Expr<InsertAxis<A, X, 1>, T>
}

/**
 * The axes of size 1 less: the one at X, or all.
 *
 * @category model
 * @since 0.1.0
 */
export interface SqueezeAt<X extends number | undefined> {
  <A extends Shape, T extends DType>(self: Fit<SqueezeMessage<A, X>, Expr<A, T>>): Expr<Squeezed<A, X>, T>
}

// types

/** A name in the target of a broadcast has to be the name of the axis that it is aligned with. */
type BroadcastNameMessage<A extends Shape, S extends Shape> = S extends readonly [...infer R extends Shape, infer D]
  ? D extends string
    ? A extends readonly [...infer Q extends Shape, infer C extends Dim]
      ? C extends 1
        ? NameOf<D>
        : BroadcastNameMessage<Q, R>
      : number extends A['length']
        ? never
        : NameOf<D>
    : BroadcastNameMessage<A extends readonly [...infer Q extends Shape, Dim] ? Q : A, R>
  : never
type NameOf<D extends string> = `broadcastTo: the size of '${D}' is not known here; use broadcastLike`
const nameOf = <D extends string>(name: D): NameOf<D> =>
  `broadcastTo: the size of '${name}' is not known here; use broadcastLike`

type NoPlace<X extends string, S extends string> = `expandDims: ${S} has no place ${X} for an axis`
const noPlace = <X extends string, S extends string>(place: X, shape: S): NoPlace<X, S> =>
  `expandDims: ${shape} has no place ${place} for an axis`
type ExpandMessage<A extends Shape, X extends number> = [NormalAxis<[...A, 1], X>] extends [never]
  ? NoPlace<`${X}`, Show<A>>
  : never

type NotOne<X extends string, S extends string, N extends string> = `squeeze: axis ${X} of ${S} has size ${N}, not 1`
const notOne = <X extends string, S extends string, N extends string>(axis: X, shape: S, n: N): NotOne<X, S, N> =>
  `squeeze: axis ${axis} of ${shape} has size ${n}, not 1`
type SqueezeMessage<A extends Shape, X extends number | undefined> = X extends number
  ? [Shapes.AxisMessage<A, X, 'squeeze'>] extends [never]
    ? Shapes.Same<AxisSize<A, X>, 1> extends true
      ? never
      : NotOne<`${X}`, Show<A>, Shapes.ShowDim<AxisSize<A, X>>>
    : Shapes.AxisMessage<A, X, 'squeeze'>
  : never
type Squeezed<A extends Shape, X extends number | undefined> = X extends number ? RemoveAxis<A, X> : RemoveOnes<A>

// constructors

/**
 * The same elements, in row-major order, in another shape; one axis may be −1 and is then inferred.
 *
 * A name (`'batch'`) stands for the size that the axis has when the program is made: it is inferred if it is the only
 * axis without a number, else it has to stand where it stood.
 *
 * @param shape whole sizes, names of the value's axes, and at most one −1.
 * @param self any shape and element type.
 * @returns the shape.
 * @throws where the numbers of elements differ, or the size behind a name is not known.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, reshape } from 'gradfold/expr'
 * pipe(ones([2, 6]), reshape(2, 3, -1)).shape // [2, 3, 2]
 * @category movement
 * @since 0.1.0
 */
export const reshape = <const S extends Shape>(...shape: S): ReshapeTo<Mutable<S>> =>
  operator((self) =>
    reshaped(self, orRaise(Shapes.reshape(self.shape, placeNames(self.shape, shape, 'reshape'), 'reshape')))
  )

/**
 * The axes in another order; without one, in reverse order.
 *
 *     transpose(2, 0, 1)(x) has shape [s₂, s₀, s₁]
 *
 * @param axes every axis once, negative ones count from the end; none for all in reverse order.
 * @param self any shape and element type.
 * @returns axis i of the result is axis `axes[i]` of the value.
 * @throws where the axes are not an order of the value's axes.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, transpose } from 'gradfold/expr'
 * pipe(ones([2, 3, 4]), transpose(2, 0, 1)).shape // [4, 2, 3]
 * pipe(ones([2, 3]), transpose()).shape // [3, 2]
 * @category movement
 * @since 0.1.0
 */
export const transpose = <const P extends Sizes>(
  ...axes: P
): TransposeBy<P extends readonly [] ? undefined : Mutable<P>> =>
  operator((self) => {
    const order = axes.length === 0 ? undefined : axes
    orRaise(Shapes.transpose(self.shape, order))
    const rank = self.shape.length
    return permuted(
      self,
      order === undefined ? self.shape.map((_, i) => rank - 1 - i) : order.map((axis) => (axis + rank) % rank)
    )
  })

/**
 * The elements repeated to a shape: shapes are aligned at the last axis, axes of size 1 and missing ones are repeated.
 *
 * @param shape whole sizes; a name has to be that of the axis it is aligned with (else `broadcastLike`).
 * @param self any shape that broadcasts to it, any element type.
 * @returns the shape.
 * @throws where the value does not broadcast to the shape.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { broadcastTo, ones } from 'gradfold/expr'
 * pipe(ones([3]), broadcastTo(2, 3)).shape // [2, 3]
 * @category movement
 * @since 0.1.0
 */
export const broadcastTo = <const S extends Shape>(...shape: S): BroadcastBy<Mutable<S>> =>
  operator((self) => {
    const before = shape.length - self.shape.length
    const sizes = shape.map((dim, axis): number =>
      typeof dim === 'number' ? dim : (self.shape[axis - before] ?? raise(nameOf(dim)))
    )
    if (!sizes.every(isNatural)) raise(`broadcastTo: expected whole sizes from 0, got ${show(sizes)}`)
    return stretch(self, orRaise(Shapes.broadcastTo(self.shape, sizes)))
  })

/**
 * The elements repeated to the shape of another expression.
 *
 * @param other any shape and element type; only the shape is used.
 * @param self any shape that broadcasts to it, any element type.
 * @returns the shape of the other.
 * @throws where the value does not broadcast to the shape.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { broadcastLike, ones, zeros } from 'gradfold/expr'
 * pipe(ones([3]), broadcastLike(zeros([2, 3]))).shape // [2, 3]
 * @category movement
 * @since 0.1.0
 */
export const broadcastLike = <S extends Shape>(other: Expr<S, DType>): BroadcastLike<S> =>
  operator((self) => stretch(self, orRaise(Shapes.broadcastTo(self.shape, other.shape, 'broadcastLike'))))

/**
 * One axis of size 1 more.
 *
 * @param axis where it is in the result; negative ones count from the end of the result.
 * @param self any shape and element type.
 * @returns the shape with a 1 inserted.
 * @throws where the result has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { expandDims, ones } from 'gradfold/expr'
 * pipe(ones([2, 3]), expandDims(1)).shape // [2, 1, 3]
 * pipe(ones([2, 3]), expandDims(-1)).shape // [2, 3, 1]
 * @category movement
 * @since 0.1.0
 */
export const expandDims = <const X extends number>(axis: X): ExpandAt<X> =>
  operator((self) => {
    const rank = self.shape.length + 1
    const place = axis < 0 ? rank + axis : axis
    return Number.isInteger(axis) && place >= 0 && place < rank
      ? reshaped(self, [...self.shape.slice(0, place), 1, ...self.shape.slice(place)])
      : raise(noPlace(`${axis}`, show(self.shape)))
  })

/**
 * Axes of size 1 less: one of them, or all.
 *
 * @param axis an axis of size 1, negative ones count from the end; none for all of size 1.
 * @param self any shape and element type.
 * @returns the shape without them.
 * @throws where there is no such axis, or its size is not 1.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, squeeze } from 'gradfold/expr'
 * pipe(ones([2, 1, 3, 1]), squeeze(1)).shape // [2, 3, 1]
 * pipe(ones([2, 1, 3, 1]), squeeze()).shape // [2, 3]
 * @category movement
 * @since 0.1.0
 */
export const squeeze = <const X extends number | undefined = undefined>(axis?: X): SqueezeAt<X> =>
  operator((self) => {
    const gone = axis === undefined ? undefined : frontAxis(self, axis, 'squeeze')
    if (gone !== undefined && self.shape[gone] !== 1) raise(notOne(`${axis}`, show(self.shape), `${self.shape[gone]}`))
    return reshaped(
      self,
      self.shape.filter((n, i) => (gone === undefined ? n !== 1 : i !== gone))
    )
  })
