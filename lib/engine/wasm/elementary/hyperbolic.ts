/**
 * Hyperbolic functions: sinh, cosh and tanh, from `g = e^x − 1`, by the sequences of the reference.
 *
 *     tanh x = g(2x) / (g(2x) + 2)        sinh x = (g + g/(g + 1)) / 2        cosh x = (e^x + 1/e^x) / 2
 *
 * @since 0.1.0
 */
import { call, choose, f64, i32, type FunctionDefinition, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { add, divide, ONE, pair, scale, type Pair } from './double-double.ts'
import { expExtended, expm1Extended } from './exponential-extended.ts'
import { exponentials, expWithTail } from './exponential.ts'
import { difference, isEqual, isGreaterOrEqual, isLess, isNotEqual, product, quotient, real, sum } from './float64.ts'
import { roundedOf } from './rounding.ts'
import { giveBackWhere, keep, leaveWhere, scalarDefinition, type ScalarRules } from './scalar.ts'

// float64; the results for magnitudes are positive, so that copying the sign negates them

const tanh64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'tanh f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    giveBackWhere(writer, isGreaterOrEqual(magnitude, 22), f64.copySign(real(1), x))
    giveBackWhere(writer, i32.or(isLess(magnitude, 1.862645149230957e-9), isNotEqual(x, x)), x)
    const growth = keep(writer, call('f64', exponentials.expm1.f64(compilation), product(2, magnitude)))
    return [f64.copySign(quotient(growth, sum(growth, 2)), x)]
  })

/** `e^x / 2` without early overflow, for x ≥ 0. */
const halfExponential = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'half exp f64', ['f64'], ['f64'], (writer, [x]) => {
    giveBackWhere(writer, i32.isZero(isLess(x, 712)), choose(isEqual(x, x), real(Infinity), x))
    return [expWithTail(writer, x, 0, -1)]
  })

const sinh64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sinh f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    giveBackWhere(writer, isLess(magnitude, 1.862645149230957e-9), x)
    leaveWhere(writer, i32.isZero(isLess(magnitude, 22)), () => [
      f64.copySign(call('f64', halfExponential(compilation), magnitude), x)
    ])
    const growth = keep(writer, call('f64', exponentials.expm1.f64(compilation), magnitude))
    const reflected = keep(writer, quotient(growth, sum(growth, 1)))
    const size = choose(
      isLess(growth, 1),
      difference(growth, product(0.5, growth, reflected)),
      product(0.5, sum(growth, reflected))
    )
    return [f64.copySign(size, x)]
  })

const cosh64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'cosh f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    const half = keep(writer, call('f64', halfExponential(compilation), magnitude))
    giveBackWhere(writer, i32.isZero(isLess(magnitude, 22)), half)
    return [sum(half, quotient(0.25, half))]
  })

// double-double, for float32 arguments that do not saturate

export const tanhExtended = (writer: Writer, x: Local<'f64'>): Pair => {
  const growth = expm1Extended(writer, pair(keep(writer, product(2, x))))
  return divide(writer, growth, add(writer, growth, pair(2)))
}

export const sinhExtended = (writer: Writer, x: Local<'f64'>): Pair => {
  const growth = expm1Extended(writer, pair(x))
  return scale(writer, add(writer, growth, divide(writer, growth, add(writer, growth, ONE))), 0.5)
}

export const coshExtended = (writer: Writer, x: Local<'f64'>): Pair => {
  const power = expExtended(writer, pair(x))
  return scale(writer, add(writer, power, divide(writer, ONE, power)), 0.5)
}

// table

export const hyperbolics = {
  tanh: { f32: roundedOf('tanh', tanh64, tanhExtended), f64: tanh64 },
  sinh: { f32: roundedOf('sinh', sinh64, sinhExtended), f64: sinh64 },
  cosh: { f32: roundedOf('cosh', cosh64, coshExtended), f64: cosh64 }
} satisfies ScalarRules<'tanh' | 'sinh' | 'cosh'>
