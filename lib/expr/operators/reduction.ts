/**
 * Folding axes away: sums, means, extremes.
 *
 * Axes are one number, a list, or nothing for all of them; negative axes count from the end. `keep` leaves the folded axes
 * with size 1, so that the result broadcasts with what it came from.
 *
 * @since 0.1.0
 */
import { raise, show, size, type Sizes } from '../../shape/index.ts'
import { reshaped, stretched } from '../build.ts'
import { applyOne, type Value } from '../node.ts'
import { folded, foldOperator, hasNone, type FoldOperator, type Reduction } from './fold.ts'
import { filled } from './internal.ts'

// constructors

/** The greatest or least: of no elements there is none. */
const extreme =
  (what: string, primitive: Reduction) =>
  (self: Value, axes: Sizes): Value =>
    hasNone(self, axes)
      ? raise(`${what}: the reduced axes of ${show(self.shape)} hold no element`)
      : folded(primitive)(self, axes)

const counted = (self: Value, axes: Sizes): number => size(axes.map((axis) => self.shape[axis] ?? 1))

const meanOf = (self: Value, axes: Sizes): Value => {
  const total = folded('reduceSum')(self, axes)
  return applyOne('divide', [total, filled(counted(self, axes), total, 'mean')], {})
}

/** A value folded over axes, stretched back over them. */
const spread = (self: Value, shape: Sizes, axes: Sizes): Value =>
  stretched(
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
