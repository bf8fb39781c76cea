/**
 * Logic on bool and on the bits of integers.
 *
 * @since 0.1.0
 */
import type { BinaryOperator, Elementwise } from './elementwise.ts'
import { binaryOperator, unaryOperator } from './elementwise.ts'

/**
 * Both, bit by bit; of bool: both hold.
 *
 *     pipe(x, and(y)) = x ∧ y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self i32, u32 or bool.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, and } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([6, 5], 'i32')), and(3)))) // [2, 1]
 * @category logic
 * @since 0.1.0
 */
export const and: BinaryOperator<'and', 'bits'> = binaryOperator('and', 'bits')

/**
 * Either, bit by bit; of bool: one of them holds, or both.
 *
 *     pipe(x, or(y)) = x ∨ y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self i32, u32 or bool.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, or } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([6, 5], 'i32')), or(3)))) // [7, 7]
 * @category logic
 * @since 0.1.0
 */
export const or: BinaryOperator<'or', 'bits'> = binaryOperator('or', 'bits')

/**
 * One of two, bit by bit; of bool: exactly one of them holds.
 *
 *     pipe(x, xor(y)) = x ⊕ y
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self i32, u32 or bool.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, xor } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([6, 5], 'i32')), xor(3)))) // [5, 6]
 * @category logic
 * @since 0.1.0
 */
export const xor: BinaryOperator<'xor', 'bits'> = binaryOperator('xor', 'bits')

/**
 * The bits moved to higher places, zeros after them.
 *
 *     pipe(x, shiftLeft(n)) = x · 2ⁿ, wrapped
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, shiftLeft } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, 5], 'i32')), shiftLeft(2)))) // [4, 20]
 * @category logic
 * @since 0.1.0
 */
export const shiftLeft: BinaryOperator<'shiftLeft', 'integer'> = binaryOperator('shiftLeft', 'integer')

/**
 * The bits moved to lower places; i32 keeps its sign, u32 fills with zeros.
 *
 *     pipe(x, shiftRight(n)) = ⌊x / 2ⁿ⌋
 *
 * @param other an expression of the same element type that broadcasts with it, or a number.
 * @param self i32 or u32.
 * @returns the common shape.
 * @throws where the shapes do not broadcast or the element types differ.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, shiftRight } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([4, 20], 'i32')), shiftRight(2)))) // [1, 5]
 * @category logic
 * @since 0.1.0
 */
export const shiftRight: BinaryOperator<'shiftRight', 'integer'> = binaryOperator('shiftRight', 'integer')

/**
 * The opposite of each bit; of bool: what does not hold.
 *
 *     not(x) = ¬x
 *
 * @param self any shape, i32, u32 or bool.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, not } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([true, false])), not))) // [false, true]
 * @category logic
 * @since 0.1.0
 */
export const not: Elementwise<'not', 'bits'> = unaryOperator('not', 'bits')
