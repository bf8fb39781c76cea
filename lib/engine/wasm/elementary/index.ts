/**
 * The elementary functions of scalars as WebAssembly functions, with the bits of `lib/engine/elementary` for every
 * argument: float64 by the same sequences of operations, float32 rounded correctly (sigmoid and erfInv as pinned).
 *
 * @since 0.1.0
 */
import type { FunctionDefinition } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { ElementaryBinaryName, ElementaryName } from '../../elementary/index.ts'
import { circular, circularOfTwo } from './circular.ts'
import { errorFunctions } from './error.ts'
import { exponentials } from './exponential.ts'
import { hyperbolics } from './hyperbolic.ts'
import { logarithms } from './logarithm.ts'
import { powers } from './power.ts'
import { roots } from './root.ts'
import type { ScalarRules } from './scalar.ts'

const functions: ScalarRules<ElementaryName> = {
  ...exponentials,
  ...logarithms,
  ...hyperbolics,
  ...roots,
  ...circular,
  ...errorFunctions
}

const functionsOfTwo: ScalarRules<ElementaryBinaryName> = { ...powers, ...circularOfTwo }

/** An elementary function of one scalar, defined once per module. */
export const scalarFunction = (
  compilation: Compilation,
  name: ElementaryName,
  type: 'f32' | 'f64'
): FunctionDefinition => compilation.shared(`scalar ${name} ${type}`, () => functions[name][type](compilation))

/** `pow(base, exponent)` or `atan2(y, x)` of scalars, defined once per module. */
export const scalarFunctionOfTwo = (
  compilation: Compilation,
  name: ElementaryBinaryName,
  type: 'f32' | 'f64'
): FunctionDefinition => compilation.shared(`scalar ${name} ${type}`, () => functionsOfTwo[name][type](compilation))
