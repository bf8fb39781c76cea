/**
 * Logarithms: log, log1p, log2 and log10, by the sequences of the reference.
 *
 *     x = 2^e m,  c ≈ 1/m a multiple of 1/256,  r = m c − 1,  |r| ≤ 1/64        log x = e ln 2 − log c + log(1 + r)
 *
 * @since 0.1.0
 */
import { choose, f32, f64, i32, type FunctionDefinition, type Instruction, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { RECIPROCAL_LN10, RECIPROCAL_LN2, type DoubleDouble } from '../../elementary/double-double.ts'
import { LOG_HIGH, LOG_LOW } from '../../elementary/logarithm-table.ts'
import { RECIPROCAL } from '../../elementary/logarithm.ts'
import type { Writer } from '../quad.ts'
import { exponentOf, highWord, mantissaOf, powerOfTwo } from './bits.ts'
import {
  constantPair,
  multiply,
  pair,
  pairDefinition,
  pairOf,
  productError,
  quickTwoSum,
  twoSum,
  type Pair
} from './double-double.ts'
import { difference, horner, isEqual, isGreater, isLess, product, real, sum, type Real } from './float64.ts'
import { log10Extended, log1pExtended, log2Extended, logExtended } from './logarithm-extended.ts'
import { roundedOf } from './rounding.ts'
import { entryOf, giveBackWhere, keep, leaveWhere, scalarDefinition, type ScalarRules } from './scalar.ts'

// ln 2 in two parts: the first has 40 bits, so that its multiples by an exponent are exact and add to the table exactly.
const LN2_HIGH = 0.6931471805601177
const LN2_LOW = -1.7239444525614835e-13

/** From this table index on (m > √2) the mantissa counts as m/2. */
const UPPER_INDEX = 27

const LEAST_NORMAL = 2.2250738585072014e-308

// pieces

/** `(log(1 + r) − r + r²/2)/r³` for |r| ≤ 1/64. */
const thirdOrder = (r: Instruction<'f64'>): Instruction<'f64'> =>
  horner(r, 0.3333333333333333, -0.25, 0.2, -0.16666666666666666, 0.14285714285714285, -0.125, 0.1111111111111111)

/** What a positive normal x is split into; `base + small` is the logarithm of all but `mantissa · centre`. */
interface Split {
  /** the exponent e₀ with 2^e₀ ≤ x */
  readonly floor: Local<'i32'>
  readonly mantissa: Local<'f64'>
  /** the mantissa as a float32 */
  readonly upper: Local<'f64'>
  readonly centre: Local<'f64'>
  readonly base: Local<'f64'>
  readonly small: Instruction<'f64'>
}

/** `shift` is added to the exponent. */
const split = (writer: Writer, x: Instruction<'f64'>, shift: Instruction<'i32'> | number): Split => {
  const floor = keep(writer, exponentOf(x))
  const index = keep(writer, i32.and(i32.shiftRightUnsigned(highWord(x), 14), 63))
  const counted = i32.add(floor, i32.greaterEqualUnsigned(index, UPPER_INDEX))
  const exponent = keep(writer, f64.convertI32Signed(shift === 0 ? counted : i32.add(counted, shift)))
  const mantissa = keep(writer, mantissaOf(x))
  return {
    floor,
    mantissa,
    upper: keep(writer, f64.promoteF32(f32.demoteF64(mantissa))),
    centre: keep(writer, entryOf(writer, RECIPROCAL, index)),
    base: keep(writer, sum(product(exponent, LN2_HIGH), entryOf(writer, LOG_HIGH, index))),
    small: sum(product(exponent, LN2_LOW), entryOf(writer, LOG_LOW, index))
  }
}

/** `log(x + tail)` for a positive normal finite `x` and a tail of at most half its last place, both variables. */
const logWithTail = (writer: Writer, x: Instruction<'f64'>, tail: Real): Instruction<'f64'> => {
  const { floor, mantissa, upper, centre, base, small } = split(writer, x, 0)
  const lower = product(difference(mantissa, upper), centre)
  const scaled = () => product(tail, powerOfTwo(keep(writer, i32.subtract(0, floor))), centre)
  // a tail of zero adds a zero to what is itself not −0 once the head is added
  const rest = tail === 0 ? lower : sum(lower, scaled())
  const r = keep(writer, sum(difference(product(upper, centre), 1), rest))
  const total = keep(writer, sum(base, r))
  const lost = difference(r, difference(total, base))
  const curved = product(r, r, difference(product(r, thirdOrder(r)), 0.5))
  return sum(total, sum(lost, small, curved))
}

/** `log(x)` as a double-double with relative error below 2^-63, for a positive finite number. */
export const logPair = (writer: Writer, x: Instruction<'f64'>): Pair => {
  const callee = pairDefinition(writer.compilation, 'log pair', 1, (inner, [argument]) => {
    const isSubnormal = keep(inner, isLess(argument!, LEAST_NORMAL))
    const normal = keep(inner, choose(isSubnormal, product(argument!, 18014398509481984), argument!))
    const { mantissa, upper, centre, base, small } = split(inner, normal, i32.multiply(isSubnormal, -54))
    const head = keep(inner, difference(product(upper, centre), 1))
    const r = twoSum(inner, head, keep(inner, product(difference(mantissa, upper), centre)))
    const square = keep(inner, product(r.high, r.high))
    const squareLow = sum(productError(inner, r.high, r.high, square), product(2, r.high, r.low))
    const first = quickTwoSum(inner, base, r.high)
    const second = quickTwoSum(inner, first.high, keep(inner, product(-0.5, square)))
    const rest = sum(difference(r.low, product(0.5, squareLow)), product(square, r.high, thirdOrder(r.high)))
    return quickTwoSum(inner, second.high, keep(inner, sum(first.low, second.low, small, rest)))
  })
  return pairOf(writer, callee, x)
}

/** Leaves with the logarithm of zeros, negative numbers, infinities and NaN. */
const giveBackOfSpecial = (writer: Writer, x: Local<'f64'>): void => {
  const isOrdinary = i32.and(isGreater(x, 0), isLess(x, Infinity))
  leaveWhere(writer, i32.isZero(isOrdinary), () => [
    choose(isEqual(x, 0), real(-Infinity), choose(isGreater(x, 0), x, real(NaN)))
  ])
}

// float64

const log64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'log f64', ['f64'], ['f64'], (writer, [x]) => {
    giveBackOfSpecial(writer, x)
    leaveWhere(writer, isLess(x, LEAST_NORMAL), (subnormal) => [logPair(subnormal, x).high])
    return [logWithTail(writer, x, 0)]
  })

