/**
 * The same elements in another shape.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import {
  raise,
  show,
  type First,
  type Fit,
  type Mutable,
  type NormalAxis,
  type Reshape,
  type ReshapeMessage,
  type Shape,
  type Show
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { reshaped } from '../build.ts'
import type { Expr } from '../node.ts'
import type { AxisSize, InsertAxis, RemoveAxis, RemoveOnes } from './axes.ts'
import { frontAxis, operator, orRaise } from './internal.ts'
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
