/**
 * The error function, its complement and its inverse of scalars, in both types.
 *
 * @since 0.1.0
 */
import { erfcExtended, erfExtended } from './error-function-extended.ts'
import { erf64, erfc64 } from './error-function.ts'
import { erfInv32, erfInv64 } from './inverse-error-function.ts'
import { roundedOf } from './rounding.ts'
import type { ScalarRules } from './scalar.ts'

export const errorFunctions = {
  erf: { f32: roundedOf('erf', erf64, erfExtended), f64: erf64 },
  erfc: { f32: roundedOf('erfc', erfc64, erfcExtended), f64: erfc64 },
  erfInv: { f32: erfInv32, f64: erfInv64 }
} satisfies ScalarRules<'erf' | 'erfc' | 'erfInv'>
