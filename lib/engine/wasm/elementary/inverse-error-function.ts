/**
 * The inverse of the error function, as in the reference: pinned sequences in both types.
 *
 * @since 0.1.0
 */
import { CENTRAL, HALF_SQRT_PI, HALF_SQRT_PI_LOW, PI, TAIL } from '../../elementary/inverse-error-function.ts'
import { call, choose, f32, f64, i32, type FunctionDefinition, type Instruction } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { computed } from './computed.ts'
import { erf64, erfc64 } from './error-function.ts'
import { exponentials } from './exponential.ts'
import { difference, isEqual, isLess, product, quotient, real, sum } from './float64.ts'
import { logarithms } from './logarithm.ts'
import { keep, leaveWhere, scalarDefinition } from './scalar.ts'

// float32

/** Each step is a float64 product and sum, rounded once to float32. */
const fusedPolynomial = (
  writer: Writer,
  coefficients: Float64Array,
  argument: Instruction<'f32'>
): Instruction<'f32'> => {
  const w = keep(writer, f64.promoteF32(argument))
  const [first, ...others] = coefficients
  return others.reduce<Instruction<'f32'>>(
    (total, coefficient) => f32.demoteF64(sum(product(f64.promoteF32(total), w), coefficient)),
    f32.constant(first!)
  )
}

/** The inverse error function in float32; rounding a float64 operation on float32 values is the float32 operation. */
export const erfInv32 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'erfInv f32', ['f32'], ['f32'], (writer, [x]) => {
    leaveWhere(writer, f32.equal(f32.abs(x), f32.constant(1)), () => [f32.multiply(x, f32.constant(Infinity))])
    const logarithm = call('f32', logarithms.log1p.f32(compilation), f32.negate(f32.multiply(x, x)))
    const w = keep(writer, f32.negate(logarithm))
    const ratio = choose(
      f32.less(w, f32.constant(5)),
      computed(writer, (inner) => fusedPolynomial(inner, CENTRAL, f32.subtract(w, f32.constant(2.5)))),
      computed(writer, (inner) => fusedPolynomial(inner, TAIL, f32.subtract(f32.sqrt(w), f32.constant(3))))
    )
    return [f32.multiply(ratio, x)]
  })

// float64

const plainPolynomial = (writer: Writer, coefficients: Float64Array, argument: Instruction<'f64'>) => {
  const w = keep(writer, argument)
  const [first, ...others] = coefficients
  return others.reduce<Instruction<'f64'>>((total, coefficient) => sum(product(total, w), coefficient), real(first!))
}

/** Giles' value for 0 < x < 1. */
const startNear = (writer: Writer, x: Instruction<'f64'>): Instruction<'f64'> => {
  const { compilation } = writer
  const w = keep(writer, f64.negate(call('f64', logarithms.log1p.f64(compilation), product(f64.negate(x), x))))
  const ratio = choose(
    isLess(w, 5),
    computed(writer, (inner) => plainPolynomial(inner, CENTRAL, difference(w, 2.5))),
    computed(writer, (inner) => plainPolynomial(inner, TAIL, difference(f64.sqrt(w), 3)))
  )
  return product(x, ratio)
}

/** The leading terms of erfc(y) ~ e^(−y²)/(y √π), solved for y. */
const startFarOut = (writer: Writer, complement: Instruction<'f64'>): Instruction<'f64'> => {
  const log = (x: Instruction<'f64'>) => call('f64', logarithms.log.f64(writer.compilation), x)
  const logarithm = keep(writer, f64.negate(log(complement)))
  return f64.sqrt(difference(logarithm, product(0.5, log(product(PI, logarithm)))))
}

/** One step of Halley's iteration for erf(y) = x; in the tails on the complements, of which 1 − x is exact. */
const refinedDefinition = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'erfInv step f64', ['f64', 'f64'], ['f64'], (writer, [y, x]) => {
    const excess = choose(
      isLess(x, 0.5),
      difference(call('f64', erf64(compilation), y), x),
      difference(1, x, call('f64', erfc64(compilation), y))
    )
    const slope = call('f64', exponentials.exp.f64(compilation), product(f64.negate(y), y))
    const step = keep(writer, quotient(product(excess, HALF_SQRT_PI), slope))
    return [difference(y, quotient(step, sum(1, product(y, step))))]
  })

/** The inverse error function in float64. */
export const erfInv64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'erfInv f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    leaveWhere(writer, isLess(magnitude, 7.450580596923828e-9), () => [
      choose(isEqual(x, 0), x, difference(product(x, HALF_SQRT_PI), product(x, HALF_SQRT_PI_LOW)))
    ])
    leaveWhere(writer, i32.isZero(isLess(magnitude, 1)), () => [
      choose(isEqual(magnitude, 1), product(x, Infinity), real(NaN))
    ])
    const guess = choose(
      isLess(magnitude, 0.9999999),
      computed(writer, (inner) => startNear(inner, magnitude)),
      computed(writer, (inner) => startFarOut(inner, keep(inner, difference(1, magnitude))))
    )
    const refined = (y: Instruction<'f64'>) => call('f64', refinedDefinition(compilation), y, magnitude)
    return [f64.copySign(refined(refined(guess)), x)]
  })
