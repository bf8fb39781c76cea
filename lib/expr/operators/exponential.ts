/**
 * Exponentials and logarithms, element by element.
 *
 * @since 0.1.0
 */
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'

/**
 * The exponential function. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     exp(x) = eˣ
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, exp } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), exp))) // [1]
 * @category elementary functions
 * @since 0.1.0
 */
export const exp: Elementwise<'exp', 'float'> = unaryOperator('exp', 'float')

/**
 * Two to the power of each element. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     exp2(x) = 2ˣ
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, exp2 } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, -1])), exp2))) // [8, 0.5]
 * @category elementary functions
 * @since 0.1.0
 */
export const exp2: Elementwise<'exp2', 'float'> = unaryOperator('exp2', 'float')

/**
 * The exponential function less one, exact near 0 as well. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     expm1(x) = eˣ − 1
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, expm1 } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), expm1))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const expm1: Elementwise<'expm1', 'float'> = unaryOperator('expm1', 'float')

/**
 * The natural logarithm; −Infinity at 0, NaN below. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     log(x) = ln x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, log } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1])), log))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const log: Elementwise<'log', 'float'> = unaryOperator('log', 'float')

/**
 * The natural logarithm of one plus each element, exact near 0 as well. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     log1p(x) = ln(1 + x)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, log1p } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), log1p))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const log1p: Elementwise<'log1p', 'float'> = unaryOperator('log1p', 'float')

/**
 * The logarithm to the base 2. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     log2(x) = ln x / ln 2
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, log2 } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([8, 0.5])), log2))) // [3, -1]
 * @category elementary functions
 * @since 0.1.0
 */
export const log2: Elementwise<'log2', 'float'> = unaryOperator('log2', 'float')

/**
 * The logarithm to the base 10. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     log10(x) = ln x / ln 10
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, log10 } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1000])), log10))) // [3]
 * @category elementary functions
 * @since 0.1.0
 */
export const log10: Elementwise<'log10', 'float'> = unaryOperator('log10', 'float')

/**
 * The logistic function, computed as written; its derivative is y · (1 − y).
 *
 *     sigmoid(x) = 1 / (1 + e⁻ˣ)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sigmoid } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), sigmoid))) // [0.5]
 * @category elementary functions
 * @since 0.1.0
 */
export const sigmoid: Elementwise<'sigmoid', 'float'> = unaryOperator('sigmoid', 'float')
