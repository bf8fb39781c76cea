/**
 * Comparisons of two values that broadcast to one shape.
 *
 * Every comparison with NaN is false, but for `notEqual`; −0 equals +0.
 *
 * @since 0.1.0
 */
import type { Fit, Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import type { Accepts, Kind } from '../kind.ts'
import { applyOne, type AnyExpr, type Expr, type Value } from '../node.ts'
import type { Comparison } from '../primitive/parameters.ts'
import type { Combined, CombineMessage } from './elementwise.ts'
import { together } from './elementwise.ts'
import { operator } from './internal.ts'

// model

/**
 * A comparison of two values, the other one, Y, given: `pipe(x, less(y))` is x < y.
 *
 * @category model
 * @since 0.1.0
 */
export interface Compare<What extends string, K extends Kind, Y extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<CombineMessage<What, A, T, Y>, Expr<A, T>> & Accepts<What, K>[T]
  ): Expr<Combined<A, Y>, 'bool'>
}

/**
 * A comparison that waits for the other value: an expression or a number.
 *
 * @category model
 * @since 0.1.0
 */
export interface ComparisonOperator<What extends string, K extends Kind> {
  <Y extends AnyExpr | number>(other: Y): Compare<What, K, Y>
}

// constructors

const comparisonOperator =
  <What extends string, K extends Kind>(
    what: What,
    kind: K,
    compare: (a: Value, b: Value) => Value
  ): ComparisonOperator<What, K> =>
  (other) =>
    operator((self) => compare(...together(what, kind, self, other)))

const holds =
  (primitive: Comparison) =>
  (a: Value, b: Value): Value =>
    applyOne(primitive, [a, b], {})

/**
 * Where the two are equal.
 *
 *     pipe(x, equal(y)) = (x = y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self any element type.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, equal } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), equal(2)))) // [false, true]
 * @category comparison
 * @since 0.1.0
 */
export const equal: ComparisonOperator<'equal', 'any'> = comparisonOperator('equal', 'any', holds('equal'))

/**
 * Where the two are not equal; NaN is equal to nothing.
 *
 *     pipe(x, notEqual(y)) = ¬(x = y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self any element type.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, notEqual } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), notEqual(2)))) // [true, false]
 * @category comparison
 * @since 0.1.0
 */
export const notEqual: ComparisonOperator<'notEqual', 'any'> = comparisonOperator('notEqual', 'any', (a, b) =>
  applyOne('not', [applyOne('equal', [a, b], {})], {})
)

/**
 * Where the value piped in is less.
 *
 *     pipe(x, less(y)) = (x < y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, less } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), less(2)))) // [true, false]
 * @category comparison
 * @since 0.1.0
 */
export const less: ComparisonOperator<'less', 'number'> = comparisonOperator('less', 'number', holds('less'))

/**
 * Where the value piped in is less or equal.
 *
 *     pipe(x, lessEqual(y)) = (x ≤ y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, lessEqual } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 3])), lessEqual(2)))) // [true, false]
 * @category comparison
 * @since 0.1.0
 */
export const lessEqual: ComparisonOperator<'lessEqual', 'number'> = comparisonOperator(
  'lessEqual',
  'number',
  holds('lessEqual')
)

/**
 * Where the value piped in is greater.
 *
 *     pipe(x, greater(y)) = (x > y) = (y < x)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, greater } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 3])), greater(2)))) // [false, true]
 * @category comparison
 * @since 0.1.0
 */
export const greater: ComparisonOperator<'greater', 'number'> = comparisonOperator('greater', 'number', (a, b) =>
  applyOne('less', [b, a], {})
)

/**
 * Where the value piped in is greater or equal.
 *
 *     pipe(x, greaterEqual(y)) = (x ≥ y) = (y ≤ x)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns bool, of the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, greaterEqual } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), greaterEqual(2)))) // [false, true]
 * @category comparison
 * @since 0.1.0
 */
export const greaterEqual: ComparisonOperator<'greaterEqual', 'number'> = comparisonOperator(
  'greaterEqual',
  'number',
  (a, b) => applyOne('lessEqual', [b, a], {})
)
