/**
 * Trigonometric and hyperbolic functions, element by element.
 *
 * @since 0.1.0
 */
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'

/**
 * The sine of an angle in radians, of any size. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     sin(x)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sin } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), sin))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const sin: Elementwise<'sin', 'float'> = unaryOperator('sin', 'float')

/**
 * The cosine of an angle in radians, of any size. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     cos(x)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, cos } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), cos))) // [1]
 * @category elementary functions
 * @since 0.1.0
 */
export const cos: Elementwise<'cos', 'float'> = unaryOperator('cos', 'float')

/**
 * The tangent of an angle in radians, of any size. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     tan(x) = sin(x) / cos(x)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, tan } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), tan))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const tan: Elementwise<'tan', 'float'> = unaryOperator('tan', 'float')

/**
 * The arc tangent in radians, between −π/2 and π/2. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     tan(atan(x)) = x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, atan } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), atan))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const atan: Elementwise<'atan', 'float'> = unaryOperator('atan', 'float')

/**
 * The hyperbolic sine. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     sinh(x) = (eˣ − e⁻ˣ) / 2
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sinh } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), sinh))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const sinh: Elementwise<'sinh', 'float'> = unaryOperator('sinh', 'float')

/**
 * The hyperbolic cosine. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     cosh(x) = (eˣ + e⁻ˣ) / 2
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, cosh } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), cosh))) // [1]
 * @category elementary functions
 * @since 0.1.0
 */
export const cosh: Elementwise<'cosh', 'float'> = unaryOperator('cosh', 'float')

/**
 * The hyperbolic tangent. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     tanh(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, tanh } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), tanh))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const tanh: Elementwise<'tanh', 'float'> = unaryOperator('tanh', 'float')
