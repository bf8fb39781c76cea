/**
 * Reduction of large arguments modulo π/2 by Payne and Hanek's method, with the digits and columns of the reference.
 *
 * All sums of columns are exact, so that their order is free: the columns are variables, and every digit meets every
 * column, digits beyond the table being 0.
 *
 * @see Payne & Hanek 1983, "Radian reduction for trigonometric functions"
 * @since 0.1.0
 */
import { COLUMNS, TWO_OVER_PI } from '../../elementary/payne-hanek.ts'
import { HALF_PI } from '../../elementary/double-double.ts'
import {
  callInto,
  f64,
  i32,
  select,
  set,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { exponentOf, normalPowerOfTwo } from './bits.ts'
import { constantPair, multiply, quickTwoSum, twoSum, type Pair } from './double-double.ts'
import { difference, isGreaterOrEqual, product, real, sum, type Real } from './float64.ts'
import { keep, scalarDefinition } from './scalar.ts'

// model

/** `x = quadrant · π/2 + high + low`, |high + low| ≤ π/4; only the last two bits of the quadrant count. */
export interface Reduced extends Pair {
  readonly quadrant: Local<'i32'>
  readonly high: Local<'f64'>
  readonly low: Local<'f64'>
}

/** New variables for a reduced argument. */
export const reducedVariables = ({ local }: Writer): Reduced => ({
  quadrant: local('i32'),
  high: local('f64'),
  low: local('f64')
})

/** What −x is reduced to, where x is reduced to `self`. */
export const reversed = ({ quadrant, high, low }: Reduced): readonly Instruction<'none'>[] => [
  set(quadrant, i32.subtract(0, quadrant)),
  set(high, f64.negate(high)),
  set(low, f64.negate(low))
]

const BASE = 16777216
const RECIPROCAL_BASE = 5.960464477539063e-8

/** 53 bits meet at most four digits. */
const DIGITS = 4

/** Zeros before the point, for columns that a digit does not reach. */
const PADDING = DIGITS + 1
const PADDED = Float64Array.of(...Array.from({ length: PADDING }, () => 0), ...TWO_OVER_PI)

/** Writes the reduction of a finite `x ≥ 2^-24` into variables. */
export const reduceLarge = (writer: Writer, to: Reduced, x: Instruction<'f64'>): void => {
  writer.write(callInto([to.quadrant, to.high, to.low], reduceLargeDefinition(writer.compilation), x))
}

const reduceLargeDefinition = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'reduce large', ['f64'], ['i32', 'f64', 'f64'], (writer, [x]) => {
    const columns = carried(writer, productColumns(writer, x))
    const integer = columns[0]!
    const roundsUp = keep(writer, isGreaterOrEqual(columns[1]!, BASE / 2))
    const quarter = difference(integer, product(4, f64.floor(product(0.25, integer))))
    const quadrant = i32.and(i32.add(i32.truncateF64Signed(quarter), roundsUp), 3)
    const remainder = multiply(writer, fractionOf(writer, columns, roundsUp), constantPair(HALF_PI))
    return [quadrant, remainder.high, remainder.low]
  })

/** Column n has the products of weight 2^(−24 n); those of greater weight than column 0 do not matter. */
const productColumns = (writer: Writer, x: Instruction<'f64'>): readonly Instruction<'f64'>[] => {
  // the place is −1 or more, and the division rounds towards 0
  const place = keep(writer, i32.subtract(i32.divideUnsigned(i32.add(exponentOf(x), 24), 24), 1))
  const digits = digitsOf(writer, product(x, normalPowerOfTwo(i32.multiply(place, -24))))
  const first = keep(writer, i32.shiftLeft(i32.add(place, PADDING - DIGITS), 3))
  const table = writer.compilation.place(PADDED)
  const factors = Array.from({ length: COLUMNS + DIGITS - 1 }, (_, index) =>
    keep(writer, f64.load(first, table + 8 * index))
  )
  return Array.from({ length: COLUMNS }, (_, column) => {
    const products = digits.map((digit, index) => product(digit, factors[column + DIGITS - 1 - index]!))
    return keep(writer, sum(products[0]!, ...products.slice(1)))
  })
}

/** The digits of a number below 2^24 to the base 2^24. */
const digitsOf = (writer: Writer, x: Instruction<'f64'>): readonly Instruction<'f64'>[] => {
  let rest = keep(writer, x)
  return Array.from({ length: DIGITS }, () => {
    const digit = keep(writer, f64.floor(rest))
    rest = keep(writer, product(difference(rest, digit), BASE))
    return digit
  })
}

/** Brings every column but the first below the base. */
const carried = (writer: Writer, columns: readonly Instruction<'f64'>[]): readonly Instruction<'f64'>[] =>
  columns.reduceRight<readonly Instruction<'f64'>[]>((done, column) => {
    const [last] = done
    if (last === undefined) return [column]
    const over = keep(writer, f64.floor(product(last, RECIPROCAL_BASE)))
    const below = keep(writer, difference(last, product(over, BASE)))
    return [keep(writer, sum(column, over)), below, ...done.slice(1)]
  }, [])

/** The fraction as a double-double, less 1 where it rounds up; the complement leaves out one unit of 2^-216. */
const fractionOf = (writer: Writer, columns: readonly Instruction<'f64'>[], roundsUp: Instruction<'i32'>): Pair => {
  const offset = keep(writer, select(roundsUp, real(1 - BASE), real(0)))
  let high: Real = 0
  let low: Real = 0
  let weight = 1
  for (const column of columns.slice(1)) {
    weight *= RECIPROCAL_BASE
    const next = twoSum(writer, high, keep(writer, product(sum(column, offset), weight)))
    high = next.high
    low = keep(writer, sum(low, next.low))
  }
  return quickTwoSum(writer, high, low)
}
