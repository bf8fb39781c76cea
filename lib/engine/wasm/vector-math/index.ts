/**
 * Elementary functions of elements in registers: four float32 at once by doubles that are rounded correctly, float64 lane
 * by lane.
 *
 * Per function: the error bound of the doubles, the part of the inputs that fails Ziv's test (2^25 times the bound; fewer
 * where results are nearly constant), nanoseconds per element in a loop over 4096 elements (Node 20, 3.7 GHz Zen 4), and,
 * where our float32 prototype has it, those of a sequence of float32 operations that is off by up to an ulp or two.
 *
 * | function        | bound | slow path | ns   | float32 |
 * | --------------- | ----- | --------- | ---- | ------- |
 * | exp, exp2       | 2^-38 | 2^-13     | 2.1  | 1.2     |
 * | expm1           | 2^-40 | 2^-15     | 2.1  |         |
 * | tanh            | 2^-40 | 2^-15     | 2.2  | 2.0     |
 * | sinh, cosh      | 2^-40 | 2^-15     | 2.5  |         |
 * | log, log2, log10| 2^-37 | 2^-12     | 1.8  | 1.4     |
 * | log1p           | 2^-37 | 2^-12     | 2.1  |         |
 * | sin, cos        | 2^-41 | 2^-16     | 2.2  |         |
 * | tan             | 2^-41 | 2^-16     | 3.5  |         |
 * | atan            | 2^-38 | 2^-13     | 2.9  |         |
 * | erf             | 2^-37 | 2^-12     | 2.7  |         |
 * | rsqrt           | 2^-44 | 2^-19     | 1.1  |         |
 * | cbrt            | 2^-43 | 2^-18     | 2.1  |         |
 * | sigmoid         | of exp| of exp    | 2.3  | 1.4     |
 * | erfInv          | of log1p | of log1p | 11 |         |
 * | erfc, by lane   |       |           | 27   |         |
 *
 * The slow path of exp costs 12 ns per lane. Slow paths also take: subnormal results of exp, exp2 and erf; arguments of
 * logarithms and roots that are not positive (of cbrt: 0), normal and finite; for log1p and cbrt those near overflow; for
 * sin, cos and tan |x| > 2^17.
 *
 * @since 0.1.0
 */
import type { ElementaryName } from '../../elementary/index.ts'
import type { Instruction } from '../assembler/index.ts'
import type { ElementRule, ElementRules, Writer } from '../quad.ts'
import { atan } from './arctangent.ts'
import { erfInv, sigmoid } from './composition.ts'
import { erf } from './error-function.ts'
import { exp, exp2 } from './exponential.ts'
import { cosh, expm1, sinh, tanh } from './hyperbolic.ts'
import { log, log10, log1p, log2 } from './logarithm.ts'
import { perLane, perLaneOfTwo } from './per-lane.ts'
import { cbrt, rsqrt } from './root.ts'
import { rounded, type Approximation } from './rounding.ts'
import { cos, sin, tan } from './trigonometric.ts'

/** The rule of a function: float32 by code for four, float64 lane by lane. */
const rule = (
  name: ElementaryName,
  four: (writer: Writer, x: Instruction<'v128'>) => Instruction<'v128'>
): ElementRule<unknown> => {
  const double = perLane(name)
  return (writer, operands, types, parameters) =>
    types.operands[0] === 'f64' ? double(writer, operands, types, parameters) : [[four(writer, operands[0]![0]!)]]
}

const approximated = (approximation: Approximation): ElementRule<unknown> =>
  rule(approximation.name, (writer, x) => rounded(writer, approximation, x))

/** The elementary functions, all but the square root, which is arithmetic. */
export const vectorMath: ElementRules<Exclude<ElementaryName, 'sqrt'> | 'power' | 'atan2'> = {
  exp: approximated(exp),
  exp2: approximated(exp2),
  expm1: approximated(expm1),
  log: approximated(log),
  log1p: approximated(log1p),
  log2: approximated(log2),
  log10: approximated(log10),
  tanh: approximated(tanh),
  sinh: approximated(sinh),
  cosh: approximated(cosh),
  sin: approximated(sin),
  cos: approximated(cos),
  tan: approximated(tan),
  atan: approximated(atan),
  erf: approximated(erf),
  erfc: perLane('erfc'),
  erfInv: rule('erfInv', erfInv),
  sigmoid: rule('sigmoid', sigmoid),
  cbrt: approximated(cbrt),
  rsqrt: approximated(rsqrt),
  power: perLaneOfTwo('pow'),
  atan2: perLaneOfTwo('atan2')
}
