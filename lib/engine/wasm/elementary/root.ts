/**
 * Roots: sqrt, the reciprocal square root and the cube root, by the sequences of the reference.
 *
 * @since 0.1.0
 */
import {
  call,
  choose,
  f32,
  f64,
  i32,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { highWord, powerOfTwo } from './bits.ts'
import { add, divide, ONE, pair, productError, scale, subtract, times, twoProduct, type Pair } from './double-double.ts'
import { difference, isGreater, isLess, product, quotient, sum } from './float64.ts'
import { roundedOf } from './rounding.ts'
import { giveBackWhere, keep, scalarDefinition, type ScalarRules } from './scalar.ts'

// float64

const sqrt64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sqrt f64', ['f64'], ['f64'], (_, [x]) => [f64.sqrt(x)])

const rsqrt64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'rsqrt f64', ['f64'], ['f64'], (_, [x]) => [quotient(1, f64.sqrt(x))])

const cbrt64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'cbrt f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    giveBackWhere(writer, i32.isZero(i32.and(isGreater(magnitude, 0), isLess(magnitude, Infinity))), x)
    // A subnormal argument is scaled by 2^54, a cube.
    const isSubnormal = keep(writer, isLess(magnitude, 2.2250738585072014e-308))
    const normal = keep(writer, choose(isSubnormal, product(magnitude, 18014398509481984), magnitude))
    // The bias 1023 of the exponent is 3 · 341, so that a division of unsigned integers rounds down.
    const biased = i32.shiftRightUnsigned(highWord(normal), 20)
    const third = keep(writer, i32.subtract(i32.divideUnsigned(biased, 3), 341))
    const toMantissa = keep(writer, i32.multiply(third, -3))
    const root = cbrtOfMantissa(writer, keep(writer, product(normal, powerOfTwo(toMantissa))))
    const back = keep(writer, i32.subtract(third, i32.multiply(isSubnormal, 18)))
    return [f64.copySign(product(root, powerOfTwo(back)), x)]
  })

/** Cube root of m in [1, 8): a quadratic guess, Halley's iteration twice, Newton's with the exact residue. */
const cbrtOfMantissa = (writer: Writer, m: Local<'f64'>): Instruction<'f64'> => {
  const guess = keep(writer, sum(0.7702, product(m, difference(0.2636, product(m, 0.0144)))))
  const once = halley(writer, guess, m)
  const y = halley(writer, once, m)
  const square = keep(writer, product(y, y))
  const cube = keep(writer, product(square, y))
  const error = productError(writer, square, y, cube)
  const excess = sum(difference(cube, m), error, product(productError(writer, y, y, square), y))
  return difference(y, quotient(excess, product(3, square)))
}

const halley = (writer: Writer, y: Local<'f64'>, m: Local<'f64'>): Local<'f64'> => {
  const cube = keep(writer, product(y, y, y))
  return keep(writer, quotient(product(y, sum(cube, product(2, m))), sum(product(2, cube), m)))
}

// double-double: Newton's iteration once, from float64

export const rsqrtExtended = (writer: Writer, x: Local<'f64'>): Pair => {
  const y = keep(writer, quotient(1, f64.sqrt(x)))
  const defect = subtract(writer, ONE, times(writer, twoProduct(writer, y, y), x))
  return add(writer, pair(y), scale(writer, times(writer, defect, y), 0.5))
}

export const cbrtExtended = (writer: Writer, x: Local<'f64'>): Pair => {
  const y = keep(writer, call('f64', cbrt64(writer.compilation), x))
  const square = twoProduct(writer, y, y)
  const defect = subtract(writer, pair(x), times(writer, square, y))
  return add(writer, pair(y), divide(writer, defect, times(writer, square, 3)))
}

// float32

const sqrt32 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sqrt f32', ['f32'], ['f32'], (_, [x]) => [f32.sqrt(x)])

// table

export const roots = {
  sqrt: { f32: sqrt32, f64: sqrt64 },
  rsqrt: { f32: roundedOf('rsqrt', rsqrt64, rsqrtExtended), f64: rsqrt64 },
  cbrt: { f32: roundedOf('cbrt', cbrt64, cbrtExtended), f64: cbrt64 }
} satisfies ScalarRules<'sqrt' | 'rsqrt' | 'cbrt'>
