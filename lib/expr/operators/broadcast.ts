/**
 * The same elements repeated.
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
  type First,
  type Fit,
  type Mutable,
  type Shape
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { stretched } from '../build.ts'
import type { Expr } from '../node.ts'
import { operator, orRaise } from './internal.ts'

// model

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

// constructors

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
    return stretched(self, orRaise(Shapes.broadcastTo(self.shape, sizes)))
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
  operator((self) => stretched(self, orRaise(Shapes.broadcastTo(self.shape, other.shape, 'broadcastLike'))))
