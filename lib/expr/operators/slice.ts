/**
 * Parts of values.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import type { Fit, Mutable, Shape, Sizes, Slice, SliceMessage, Stop } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, type Expr } from '../node.ts'
import { operator, orRaise } from './internal.ts'

// model

/**
 * The part from Starts to Stops by Strides.
 *
 * @category model
 * @since 0.1.0
 */
export interface SliceBy<Starts extends Sizes, Stops extends readonly Stop[], Strides extends Sizes | undefined> {
  <A extends Shape, T extends DType>(
    self: Fit<SliceMessage<A, Starts, Stops, Strides>, Expr<A, T>>
  ): Expr<Slice<A, Starts, Stops, Strides>, T>
}

// constructors

/**
 * The part from a start up to a stop that is left out, on each axis, every stride-th element.
 *
 * @param starts one first index for each axis; negative ones count from the end.
 * @param stops one index for each axis; negative ones count from the end, `null` is the end.
 * @param strides one step for each axis, whole, ≥ 1. Default 1.
 * @param self any shape and element type.
 * @returns ⌈(stop − start) / stride⌉ on each axis.
 * @throws where the part reaches beyond the value.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ones, slice } from 'gradfold/expr'
 * pipe(ones([4, 9]), slice([0, 1], [2, null], [1, 2])).shape // [2, 4]
 * @category movement
 * @since 0.1.0
 */
export const slice = <
  const Starts extends Sizes,
  const Stops extends readonly Stop[],
  const Strides extends Sizes | undefined = undefined
>(
  starts: Starts,
  stops: Stops,
  strides?: Strides
): SliceBy<Mutable<Starts>, Mutable<Stops>, Strides> =>
  operator((self) => {
    const shape = orRaise(Shapes.slice(self.shape, starts, stops, strides, 'slice'))
    const front = (index: number, axis: number): number => (index < 0 ? (self.shape[axis] ?? 0) + index : index) + 0
    const start = starts.map(front)
    const stop = stops.map((index, axis) => (index === null ? (self.shape[axis] ?? 0) : front(index, axis)))
    const isWhole = shape.every((n, axis) => n === self.shape[axis])
    return isWhole ? self : applyOne('slice', [self], { start, stop, stride: strides ?? self.shape.map(() => 1) })
  })
