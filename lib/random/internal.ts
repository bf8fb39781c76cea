/**
 * What the samplers share: arithmetic on values with numbers in it.
 *
 * @internal
 */
import {
  applyOne,
  applyPrimitive,
  scalar,
  stretched,
  type Binary,
  type Comparison,
  type Unary,
  type Value
} from '../expr/internal.ts'
import { raise, show, type Sizes } from '../shape/index.ts'
import { isFloat, type DType, type FloatDType } from '../tensor/index.ts'

// numbers

/** A number in every place of a shape. */
export const filled = (value: number, shape: Sizes, dtype: DType): Value => stretched(scalar(value, dtype), shape)

export const bitcast = (self: Value, dtype: DType): Value => applyOne('bitcast', [self], { dtype })

// application

export const unary = (primitive: Unary, self: Value): Value => applyOne(primitive, [self], {})

const operand = (self: Value | number, other: Value | number): Value => {
  const model = typeof other === 'number' ? raise('random: two numbers need no expression') : other
  return typeof self === 'number' ? filled(self, model.shape, model.dtype) : stretched(self, model.shape)
}

/** A primitive on two values, of which one may be a number or have no axes. */
export const binary = (primitive: Binary | Comparison, a: Value | number, b: Value | number): Value => {
  const larger = typeof b === 'number' || (typeof a !== 'number' && a.shape.length >= b.shape.length) ? a : b
  return applyOne(primitive, [operand(a, larger), operand(b, larger)], {})
}

/** The elements of one or another value, by a condition. */
export const select = (condition: Value, whenTrue: Value, whenFalse: Value): Value =>
  applyOne('select', [condition, whenTrue, whenFalse], {})

/** The output of a primitive that has more than one. */
export const outputAt = (outputs: readonly Value[], index: number): Value =>
  outputs[index] ?? raise(`random: there is no output ${index}`)

/** One block of the cipher for each pair of counters. */
export const cipher = (k0: Value, k1: Value, c0: Value, c1: Value): readonly [Value, Value] => {
  const outputs = applyPrimitive('threefry2x32', [stretched(k0, c0.shape), stretched(k1, c0.shape), c0, c1], {})
  return [outputAt(outputs, 0), outputAt(outputs, 1)]
}

// checks

/** A shape that a draw can have. */
export const checkedShape = (what: string, shape: Sizes): Sizes =>
  shape.every((n) => Number.isSafeInteger(n) && n >= 0)
    ? shape
    : raise(`${what}: the shape has to be whole numbers from 0, got ${show(shape)}`)

/** An element type that has fractions. */
export const checkedFloat = (what: string, dtype: DType): FloatDType =>
  isFloat(dtype) ? dtype : raise(`${what}: draws f32 or f64, got ${dtype}`)

/** A number that is not NaN. */
export const checkedNumber = (what: string, name: string, value: number): number =>
  typeof value === 'number' && !Number.isNaN(value) ? value : raise(`${what}: ${name} has to be a number, got ${value}`)
