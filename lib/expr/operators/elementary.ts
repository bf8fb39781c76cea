/**
 * Functions of one number, applied to each element.
 *
 * @since 0.1.0
 */
import { applyOne } from '../node.ts'
import type { Elementwise } from './elementwise.ts'
import { unaryOperator } from './elementwise.ts'
import { filled, operator } from './internal.ts'
import { checkKind } from './kind.ts'

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