const log1p64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'log1p f64', ['f64'], ['f64'], (writer, [x]) => {
    leaveWhere(writer, i32.isZero(i32.and(isGreater(x, -1), isLess(x, Infinity))), () => [
      choose(isEqual(x, -1), real(-Infinity), choose(isGreater(x, 0), x, real(NaN)))
    ])
    giveBackWhere(writer, isLess(f64.abs(x), 5.551115123125783e-17), x)
    const total = keep(writer, sum(1, x))
    const tail = choose(isLess(x, 1), difference(x, difference(total, 1)), difference(1, difference(total, x)))
    return [logWithTail(writer, total, keep(writer, tail))]
  })

/** The logarithm to another base, by the reciprocal of its own logarithm. */
const logOfBase =
  (name: string, factor: DoubleDouble) =>
  (compilation: Compilation): FunctionDefinition =>
    scalarDefinition(compilation, `${name} f64`, ['f64'], ['f64'], (writer, [x]) => {
      giveBackOfSpecial(writer, x)
      return [multiply(writer, logPair(writer, x), constantPair(factor)).high]
    })

const log2_64 = logOfBase('log2', RECIPROCAL_LN2)
const log10_64 = logOfBase('log10', RECIPROCAL_LN10)

// table

export const logarithms = {
  log: { f32: roundedOf('log', log64, (writer, x) => logExtended(writer, pair(x))), f64: log64 },
  log1p: { f32: roundedOf('log1p', log1p64, log1pExtended), f64: log1p64 },
  log2: { f32: roundedOf('log2', log2_64, log2Extended), f64: log2_64 },
  log10: { f32: roundedOf('log10', log10_64, log10Extended), f64: log10_64 }
} satisfies ScalarRules<'log' | 'log1p' | 'log2' | 'log10'>
