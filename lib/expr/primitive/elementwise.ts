/**
 * Primitives that work element by element on values of one shape.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { bytesPerElement, isFloat, sameSlot, type DType, type Slot } from '../../tensor/index.ts'
import { dtype, listSlots, none, one, refuse, withOperands, type Definition, type Definitions } from './definition.ts'
import type { Binary, Comparison, None, Unary } from './parameters.ts'

type Accepts = (dtype: DType) => boolean

const isNumber: Accepts = (type) => type !== 'bool'
const isInteger: Accepts = (type) => type === 'i32' || type === 'u32'
const isBits: Accepts = (type) => isInteger(type) || type === 'bool'
const isAny: Accepts = () => true

/** What an operation takes, in words. */
const wording = new Map<Accepts, string>([
  [isFloat, 'f32 or f64'],
  [isNumber, 'a number type'],
  [isInteger, 'i32 or u32'],
  [isBits, 'i32, u32 or bool'],
  [isAny, 'any type']
])

const unary = (name: Unary, accepts: Accepts): Definition<None> => ({
  infer: withOperands(name, 1, ([x]) =>
    x === undefined || !accepts(x.dtype)
      ? refuse(`${name}: takes ${wording.get(accepts) ?? ''}, got ${x?.dtype ?? 'nothing'}; convert it first`)
      : one(x.shape, x.dtype)
  ),
  parameters: none
})

const together = (name: string, accepts: Accepts, result: (operand: DType) => DType) =>
  withOperands(name, 2, (operands: readonly Slot[]) => {
    const [a, b] = operands
    if (a === undefined || b === undefined || !sameSlot(a, b))
      return refuse(`${name}: takes two values of one shape and type, got ${listSlots(operands)}`)
    return accepts(a.dtype)
      ? one(a.shape, result(a.dtype))
      : refuse(`${name}: takes ${wording.get(accepts) ?? ''}, got ${a.dtype}; convert it first`)
  })

const binary = (name: Binary, accepts: Accepts): Definition<None> => ({
  infer: together(name, accepts, (type) => type),
  parameters: none
})

const comparison = (name: Comparison, accepts: Accepts): Definition<None> => ({
  infer: together(name, accepts, () => 'bool'),
  parameters: none
})

export const elementwise: Definitions<Unary | Binary | Comparison | 'select' | 'convert' | 'bitcast'> = {
  negate: unary('negate', isNumber),
  abs: unary('abs', isNumber),
  sign: unary('sign', isNumber),
  floor: unary('floor', isFloat),
  ceil: unary('ceil', isFloat),
  round: unary('round', isFloat),
  sqrt: unary('sqrt', isFloat),
  rsqrt: unary('rsqrt', isFloat),
  cbrt: unary('cbrt', isFloat),
  exp: unary('exp', isFloat),
  exp2: unary('exp2', isFloat),
  expm1: unary('expm1', isFloat),
  log: unary('log', isFloat),
  log1p: unary('log1p', isFloat),
  log2: unary('log2', isFloat),
  log10: unary('log10', isFloat),
  tanh: unary('tanh', isFloat),
  sinh: unary('sinh', isFloat),
  cosh: unary('cosh', isFloat),
  sin: unary('sin', isFloat),
  cos: unary('cos', isFloat),
  tan: unary('tan', isFloat),
  atan: unary('atan', isFloat),
  erf: unary('erf', isFloat),
  erfc: unary('erfc', isFloat),
  erfInv: unary('erfInv', isFloat),
  sigmoid: unary('sigmoid', isFloat),
  not: unary('not', isBits),
  stopGradient: unary('stopGradient', isAny),
  add: binary('add', isNumber),
  subtract: binary('subtract', isNumber),
  multiply: binary('multiply', isNumber),
  divide: binary('divide', isNumber),
  remainder: binary('remainder', isNumber),
  maximum: binary('maximum', isNumber),
  minimum: binary('minimum', isNumber),
  power: binary('power', isFloat),
  atan2: binary('atan2', isFloat),
  and: binary('and', isBits),
  or: binary('or', isBits),
  xor: binary('xor', isBits),
  shiftLeft: binary('shiftLeft', isInteger),
  shiftRight: binary('shiftRight', isInteger),
  equal: comparison('equal', isAny),
  less: comparison('less', isNumber),
  lessEqual: comparison('lessEqual', isNumber),
  select: {
    infer: withOperands('select', 3, (operands) => {
      const [condition, a, b] = operands
      return condition !== undefined &&
        a !== undefined &&
        b !== undefined &&
        sameSlot(a, b) &&
        sameSlot(condition, { shape: a.shape, dtype: 'bool' })
        ? one(a.shape, a.dtype)
        : refuse(`select: takes a bool and two values of one type, all of one shape, got ${listSlots(operands)}`)
    }),
    parameters: none
  },
  convert: {
    infer: (operands, parameters) =>
      withOperands('convert', 1, ([x]) => one(x?.shape ?? [], parameters.dtype))(operands),
    parameters: t.strict({ dtype })
  },
  bitcast: {
    infer: (operands, parameters) =>
      withOperands('bitcast', 1, ([x]) =>
        x !== undefined && bytesPerElement(x.dtype) === bytesPerElement(parameters.dtype)
          ? one(x.shape, parameters.dtype)
          : refuse(`bitcast: ${x?.dtype ?? 'nothing'} and ${parameters.dtype} have different widths`)
      )(operands),
    parameters: t.strict({ dtype })
  }
}
