/**
 * Another order of the axes, or of the elements along them.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import type { Fit, Mutable, ReduceMessage, Shape, Sizes, Transpose, TransposeMessage } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { permuted } from '../build.ts'
import { applyOne, type Expr } from '../node.ts'
import { operator, orRaise } from './internal.ts'

// model

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
 * The elements along the axes X in opposite order.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReverseAlong<X extends Sizes | undefined> {
  <A extends Shape, T extends DType>(self: Fit<ReduceMessage<A, X, 'reverse'>, Expr<A, T>>): Expr<A, T>
}

// constructors

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
 * The elements in opposite order along some axes; without one, along all.
 *
 * @param axes each at most once, negative ones count from the end; none for all.
 * @param self any shape and element type.
 * @returns the same shape.
 * @throws where there is no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, reverse } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 4]])), reverse(-1)))) // [[2, 1], [4, 3]]
 * @category movement
 * @since 0.1.0
 */
export const reverse = <const X extends Sizes>(...axes: X): ReverseAlong<X extends readonly [] ? undefined : X> =>
  operator((self) => {
    const front = orRaise(Shapes.normaliseAxes(self.shape, axes.length === 0 ? undefined : axes, 'reverse'))
    return front.length === 0 ? self : applyOne('reverse', [self], { axes: front })
  })
