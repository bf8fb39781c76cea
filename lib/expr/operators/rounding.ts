/**
 * Signs and whole numbers, element by element.
 *
 * @since 0.1.0
 */
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'

/**
 * The opposite of each element; u32 wraps.
 *
 *     negate(x) = −x
 *
 * @param self any shape, f32, f64, i32 or u32.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, negate } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, -2])), negate))) // [-1, 2]
 * @category elementary functions
 * @since 0.1.0
 */
export const negate: Elementwise<'negate', 'number'> = unaryOperator('negate', 'number')

/**
 * The distance of each element from 0.
 *
 *     abs(x) = |x|
 *
 * @param self any shape, f32, f64, i32 or u32.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, abs } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1, -2])), abs))) // [1, 2]
 * @category elementary functions
 * @since 0.1.0
 */
export const abs: Elementwise<'abs', 'number'> = unaryOperator('abs', 'number')

/**
 * The sign of each element: −1, 0 or 1; NaN and ±0 stay what they are. Its derivative is 0.
 *
 *     sign(x) = x / |x|, sign(±0) = ±0
 *
 * @param self any shape, f32, f64, i32 or u32.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sign } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, -2])), sign))) // [1, -1]
 * @category elementary functions
 * @since 0.1.0
 */
export const sign: Elementwise<'sign', 'number'> = unaryOperator('sign', 'number')

/**
 * The greatest whole number that is not above each element. Its derivative is 0.
 *
 *     floor(x) = ⌊x⌋
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, floor } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1.5, -1.5])), floor))) // [1, -2]
 * @category elementary functions
 * @since 0.1.0
 */
export const floor: Elementwise<'floor', 'float'> = unaryOperator('floor', 'float')

/**
 * The least whole number that is not below each element. Its derivative is 0.
 *
 *     ceil(x) = ⌈x⌉
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, ceil } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1.5, -1.5])), ceil))) // [2, -1]
 * @category elementary functions
 * @since 0.1.0
 */
export const ceil: Elementwise<'ceil', 'float'> = unaryOperator('ceil', 'float')

/**
 * The nearest whole number, a half to the even one (as NumPy; `Math.round` rounds it up). Its derivative is 0.
 *
 *     round(0.5) = 0, round(1.5) = 2, round(−2.5) = −2
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, round } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0.5, 1.5])), round))) // [0, 2]
 * @category elementary functions
 * @since 0.1.0
 */
export const round: Elementwise<'round', 'float'> = unaryOperator('round', 'float')
