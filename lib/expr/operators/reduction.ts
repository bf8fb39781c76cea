/**
 * Folding axes away: sums, means, extremes, and where the extremes are.
 *
 * Axes are one number, a list, or nothing for all of them; negative axes count from the end. `keep` leaves the folded axes
 * with size 1, so that the result broadcasts with what it came from.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import {
  raise,
  show,
  size,
  type Axes,
  type AxisMessage,
  type Reduce,
  type ReduceMessage,
  type Shape,
  type Sizes
} from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import type { Fit } from './internal.ts'
import { filled, frontAxis, operator, orRaise, reshaped, stretch } from './internal.ts'
import { checkKind, type Accepts, type Kind } from './kind.ts'

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

type Reduction = 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin'

const foldOperator =
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
const folded =
  (primitive: Reduction) =>
  (self: Value, axes: Sizes): Value =>
    axes.length === 0 ? self : applyOne(primitive, [self], { axes: [...axes].sort((a, b) => a - b) })

const hasNone = (self: Value, axes: Sizes): boolean => axes.some((axis) => self.shape[axis] === 0)
const without = (self: Value, axes: Sizes): Sizes => self.shape.filter((_, axis) => !axes.includes(axis))

/** The greatest or least: of no elements there is none. */
const extreme =
  (what: string, primitive: Reduction) =>
  (self: Value, axes: Sizes): Value =>
    hasNone(self, axes)
      ? raise(`${what}: the reduced axes of ${show(self.shape)} hold no element`)
      : folded(primitive)(self, axes)

/** Whether any or all hold: of no elements none does, and all do. */
const quantified =
  (what: string, primitive: Reduction, ofNone: number) =>
  (self: Value, axes: Sizes): Value =>
    hasNone(self, axes)
      ? filled(ofNone, { shape: without(self, axes), dtype: 'bool' }, what)
      : folded(primitive)(self, axes)

const counted = (self: Value, axes: Sizes): number => size(axes.map((axis) => self.shape[axis] ?? 1))

const meanOf = (self: Value, axes: Sizes): Value => {
  const total = folded('reduceSum')(self, axes)
  return applyOne('divide', [total, filled(counted(self, axes), total, 'mean')], {})
}

/** A value folded over axes, stretched back over them. */
const spread = (self: Value, shape: Sizes, axes: Sizes): Value =>
  stretch(
    reshaped(
      self,
      shape.map((n, axis) => (axes.includes(axis) ? 1 : n))
    ),
    shape
  )

const varianceOf = (self: Value, axes: Sizes): Value => {
  const deviation = applyOne('subtract', [self, spread(meanOf(self, axes), self.shape, axes)], {})
  return meanOf(applyOne('multiply', [deviation, deviation], {}), axes)
}

const logSumExpOf = (self: Value, axes: Sizes): Value => {
  const greatest = applyOne('stopGradient', [extreme('logSumExp', 'reduceMax')(self, axes)], {})
  const isFinite = applyOne('less', [applyOne('abs', [greatest], {}), filled(Infinity, greatest, 'logSumExp')], {})
  // an infinite greatest element would give ∞ − ∞
  const shift = applyOne('select', [isFinite, greatest, filled(0, greatest, 'logSumExp')], {})
  const shifted = applyOne('subtract', [self, spread(shift, self.shape, axes)], {})
  const total = folded('reduceSum')(applyOne('exp', [shifted], {}), axes)
  return applyOne('add', [applyOne('log', [total], {}), shift], {})
}

/**
 * The sum over some axes; of no elements 0. The order of the additions is pinned (`numerics` of gradfold/engine).
 *
 *     sum(axes)(x) = Σ x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32, f64, i32 or u32; integers wrap.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sum } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 4]])), sum(-1)))) // [3, 7]
 * @category reductions
 * @since 0.1.0
 */
export const sum: FoldOperator<'sum', 'number'> = foldOperator('sum', 'number', folded('reduceSum'))

