/**
 * Roots, squares and reciprocals, element by element.
 *
 * @since 0.1.0
 */
import { checkKind } from '../kind.ts'
import { applyOne } from '../node.ts'
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'
import { filled, operator } from './internal.ts'

/**
 * Each element times itself, rounded once.
 *
 *     square(x) = x · x
 *
 * @param self any shape, f32, f64, i32 or u32.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, square } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([3, -2])), square))) // [9, 4]
 * @category elementary functions
 * @since 0.1.0
 */
export const square: Elementwise<'square', 'number'> = operator((self) => {
  checkKind('square', 'number', self)
  return applyOne('multiply', [self, self], {})
})

/**
 * The square root, correctly rounded; NaN below 0.
 *
 *     sqrt(x) = √x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, sqrt } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([4, 9])), sqrt))) // [2, 3]
 * @category elementary functions
 * @since 0.1.0
 */
export const sqrt: Elementwise<'sqrt', 'float'> = unaryOperator('sqrt', 'float')

/**
 * The reciprocal of the square root, rounded once. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     rsqrt(x) = 1 / √x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, rsqrt } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([4, 0.25])), rsqrt))) // [0.5, 2]
 * @category elementary functions
 * @since 0.1.0
 */
export const rsqrt: Elementwise<'rsqrt', 'float'> = unaryOperator('rsqrt', 'float')

/**
 * The cube root, of negative numbers too. In f32 correctly rounded, in f64 within 4 units in the last place.
 *
 *     cbrt(x) = ∛x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, cbrt } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([8, -27])), cbrt))) // [2, -3]
 * @category elementary functions
 * @since 0.1.0
 */
export const cbrt: Elementwise<'cbrt', 'float'> = unaryOperator('cbrt', 'float')

/**
 * One over each element, rounded once.
 *
 *     reciprocal(x) = 1 / x
 *
 * @param self any shape, f32 or f64.
 * @returns the same shape and type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, reciprocal } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([4, -2])), reciprocal))) // [0.25, -0.5]
 * @category elementary functions
 * @since 0.1.0
 */
export const reciprocal: Elementwise<'reciprocal', 'float'> = operator((self) => {
  checkKind('reciprocal', 'float', self)
  return applyOne('divide', [filled(1, self, 'reciprocal'), self], {})
})
