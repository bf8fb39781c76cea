/**
 * The elementary functions of the reference engine: fixed sequences of exact operations, so that a result has the same
 * bits in every engine and on every machine. No function of `Math` beyond the exact ones takes part.
 *
 * In float32 all of them are correctly rounded, except `sigmoid` (the composition `1/(1 + exp(−x))`, each operation
 * rounded once) and `erfInv` (Giles' polynomials, defined operation by operation). In float64 the largest errors
 * are, in ulp: sqrt 0.5; exp, exp2, log, log2, log10, cbrt, pow 0.6; sin, cos, tan, atan, log1p 1; expm1, erf 1.2; cosh,
 * rsqrt, atan2 1.5; sinh 2; tanh, sigmoid 2.5; erfc 3; erfInv 4.
 *
 * @since 0.1.0
 */
import { atan2_32, atan2_64, atan32, atan64 } from './arctangent.ts'
import { erf32, erf64, erfc32, erfc64 } from './error-function.ts'
import { exp2_32, exp2_64, exp32, exp64, expm1_32, expm1_64, sigmoid32, sigmoid64 } from './exponential.ts'
import { cosh32, cosh64, sinh32, sinh64, tanh32, tanh64 } from './hyperbolic.ts'
import { erfInv32, erfInv64 } from './inverse-error-function.ts'
import { log10_32, log10_64, log1p32, log1p64, log2_32, log2_64, log32, log64 } from './logarithm.ts'
import { pow32, pow64 } from './power.ts'
import { cbrt32, cbrt64, rsqrt32, rsqrt64, sqrt32, sqrt64 } from './root.ts'
import { cos32, cos64, sin32, sin64, tan32, tan64 } from './trigonometric.ts'

// model

/** The elementary functions of one argument. */
export type ElementaryName =
  | 'exp'
  | 'exp2'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'log2'
  | 'log10'
  | 'tanh'
  | 'sinh'
  | 'cosh'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'erf'
  | 'erfc'
  | 'atan'
  | 'cbrt'
  | 'rsqrt'
  | 'sqrt'
  | 'erfInv'
  | 'sigmoid'

/** The elementary functions of two arguments: `pow(base, exponent)` and `atan2(y, x)`. */
export type ElementaryBinaryName = 'pow' | 'atan2'

// interpreters

/** Float32: the argument is a float32 value, the result a float32 value. */
export const elementary32: Readonly<Record<ElementaryName, (x: number) => number>> = Object.freeze({
  exp: exp32,
  exp2: exp2_32,
  expm1: expm1_32,
  log: log32,
  log1p: log1p32,
  log2: log2_32,
  log10: log10_32,
  tanh: tanh32,
  sinh: sinh32,
  cosh: cosh32,
  sin: sin32,
  cos: cos32,
  tan: tan32,
  erf: erf32,
  erfc: erfc32,
  atan: atan32,
  cbrt: cbrt32,
  rsqrt: rsqrt32,
  sqrt: sqrt32,
  erfInv: erfInv32,
  sigmoid: sigmoid32
})

/** Float64. */
export const elementary64: Readonly<Record<ElementaryName, (x: number) => number>> = Object.freeze({
  exp: exp64,
  exp2: exp2_64,
  expm1: expm1_64,
  log: log64,
  log1p: log1p64,
  log2: log2_64,
  log10: log10_64,
  tanh: tanh64,
  sinh: sinh64,
  cosh: cosh64,
  sin: sin64,
  cos: cos64,
  tan: tan64,
  erf: erf64,
  erfc: erfc64,
  atan: atan64,
  cbrt: cbrt64,
  rsqrt: rsqrt64,
  sqrt: sqrt64,
  erfInv: erfInv64,
  sigmoid: sigmoid64
})

/** Float32, of two arguments. */
export const binary32: Readonly<Record<ElementaryBinaryName, (x: number, y: number) => number>> = Object.freeze({
  pow: pow32,
  atan2: atan2_32
})

/** Float64, of two arguments. */
export const binary64: Readonly<Record<ElementaryBinaryName, (x: number, y: number) => number>> = Object.freeze({
  pow: pow64,
  atan2: atan2_64
})
