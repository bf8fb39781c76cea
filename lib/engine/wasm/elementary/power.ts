/**
 * General powers, by the sequence of the reference.
 *
 *     x^y = ±exp(y log |x|),  log to about 64 bits
 *
 * @since 0.1.0
 */
import {
  call,
  choose,
  f64,
  i32,
  i64,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { pair, pairDefinition, pairOf, productError, times, type Pair } from './double-double.ts'
import { expExtended } from './exponential-extended.ts'
import { expWithTail } from './exponential.ts'
import { isEqual, isGreater, isLess, isNotEqual, product, real, sum } from './float64.ts'
import { logExtended } from './logarithm-extended.ts'
import { logPair } from './logarithm.ts'
import { roundOnce } from './rounding.ts'
import { giveBackWhere, keep, scalarDefinition, type ScalarRules } from './scalar.ts'

// pieces

/** Whether y is an odd integer; from 2^53 on every double is even. */
const isOdd = (y: Instruction<'f64'>): Instruction<'i32'> => {
  const half = product(y, 0.5)
  return i32.and(isEqual(f64.truncate(y), y), isNotEqual(f64.truncate(half), half))
}

/** Whether `x^y` is negative, for numbers x and y and an x that is not negative with a fractional y. */
const isNegativePower = (x: Instruction<'f64'>, y: Instruction<'f64'>): Instruction<'i32'> =>
  i32.and(i64.lessSigned(i64.reinterpretF64(x), i64.constant(0n)), isOdd(y))

const negatedWhere = (condition: Instruction<'i32'>, x: Instruction<'f64'>): Instruction<'f64'> =>
  choose(condition, f64.negate(x), x)

// float64

/** `x^y` for a positive finite x and a finite y. */
const powerOfPositive = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'pow of positive f64', ['f64', 'f64'], ['f64'], (writer, [x, y]) => {
    giveBackWhere(writer, isEqual(x, 1), real(1))
    // Beyond 2^66 the result overflows or vanishes, as |log x| ≥ 2^-54; below 2^-66 it is 1.
    const bounded = f64.copySign(f64.minimum(f64.abs(y), real(73786976294838206464)), y)
    const exponent = keep(writer, bounded)
    giveBackWhere(writer, isLess(f64.abs(exponent), 1.3552527156068805e-20), real(1))
    const logarithm = logPair(writer, x)
    const head = keep(writer, product(logarithm.high, exponent))
    giveBackWhere(writer, isGreater(head, 710), real(Infinity))
    giveBackWhere(writer, isLess(head, -746), real(0))
    const error = productError(writer, logarithm.high, exponent, head)
    return [expWithTail(writer, head, sum(error, product(logarithm.low, exponent)), 0)]
  })

/** `x^y` in float64, with the special cases of C99 Annex F: `x^0 = 1^y = 1` even for NaN, and `(−1)^±∞ = 1`. */
const pow64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'pow f64', ['f64', 'f64'], ['f64'], (writer, [x, y]) => {
    giveBackWhere(writer, i32.or(isEqual(y, 0), isEqual(x, 1)), real(1))
    giveBackWhere(writer, i32.or(isNotEqual(x, x), isNotEqual(y, y)), real(NaN))
    const magnitude = keep(writer, f64.abs(x))
    const isGrowing = isGreater(y, 0)
    const zeroOrInfinity = (isZero: Instruction<'i32'>) => choose(isZero, real(0), real(Infinity))
    giveBackWhere(
      writer,
      isEqual(f64.abs(y), Infinity),
      choose(isEqual(magnitude, 1), real(1), zeroOrInfinity(i32.notEqual(isGreater(magnitude, 1), isGrowing)))
    )
    const isNegative = keep(writer, isNegativePower(x, y))
    giveBackWhere(
      writer,
      i32.or(isEqual(magnitude, 0), isEqual(magnitude, Infinity)),
      negatedWhere(isNegative, zeroOrInfinity(i32.equal(isEqual(magnitude, 0), isGrowing)))
    )
    giveBackWhere(writer, i32.and(isLess(x, 0), isNotEqual(f64.floor(y), y)), real(NaN))
    const size = keep(writer, call('f64', powerOfPositive(compilation), magnitude, y))
    return [negatedWhere(isNegative, size)]
  })

// float32

/** Where the low part is this small, a power of float32 numbers is taken to be exact; its error is below 2^-92 of the power. */
const EXACT = 3.2311742677852644e-27

export const powExtended = (writer: Writer, x: Local<'f64'>, y: Local<'f64'>): Pair => {
  const callee = pairDefinition(writer.compilation, 'pow extended', 2, (inner, [base, exponent]) => {
    const logarithm = logExtended(inner, pair(keep(inner, f64.abs(base!))))
    const power = expExtended(inner, times(inner, logarithm, exponent!))
    const isExact = isLess(f64.abs(power.low), product(power.high, EXACT))
    const low = keep(inner, choose(isExact, real(0), power.low))
    const isNegative = keep(inner, isNegativePower(base!, exponent!))
    return { high: negatedWhere(isNegative, power.high), low: negatedWhere(isNegative, low) }
  })
  return pairOf(writer, callee, x, y)
}

/** `x^y` in float32, rounded once. */
const pow32 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'pow f32', ['f32', 'f32'], ['f32'], (writer, [base, exponent]) => {
    const x = keep(writer, f64.promoteF32(base))
    const y = keep(writer, f64.promoteF32(exponent))
    return [roundOnce(writer, call('f64', pow64(compilation), x, y), (inner) => powExtended(inner, x, y))]
  })

// table

export const powers = { pow: { f32: pow32, f64: pow64 } } satisfies ScalarRules<'pow'>
