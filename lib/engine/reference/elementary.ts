/**
 * The elementary functions, element by element: f32 and f64 have their own definitions.
 *
 * @since 0.1.0
 */
import {
  binary32,
  binary64,
  elementary32,
  elementary64,
  type ElementaryBinaryName,
  type ElementaryName
} from '../elementary/index.ts'
import { compute1, compute2, operandOf, type Rule, type Rules } from './kernel.ts'

/** The square root is exact, and with the arithmetic. */
type Unary = Exclude<ElementaryName, 'sqrt'>

const unary =
  (name: Unary): Rule<unknown> =>
  (context) => {
    const f = operandOf(context, 0).dtype === 'f32' ? elementary32[name] : elementary64[name]
    return compute1((out, x) => {
      for (let i = 0; i < out.length; i += 1) out[i] = f(x[i]!)
    })
  }

const binary =
  (name: ElementaryBinaryName): Rule<unknown> =>
  (context) => {
    const f = operandOf(context, 0).dtype === 'f32' ? binary32[name] : binary64[name]
    return compute2((out, a, b) => {
      for (let i = 0; i < out.length; i += 1) out[i] = f(a[i]!, b[i]!)
    })
  }

export const elementary: Rules<Unary | 'power' | 'atan2'> = {
  rsqrt: unary('rsqrt'),
  cbrt: unary('cbrt'),
  exp: unary('exp'),
  exp2: unary('exp2'),
  expm1: unary('expm1'),
  log: unary('log'),
  log1p: unary('log1p'),
  log2: unary('log2'),
  log10: unary('log10'),
  tanh: unary('tanh'),
  sinh: unary('sinh'),
  cosh: unary('cosh'),
  sin: unary('sin'),
  cos: unary('cos'),
  tan: unary('tan'),
  atan: unary('atan'),
  erf: unary('erf'),
  erfc: unary('erfc'),
  erfInv: unary('erfInv'),
  sigmoid: unary('sigmoid'),
  power: binary('pow'),
  atan2: binary('atan2')
}
