/**
 * The error function and its complement in float64, as in the reference.
 *
 * @since 0.1.0
 */
import { ERF_OF_EIGHTHS } from '../../elementary/error-function-table.ts'
import { COEFFICIENTS, SCALED_COMPLEMENT, TERMS } from '../../elementary/error-function.ts'
import {
  choose,
  f32,
  f64,
  i32,
  select,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { productError, quotientOfSums, type Pair } from './double-double.ts'
import { expWithTail } from './exponential.ts'
import {
  difference,
  horner,
  isEqual,
  isGreater,
  isGreaterOrEqual,
  isLess,
  product,
  quotient,
  real,
  sum
} from './float64.ts'
import { giveBackWhere, keep, leaveWhere, scalarDefinition } from './scalar.ts'

// pieces

/** `erf(x)/x − 1` for |x| ≤ 1/8, of z = x². */
const nearZero = (z: Instruction<'f64'>): Instruction<'f64'> =>
  horner(
    z,
    0.1283791670955126,
    -0.37612638903183754,
    0.11283791670955126,
    -0.026866170645131252,
    0.005223977625442188,
    -0.0008548327023450853,
    0.00012055332981789664,
    -1.492565035840625e-5
  )

/** `erf(x)` for |x| < 1/8. */
const erfNearZero = (writer: Writer, x: Instruction<'f64'>): Instruction<'f64'> =>
  sum(x, product(x, nearZero(keep(writer, product(x, x)))))

/** `erf(i/8 + h) − erf(i/8)` for |h| ≤ 1/16. */
const increment = (writer: Writer, index: Instruction<'i32'>, h: Instruction<'f64'>): Instruction<'f64'> => {
  const row = keep(writer, i32.multiply(index, 8 * TERMS))
  const table = writer.compilation.place(COEFFICIENTS)
  const coefficients = Array.from({ length: TERMS }, (_, order) => f64.load(row, table + 8 * order))
  return product(
    coefficients.reduceRight((total, coefficient) => sum(product(total, h), coefficient)),
    h
  )
}

/** `erf(x)` for 1/8 ≤ x < 6, as the value at the nearest multiple of 1/8 and the rest. */
const erfInParts = (writer: Writer, x: Instruction<'f64'>): Pair => {
  const index = keep(writer, i32.truncateF64Signed(sum(product(8, x), 0.5)))
  const h = keep(writer, difference(x, product(0.125, f64.convertI32Signed(index))))
  const entry = keep(writer, i32.shiftLeft(index, 4))
  const table = writer.compilation.place(ERF_OF_EIGHTHS)
  const rest = keep(writer, sum(f64.load(entry, table + 8), increment(writer, index, h)))
  return { high: keep(writer, f64.load(entry, table)), low: rest }
}

// definitions

/** The error function in float64. */
export const erf64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'erf f64', ['f64'], ['f64'], (writer, [x]) => {
    const magnitude = keep(writer, f64.abs(x))
    leaveWhere(writer, isLess(magnitude, 0.125), (inner) => [erfNearZero(inner, x)])
    leaveWhere(writer, i32.isZero(isLess(magnitude, 6)), () => [
      choose(isEqual(x, x), f64.copySign(real(1), x), real(NaN))
    ])
    const { high, low } = erfInParts(writer, magnitude)
    return [f64.copySign(sum(high, low), x)]
  })

/** The complementary error function in float64. */
export const erfc64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'erfc f64', ['f64'], ['f64'], (writer, [x]) => {
    leaveWhere(writer, isGreaterOrEqual(x, 0.5), (inner) => {
      giveBackWhere(inner, i32.isZero(isLess(x, 27.3)), real(0))
      return [erfcOfPositive(inner, x)]
    })
    giveBackWhere(writer, i32.isZero(isGreater(x, -6)), select(isEqual(x, x), real(2), real(NaN)))
    const magnitude = keep(writer, f64.abs(x))
    leaveWhere(writer, isLess(magnitude, 0.125), (inner) => [difference(1, erfNearZero(inner, x))])
    const { high, low } = erfInParts(writer, magnitude)
    return [select(isGreater(x, 0), difference(1, high, low), sum(1, high, low))]
  })

/** `erfc(x)` for 1/2 ≤ x < 27.3. */
const erfcOfPositive = (writer: Writer, x: Local<'f64'>): Instruction<'f64'> => {
  const t = keep(writer, quotient(difference(x, 3.75), sum(x, 3.75)))
  const [leading, ...others] = SCALED_COMPLEMENT
  const growth = keep(writer, product(horner(t, ...others), t))
  const total = keep(writer, sum(leading!, growth))
  const totalLow = keep(writer, difference(growth, difference(total, leading!)))
  // x² in two parts, the first of them exact; 2^64 keeps the exponential from underflowing before the division.
  const upper = keep(writer, f64.promoteF32(f32.demoteF64(x)))
  const square = keep(writer, product(f64.negate(upper), upper))
  const tail = keep(writer, product(f64.negate(difference(x, upper)), sum(x, upper)))
  const power = keep(writer, expWithTail(writer, square, tail, 64))
  const rounded = keep(writer, product(power, total))
  const low = keep(writer, sum(productError(writer, power, total, rounded), product(power, totalLow)))
  const denominator = keep(writer, sum(1, product(2, x)))
  const denominatorLow = keep(writer, difference(1, difference(denominator, product(2, x))))
  return product(quotientOfSums(writer, rounded, low, denominator, denominatorLow), 5.421010862427522e-20)
}
