/**
 * Exponentials: exp, exp2, expm1 and the logistic function, by the sequences of the reference.
 *
 *     x = (k/64) ln 2 + r,  |r| ≤ ln(2)/128        e^x = 2^⌊k/64⌋ · 2^((k mod 64)/64) · e^r
 *
 * @since 0.1.0
 */
import { call, f32, f64, i32, type FunctionDefinition, type Instruction, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { ROOT_HIGH, ROOT_LOW } from '../../elementary/exponential-table.ts'
import type { Writer } from '../quad.ts'
import { normalPowerOfTwo, scaleByPowerOfTwo } from './bits.ts'
import { pair } from './double-double.ts'
import { exp2Extended, expExtended, expm1Extended } from './exponential-extended.ts'
import {
  difference,
  horner,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  isNotEqual,
  product,
  quotient,
  real,
  sum,
  type Real
} from './float64.ts'
import { roundedOf } from './rounding.ts'
import { entryOf, giveBackWhere, keep, leaveWhere, scalarDefinition, type ScalarRules } from './scalar.ts'

const SIXTY_FOUR_OVER_LN2 = 92.33248261689366
// ln(2)/64: the first part has 34 bits, so that its product with any k met here is exact.
const STEP_HIGH = 0.010830424695996044
const STEP_LOW = 2.5310172166650877e-13
const LN2 = 0.6931471805599453

// pieces

/** `(e^r − 1 − r)/r²` for |r| ≤ 0.0055. */
const curvature = (r: Instruction<'f64'>): Instruction<'f64'> =>
  horner(r, 0.5, 0.16666666666666666, 0.041666666666666664, 0.008333333333333333, 0.001388888888888889)

/** The multiple k of x, as a double and as an integer. */
const multipleOf = (writer: Writer, steps: Instruction<'f64'>) => {
  const multiple = keep(writer, f64.floor(sum(steps, 0.5)))
  return { multiple, whole: keep(writer, i32.truncateF64Signed(multiple)) }
}

/** `2^((k mod 64)/64)` as a sum of two doubles. */
const rootOf = (writer: Writer, whole: Local<'i32'>) => {
  const index = keep(writer, i32.and(whole, 63))
  return { high: entryOf(writer, ROOT_HIGH, index), low: entryOf(writer, ROOT_LOW, index) }
}

/** `2^(k/64) · e^r · 2^shift` */
const assembled = (writer: Writer, whole: Local<'i32'>, r: Local<'f64'>, shift: number): Instruction<'f64'> => {
  const root = rootOf(writer, whole)
  const high = keep(writer, root.high)
  const growth = sum(r, product(r, r, curvature(r)))
  const exponent = i32.shiftRightSigned(whole, 6)
  const result = sum(high, sum(root.low, product(high, growth)))
  return scaleByPowerOfTwo(writer, result, shift === 0 ? exponent : i32.add(exponent, shift))
}

/** `exp(x + tail) · 2^shift` for |x| < 800 and |tail| < 0.001; x is a variable. */
export const expWithTail = (writer: Writer, x: Local<'f64'>, tail: Real, shift: number): Instruction<'f64'> => {
  const { multiple, whole } = multipleOf(writer, product(x, SIXTY_FOUR_OVER_LN2))
  const rest = difference(x, product(multiple, STEP_HIGH), product(multiple, STEP_LOW))
  // adding a zero would change no result: only the sign of r = 0, which e^r forgets
  const r = keep(writer, tail === 0 ? rest : sum(rest, tail))
  return assembled(writer, whole, r, shift)
}

// float64

const exp64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'exp f64', ['f64'], ['f64'], (writer, [x]) => {
    giveBackWhere(writer, isGreater(x, 709.79), real(Infinity))
    giveBackWhere(writer, isLess(x, -745.14), real(0))
    giveBackWhere(writer, isNotEqual(x, x), x)
    return [expWithTail(writer, x, 0, 0)]
  })

const exp2_64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'exp2 f64', ['f64'], ['f64'], (writer, [x]) => {
    giveBackWhere(writer, isGreaterOrEqual(x, 1024), real(Infinity))
    giveBackWhere(writer, isLessOrEqual(x, -1075), real(0))
    giveBackWhere(writer, isNotEqual(x, x), x)
    const { multiple, whole } = multipleOf(writer, product(x, 64))
    const r = keep(writer, product(difference(x, quotient(multiple, 64)), LN2))
    return [assembled(writer, whole, r, 0)]
  })

/** `e^x − 1` for |x| ≤ 1/16, its Taylor polynomial. */
const expm1NearZero = (x: Instruction<'f64'>): Instruction<'f64'> => {
  const upper = horner(
    x,
    0.5,
    0.16666666666666666,
    0.041666666666666664,
    0.008333333333333333,
    0.001388888888888889,
    0.0001984126984126984,
    2.48015873015873e-5,
    2.7557319223985893e-6,
    2.755731922398589e-7,
    2.505210838544172e-8
  )
  return sum(x, product(x, x, upper))
}

const expm1_64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'expm1 f64', ['f64'], ['f64'], (writer, [x]) => {
    leaveWhere(writer, i32.isZero(isLess(x, 40)), () => [call('f64', exp64(compilation), x)])
    giveBackWhere(writer, isLess(x, -40), real(-1))
    leaveWhere(writer, isLess(f64.abs(x), 0.0625), (near) => {
      giveBackWhere(near, isLess(f64.abs(x), 5.551115123125783e-17), x)
      return [expm1NearZero(x)]
    })
    const { multiple, whole } = multipleOf(writer, product(x, SIXTY_FOUR_OVER_LN2))
    const first = keep(writer, difference(x, product(multiple, STEP_HIGH)))
    const second = keep(writer, product(multiple, STEP_LOW))
    const r = keep(writer, difference(first, second))
    const tail = sum(difference(first, r, second), product(r, r, curvature(r)))
    const { high, low } = rootOf(writer, whole)
    const power = keep(writer, normalPowerOfTwo(i32.shiftRightSigned(whole, 6)))
    const root = keep(writer, product(high, power))
    const head = keep(writer, difference(root, 1))
    const growth = sum(product(low, power), product(root, sum(r, tail)))
    return [sum(head, sum(difference(root, sum(head, 1)), growth))]
  })

const sigmoid64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sigmoid f64', ['f64'], ['f64'], (_, [x]) => [
    quotient(1, sum(1, call('f64', exp64(compilation), f64.negate(x))))
  ])

// float32

const exp32 = roundedOf('exp', exp64, (writer, x) => expExtended(writer, pair(x)))

/** Rounding each float64 operation on float32 values once more is rounding the float32 operation once. */
const sigmoid32 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'sigmoid f32', ['f32'], ['f32'], (_, [x]) => {
    const one = f32.constant(1)
    return [f32.divide(one, f32.add(one, call('f32', exp32(compilation), f32.negate(x))))]
  })

// table

export const exponentials = {
  exp: { f32: exp32, f64: exp64 },
  exp2: { f32: roundedOf('exp2', exp2_64, exp2Extended), f64: exp2_64 },
  expm1: { f32: roundedOf('expm1', expm1_64, (writer, x) => expm1Extended(writer, pair(x))), f64: expm1_64 },
  sigmoid: { f32: sigmoid32, f64: sigmoid64 }
} satisfies ScalarRules<'exp' | 'exp2' | 'expm1' | 'sigmoid'>
