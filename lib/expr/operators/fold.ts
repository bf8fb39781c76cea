/**
 * Operators that fold axes away, for any fold.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import type { Axes, Fit, Reduce, ReduceMessage, Shape, Sizes } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { reshaped } from '../build.ts'
import { checkKind, type Accepts, type Kind } from '../kind.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import { operator, orRaise } from './internal.ts'

// model

/**
 * Whether the folded axes stay, with size 1.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoldOptions<Keep extends boolean> {
  readonly keep?: Keep
}

/**
 * An operator that folds the axes X away.
 *
 * @category model
 * @since 0.1.0
 */
export interface Fold<What extends string, K extends Kind, X extends Axes, Keep extends boolean> {
  <A extends Shape, T extends DType>(
    self: Fit<ReduceMessage<A, X, What>, Expr<A, T>> & Accepts<What, K>[T]
  ): Expr<Reduce<A, X, Keep>, T>
}

/**
 * An operator that waits for the axes to fold away.
 *
 * @category model
 * @since 0.1.0
 */
export interface FoldOperator<What extends string, K extends Kind> {
  <const X extends Axes = undefined, const Keep extends boolean = false>(
    axes?: X,
    options?: FoldOptions<Keep>
  ): Fold<What, K, X, Keep>
}

// constructors

export type Reduction = 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin'

export const foldOperator =
  <What extends string, K extends Kind>(
    what: What,
    kind: K,
    fold: (self: Value, axes: Sizes) => Value
  ): FoldOperator<What, K> =>
  (axes, options) =>
    operator((self) => {
      checkKind(what, kind, self)
      const front = orRaise(Shapes.normaliseAxes(self.shape, axes, what))
      return reshaped(fold(self, front), orRaise(Shapes.reduce(self.shape, axes, options?.keep ?? false, what)))
    })

/** A primitive fold; over no axis it is the value itself. */
export const folded =
  (primitive: Reduction) =>
  (self: Value, axes: Sizes): Value =>
    axes.length === 0 ? self : applyOne(primitive, [self], { axes: [...axes].sort((a, b) => a - b) })

export const hasNone = (self: Value, axes: Sizes): boolean => axes.some((axis) => self.shape[axis] === 0)