/**
 * The arithmetic mean over some axes: the sum, and one division by the count. Of no elements NaN.
 *
 *     mean(axes)(x) = Σ x / n
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32 or f64.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, mean } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 4]])), mean()))) // 2.5
 * @category reductions
 * @since 0.1.0
 */
export const mean: FoldOperator<'mean', 'float'> = foldOperator('mean', 'float', meanOf)

/**
 * The product over some axes; of no elements 1.
 *
 *     product(axes)(x) = Π x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32, f64, i32 or u32; integers wrap.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, product } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 4]])), product(0)))) // [3, 8]
 * @category reductions
 * @since 0.1.0
 */
export const product: FoldOperator<'product', 'number'> = foldOperator('product', 'number', folded('reduceProduct'))

/**
 * The greatest element over some axes; NaN if one of them is, and +0 is greater than −0.
 *
 *     max(axes)(x) = max x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32, f64, i32 or u32, with at least one element along the axes.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis, or the axes hold no element.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, max } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 0]])), max(-1)))) // [2, 3]
 * @category reductions
 * @since 0.1.0
 */
export const max: FoldOperator<'max', 'number'> = foldOperator('max', 'number', extreme('max', 'reduceMax'))

/**
 * The least element over some axes; NaN if one of them is, and −0 is less than +0.
 *
 *     min(axes)(x) = min x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32, f64, i32 or u32, with at least one element along the axes.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis, or the axes hold no element.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, min } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[1, 2], [3, 0]])), min(-1)))) // [1, 0]
 * @category reductions
 * @since 0.1.0
 */
export const min: FoldOperator<'min', 'number'> = foldOperator('min', 'number', extreme('min', 'reduceMin'))

/**
 * The variance over some axes, in two passes: the mean, then the mean of the squared deviations. It divides by n (biased,
 * as NumPy and as normalisation layers do); `torch.var` divides by n − 1 by default.
 *
 *     variance(axes)(x) = Σ (x − mean x)² / n
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32 or f64.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, variance } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2, 3, 6])), variance()))) // 3.5
 * @category reductions
 * @since 0.1.0
 */
export const variance: FoldOperator<'variance', 'float'> = foldOperator('variance', 'float', varianceOf)

/**
 * Whether any element over some axes holds; of no elements none does.
 *
 *     any(axes)(x) = ∃ x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self bool.
 * @returns bool, the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { any, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[true, false], [false, false]])), any(-1)))) // [true, false]
 * @category reductions
 * @since 0.1.0
 */
export const any: FoldOperator<'any', 'bool'> = foldOperator('any', 'bool', quantified('any', 'reduceMax', 0))

/**
 * Whether all elements over some axes hold; of no elements all do.
 *
 *     all(axes)(x) = ∀ x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self bool.
 * @returns bool, the shape without the axes.
 * @throws where the shape has no such axis.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { all, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([[true, true], [false, true]])), all(-1)))) // [true, false]
 * @category reductions
 * @since 0.1.0
 */
export const all: FoldOperator<'all', 'bool'> = foldOperator('all', 'bool', quantified('all', 'reduceMin', 1))

/**
 * The logarithm of the sum of the exponentials over some axes, without overflow: the greatest element is taken out first.
 *
 *     logSumExp(axes)(x) = ln Σ eˣ = m + ln Σ e^(x − m),  m = max x
 *
 * @param axes one axis, a list of axes, or nothing for all; negative axes count from the end.
 * @param options.keep whether the axes stay with size 1. Default false.
 * @param self f32 or f64, with at least one element along the axes.
 * @returns the shape without the axes.
 * @throws where the shape has no such axis, or the axes hold no element.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, logSumExp } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1000, -1000])), logSumExp()))) // 1000
 * @category reductions
 * @since 0.1.0
 */
export const logSumExp: FoldOperator<'logSumExp', 'float'> = foldOperator('logSumExp', 'float', logSumExpOf)

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
