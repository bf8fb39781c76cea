/**
 * Primitives that work element by element on values of one shape.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { bytesPerElement, sameSlot, type DType, type Slot } from '../../tensor/index.ts'
import { isOfKind, kindMessage, type Kind } from '../kind.ts'
import { dtype, listSlots, none, one, refuse, withOperands, type Definition, type Definitions } from './definition.ts'
import type { Binary, Comparison, None, Unary } from './parameters.ts'

const unary = (name: Unary, kind: Kind): Definition<None> => ({
  infer: withOperands(name, 1, ([x]) =>
    x === undefined || !isOfKind(kind, x.dtype)
      ? refuse(kindMessage(name, kind, x?.dtype ?? 'nothing'))
      : one(x.shape, x.dtype)
  ),
  parameters: none
})

const together = (name: string, kind: Kind, result: (operand: DType) => DType) =>
  withOperands(name, 2, (operands: readonly Slot[]) => {
    const [a, b] = operands
    if (a === undefined || b === undefined || !sameSlot(a, b))
      return refuse(`${name}: takes two values of one shape and type, got ${listSlots(operands)}`)
    return isOfKind(kind, a.dtype) ? one(a.shape, result(a.dtype)) : refuse(kindMessage(name, kind, a.dtype))
  })

const binary = (name: Binary, kind: Kind): Definition<None> => ({
  infer: together(name, kind, (type) => type),
  parameters: none
})

const comparison = (name: Comparison, kind: Kind): Definition<None> => ({
  infer: together(name, kind, () => 'bool'),
  parameters: none
})

export const elementwise: Definitions<Unary | Binary | Comparison | 'select' | 'convert' | 'bitcast'> = {
  negate: unary('negate', 'number'),
  abs: unary('abs', 'number'),
  sign: unary('sign', 'number'),
  floor: unary('floor', 'float'),
  ceil: unary('ceil', 'float'),
  round: unary('round', 'float'),
  sqrt: unary('sqrt', 'float'),
  rsqrt: unary('rsqrt', 'float'),
  cbrt: unary('cbrt', 'float'),
  exp: unary('exp', 'float'),
  exp2: unary('exp2', 'float'),
  expm1: unary('expm1', 'float'),
  log: unary('log', 'float'),
  log1p: unary('log1p', 'float'),
  log2: unary('log2', 'float'),
  log10: unary('log10', 'float'),
  tanh: unary('tanh', 'float'),
  sinh: unary('sinh', 'float'),
  cosh: unary('cosh', 'float'),
  sin: unary('sin', 'float'),
  cos: unary('cos', 'float'),
  tan: unary('tan', 'float'),
  atan: unary('atan', 'float'),
  erf: unary('erf', 'float'),
  erfc: unary('erfc', 'float'),
  erfInv: unary('erfInv', 'float'),
  sigmoid: unary('sigmoid', 'float'),
  not: unary('not', 'bits'),
  stopGradient: unary('stopGradient', 'any'),
  add: binary('add', 'number'),
  subtract: binary('subtract', 'number'),
  multiply: binary('multiply', 'number'),
  divide: binary('divide', 'number'),
  remainder: binary('remainder', 'number'),
  maximum: binary('maximum', 'number'),
  minimum: binary('minimum', 'number'),
  power: binary('power', 'float'),
  atan2: binary('atan2', 'float'),
  and: binary('and', 'bits'),
  or: binary('or', 'bits'),
  xor: binary('xor', 'bits'),
  shiftLeft: binary('shiftLeft', 'integer'),
  shiftRight: binary('shiftRight', 'integer'),
  equal: comparison('equal', 'any'),
  less: comparison('less', 'number'),
  lessEqual: comparison('lessEqual', 'number'),
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
