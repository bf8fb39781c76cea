/**
 * Arithmetic on two values that broadcast to one shape; the value piped in is the left one.
 *
 * @since 0.1.0
 */
import type { BinaryOperator } from './elementwise.ts'
import { binaryOperator } from './elementwise.ts'

/**
 * The sum; integers wrap.
 *
 *     pipe(x, add(y)) = x + y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, add } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), add(3)))) // [4, 5]
 * @category arithmetic
 * @since 0.1.0
 */
export const add: BinaryOperator<'add', 'number'> = binaryOperator('add', 'number')

/**
 * The difference; integers wrap.
 *
 *     pipe(x, subtract(y)) = x − y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, subtract } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), subtract(3)))) // [-2, -1]
 * @category arithmetic
 * @since 0.1.0
 */
export const subtract: BinaryOperator<'subtract', 'number'> = binaryOperator('subtract', 'number')

/**
 * The product; integers wrap.
 *
 *     pipe(x, multiply(y)) = x · y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, multiply } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 2])), multiply(3)))) // [3, 6]
 * @category arithmetic
 * @since 0.1.0
 */
export const multiply: BinaryOperator<'multiply', 'number'> = binaryOperator('multiply', 'number')

/**
 * The quotient. Integers truncate, and 0 divides to 0.
 *
 *     pipe(x, divide(y)) = x / y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, divide } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, 6])), divide(2)))) // [1.5, 3]
 * @category arithmetic
 * @since 0.1.0
 */
export const divide: BinaryOperator<'divide', 'number'> = binaryOperator('divide', 'number')

/**
 * The remainder, with the sign of the dividend, as `%` in JavaScript and C (Python takes the divisor's).
 *
 *     pipe(x, remainder(y)) = x − y · trunc(x / y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, remainder } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([7, -7])), remainder(3)))) // [1, -1]
 * @category arithmetic
 * @since 0.1.0
 */
export const remainder: BinaryOperator<'remainder', 'number'> = binaryOperator('remainder', 'number')

/**
 * The greater one; NaN if either is, and +0 is greater than −0.
 *
 *     pipe(x, maximum(y)) = max(x, y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, maximum } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 5])), maximum(3)))) // [3, 5]
 * @category arithmetic
 * @since 0.1.0
 */
export const maximum: BinaryOperator<'maximum', 'number'> = binaryOperator('maximum', 'number')

/**
 * The lesser one; NaN if either is, and −0 is less than +0.
 *
 *     pipe(x, minimum(y)) = min(x, y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32, f64, i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, minimum } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 5])), minimum(3)))) // [1, 3]
 * @category arithmetic
 * @since 0.1.0
 */
export const minimum: BinaryOperator<'minimum', 'number'> = binaryOperator('minimum', 'number')

/**
 * One value to the power of the other, the special cases as in C (Annex F). In f32 correctly rounded, in f64
 * within 4 units in the last place.
 *
 *     pipe(x, power(y)) = xʸ
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32 or f64.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, power } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([2, 3])), power(2)))) // [4, 9]
 * @category arithmetic
 * @since 0.1.0
 */
export const power: BinaryOperator<'power', 'float'> = binaryOperator('power', 'float')

/**
 * The angle of the point (y, x), y piped in, in radians between −π and π.
 *
 *     pipe(y, atan2(x)) = atan(y / x), in the quadrant of (x, y)
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self f32 or f64.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, atan2 } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), atan2(1)))) // [0]
 * @category arithmetic
 * @since 0.1.0
 */
export const atan2: BinaryOperator<'atan2', 'float'> = binaryOperator('atan2', 'float')
