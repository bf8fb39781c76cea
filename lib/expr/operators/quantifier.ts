/**
 * Whether any or all elements along some axes hold.
 *
 * @since 0.1.0
 */
import type { Sizes } from '../../shape/index.ts'
import type { Value } from '../node.ts'
import { folded, foldOperator, hasNone, type FoldOperator, type Reduction } from './fold.ts'
import { filled } from './internal.ts'

// constructors

const without = (self: Value, axes: Sizes): Sizes => self.shape.filter((_, axis) => !axes.includes(axis))

/** Whether any or all hold: of no elements none does, and all do. */
const quantified =
  (what: string, primitive: Reduction, ofNone: number) =>
  (self: Value, axes: Sizes): Value =>
    hasNone(self, axes)
      ? filled(ofNone, { shape: without(self, axes), dtype: 'bool' }, what)
      : folded(primitive)(self, axes)

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
