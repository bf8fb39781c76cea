/**
 * Comparisons of two values that broadcast to one shape, and choosing by what they say.
 *
 * Every comparison with NaN is false, but for `notEqual`; −0 equals +0.
 *
 * @since 0.1.0
 */
import { raise, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { applyOne, type AnyExpr, type Expr, type Value } from '../node.ts'
import type { Comparison } from '../primitive/parameters.ts'
import type { Chosen, ChosenMessage, Combined, CombinedMessage, CombineMessage } from './elementwise.ts'
import { together } from './elementwise.ts'
import type { First, Fit } from './internal.ts'
import { aligned, operandValue, operator } from './internal.ts'
import { checkKind, checkSame, type Accepts, type Kind } from './kind.ts'

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

/**
 * The choice between two values by a condition.
 *
 * @category model
 * @since 0.1.0
 */
export interface Select<Y extends AnyExpr | number, Z extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<SelectMessage<A, Y, Z>, Expr<A, T>> & Accepts<'select', 'bool'>[T]
  ): Expr<Combined<Combined<A, Y>, Z>, Chosen<Y, Z>>
}

/**
 * Keeping values between two bounds.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clip<Y extends AnyExpr | number, Z extends AnyExpr | number> {
  <A extends Shape, T extends DType>(
    self: Fit<First<CombineMessage<'clip', A, T, Y>, CombineMessage<'clip', Combined<A, Y>, T, Z>>, Expr<A, T>> &
      Accepts<'clip', 'number'>[T]
  ): Expr<Combined<Combined<A, Y>, Z>, T>
}

// types

type SelectMessage<A extends Shape, Y, Z> = First<
  ChosenMessage<Y, Z, 'select'>,
  First<CombinedMessage<A, Y, 'select'>, CombinedMessage<Combined<A, Y>, Z, 'select'>>
>

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

/**
 * One of two values for each element, by a condition; the one that is not chosen leaves no trace, not even NaN.
 *
 *     pipe(condition, select(a, b)) = a where the condition holds, b elsewhere
 *
 * The derivative flows to the chosen value only. It is 0 for the other one, but 0 · ∞ is NaN inside of it: where a
 * function is not defined, choose its argument as well.
 *
 * @param whenTrue an expression or a number; two numbers are f32.
 * @param whenFalse an expression of the same element type, or a number.
 * @param self the condition, bool; all three broadcast.
 * @returns the common shape, the element type of the two.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, less, select } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const x = constant(tensor([-1, 2]))
 * toArray(evaluate(pipe(x, less(0), select(0, x)))) // [0, 2]
 * @category comparison
 * @since 0.1.0
 */
export const select = <Y extends AnyExpr | number, Z extends AnyExpr | number>(
  whenTrue: Y,
  whenFalse: Z
): Select<Y, Z> =>
  operator((self) => {
    checkKind('select', 'bool', self)
    const dtype =
      typeof whenTrue !== 'number' ? whenTrue.dtype : typeof whenFalse !== 'number' ? whenFalse.dtype : 'f32'
    const a = operandValue(whenTrue, dtype, 'select')
    const b = operandValue(whenFalse, dtype, 'select')
    checkSame('select', a, b)
    return applyOne('select', aligned('select', [self, a, b]), {})
  })

/**
 * Each element, or the bound that it is beyond; NaN stays NaN.
 *
 *     clip(low, high)(x) = low where x < low, high where x > high, x elsewhere
 *
 * The derivative is 1 between the bounds and on them, 0 beyond.
 *
 * @param low an expression of the same element type that broadcasts with it, or a number.
 * @param high the same, low ≤ high.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast, the element types differ, or the numbers low > high.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { clip, constant } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([-3, 0.5, 3])), clip(-1, 1)))) // [-1, 0.5, 1]
 * @category comparison
 * @since 0.1.0
 */
export const clip = <Y extends AnyExpr | number, Z extends AnyExpr | number>(low: Y, high: Z): Clip<Y, Z> => {
  if (typeof low === 'number' && typeof high === 'number' && !(low <= high))
    raise(`clip: the lower bound has to be at most the upper one, got ${low} and ${high}`)
  return operator((self) => {
    checkKind('clip', 'number', self)
    const operands = [self, operandValue(low, self.dtype, 'clip'), operandValue(high, self.dtype, 'clip')] as const
    checkSame('clip', self, operands[1])
    checkSame('clip', self, operands[2])
    const [x = self, least = operands[1], greatest = operands[2]] = aligned('clip', operands)
    const below = applyOne('select', [applyOne('less', [greatest, x], {}), greatest, x], {})
    return applyOne('select', [applyOne('less', [x, least], {}), least, below], {})
  })
}
