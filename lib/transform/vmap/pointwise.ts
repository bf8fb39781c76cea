/**
 * Batching of the primitives that treat every element alike.
 *
 * @since 0.1.0
 */
import type { Binary, Comparison, Parameters, Primitive, Unary } from '../../expr/internal.ts'
import type { BatchRule, BatchRules } from '../rule.ts'
import { together } from './unify.ts'

const same = <P extends Primitive>(primitive: P): BatchRule<Parameters[P]> => together(primitive, (own) => own)

export const pointwise: BatchRules<Unary | Binary | Comparison | 'select' | 'convert' | 'bitcast' | 'threefry2x32'> = {
  negate: same('negate'),
  abs: same('abs'),
  sign: same('sign'),
  floor: same('floor'),
  ceil: same('ceil'),
  round: same('round'),
  sqrt: same('sqrt'),
  rsqrt: same('rsqrt'),
  cbrt: same('cbrt'),
  exp: same('exp'),
  exp2: same('exp2'),
  expm1: same('expm1'),
  log: same('log'),
  log1p: same('log1p'),
  log2: same('log2'),
  log10: same('log10'),
  tanh: same('tanh'),
  sinh: same('sinh'),
  cosh: same('cosh'),
  sin: same('sin'),
  cos: same('cos'),
  tan: same('tan'),
  atan: same('atan'),
  erf: same('erf'),
  erfc: same('erfc'),
  erfInv: same('erfInv'),
  sigmoid: same('sigmoid'),
  not: same('not'),
  stopGradient: same('stopGradient'),
  add: same('add'),
  subtract: same('subtract'),
  multiply: same('multiply'),
  divide: same('divide'),
  remainder: same('remainder'),
  maximum: same('maximum'),
  minimum: same('minimum'),
  power: same('power'),
  atan2: same('atan2'),
  and: same('and'),
  or: same('or'),
  xor: same('xor'),
  shiftLeft: same('shiftLeft'),
  shiftRight: same('shiftRight'),
  equal: same('equal'),
  less: same('less'),
  lessEqual: same('lessEqual'),
  select: same('select'),
  convert: same('convert'),
  bitcast: same('bitcast'),
  threefry2x32: same('threefry2x32')
}
