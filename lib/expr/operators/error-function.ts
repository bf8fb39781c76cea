/**
 * The error function, its complement and its inverse, element by element.
 *
 * @since 0.1.0
 */
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'

/**
 * The error function. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     erf(x) = 2/√π ∫₀ˣ e^(−t²) dt
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, erf } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), erf))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const erf: Elementwise<'erf', 'float'> = unaryOperator('erf', 'float')

/**
 * The complement of the error function, without cancellation for large elements. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     erfc(x) = 1 − erf(x)
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, erfc } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), erfc))) // [1]
 * @category elementary functions
 * @since 0.1.0
 */
export const erfc: Elementwise<'erfc', 'float'> = unaryOperator('erfc', 'float')

/**
 * The inverse of the error function, for −1 < x < 1; ±Infinity at ±1, NaN beyond. The one that normal random numbers use.
 *
 *     erf(erfInv(x)) = x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, erfInv } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0])), erfInv))) // [0]
 * @category elementary functions
 * @since 0.1.0
 */
export const erfInv: Elementwise<'erfInv', 'float'> = unaryOperator('erfInv', 'float')
