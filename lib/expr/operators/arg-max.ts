/**
 * Where the extremes are along an axis.
 *
 * @since 0.1.0
 */
import { raise, show, type AxisMessage, type Fit, type Reduce, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, type Accepts } from '../kind.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import { frontAxis, operator } from './internal.ts'

// model

/**
 * An operator that finds a place along an axis X.
 *
 * @category model
 * @since 0.1.0
 */
export interface Locate<What extends string, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<AxisMessage<A, X, What>, Expr<A, T>> & Accepts<What, 'number'>[T]
  ): Expr<Reduce<A, X>, 'i32'>
}

// constructors

const locate = <What extends string, X extends number>(
  what: What,
  axis: X,
  keys: (self: Value) => Value
): Locate<What, X> =>
  operator((self) => {
    checkKind(what, 'number', self)
    const front = frontAxis(self, axis, what)
    return self.shape[front] === 0
      ? raise(`${what}: axis ${axis} of ${show(self.shape)} holds no element`)
      : applyOne('argMax', [keys(self)], { axis: front })
  })

/** Values in the opposite order: of integers the complement, since the opposite of the least i32, and of any u32, wraps. */
const opposite = (self: Value): Value =>
  applyOne(self.dtype === 'i32' || self.dtype === 'u32' ? 'not' : 'negate', [self], {})

/**
 * The index of the first greatest element along an axis; NaN counts as greatest.
 *
 * @param axis negative axes count from the end.
 * @param self f32, f64, i32 or u32, with at least one element along the axis.
 * @returns i32, the shape without the axis; 0 ≤ index < n.
 * @throws where the shape has no such axis, or the axis holds no element.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { argMax, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 5, 2], [4, 0, 4]])), argMax(-1)))) // [1, 0]
 * @category reductions
 * @since 0.1.0
 */
export const argMax = <const X extends number>(axis: X): Locate<'argMax', X> => locate('argMax', axis, (self) => self)

/**
 * The index of the first least element along an axis; NaN counts as least.
 *
 * @param axis negative axes count from the end.
 * @param self f32, f64, i32 or u32, with at least one element along the axis.
 * @returns i32, the shape without the axis; 0 ≤ index < n.
 * @throws where the shape has no such axis, or the axis holds no element.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { argMin, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 5, 2], [4, 0, 4]])), argMin(-1)))) // [0, 1]
 * @category reductions
 * @since 0.1.0
 */
export const argMin = <const X extends number>(axis: X): Locate<'argMin', X> => locate('argMin', axis, opposite)
