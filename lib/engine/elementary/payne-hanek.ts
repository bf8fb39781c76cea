/**
 * Reduction of large arguments modulo π/2, by Payne and Hanek's method: only those bits of 2/π are multiplied that can
 * reach the last two integer bits and the fraction of `x · 2/π`.
 *
 * Digits to the base 2^24 keep every product and every column sum exact in a double.
 *
 * @see Payne & Hanek 1983, "Radian reduction for trigonometric functions"
 * @since 0.1.0
 */
import { at, exponentOf, powerOfTwo } from './bits.ts'
import { type DoubleDouble, HALF_PI, multiply, quickTwoSum } from './double-double.ts'

/** `x = quadrant · π/2 + high + low` modulo 2π, quadrant in 0..3, |high + low| ≤ π/4. */
export type Reduced = { readonly quadrant: number; readonly high: number; readonly low: number }

const BASE = 16777216
const RECIPROCAL_BASE = 5.960464477539063e-8

/** The first 54 digits of 2/π to the base 2^24, after the point. */
// prettier-ignore
export const TWO_OVER_PI = Float64Array.of(
  0xa2f983, 0x6e4e44, 0x1529fc, 0x2757d1, 0xf534dd, 0xc0db62, 0x95993c, 0x439041, 0xfe5163, 0xabdebb, 0xc561b7,
  0x246e3a, 0x424dd2, 0xe00649, 0x2eea09, 0xd1921c, 0xfe1deb, 0x1cb129, 0xa73ee8, 0x8235f5, 0x2ebb44, 0x84e99c,
  0x7026b4, 0x5f7e41, 0x3991d6, 0x398353, 0x39f49c, 0x845f8b, 0xbdf928, 0x3b1ff8, 0x97ffde, 0x05980f, 0xef2f11,
  0x8b5a0a, 0x6d1f6d, 0x367ecf, 0x27cb09, 0xb74f46, 0x3f669e, 0x5fea2d, 0x7527ba, 0xc7ebe5, 0xf17b3d, 0x0739f7,
  0x8a5292, 0xea6bfb, 0x5fb11f, 0x8d5d08, 0x560330, 0x46fc7b, 0x6babf0, 0xcfbc20, 0x9af436, 0x1da9e3
)

/** One integer column and nine of the fraction: 216 bits, of which cancellation takes at most 62. */
export const COLUMNS = 10

/**
 * The column sums, module-level because allocating them would cost as much as the reduction; every call of `reduceLarge`
 * fills them before it reads them, and none is suspended in between.
 */
const columns = new Float64Array(COLUMNS)

/** Reduces a finite `x ≥ 2^-24`; the remainder has about 100 good bits. */
export const reduceLarge = (x: number): Reduced => {
  multiplyIntoColumns(x)
  carry()
  const integer = at(columns, 0) % 4
  const roundsUp = at(columns, 1) >= BASE / 2
  const remainder = multiply(fractionOf(roundsUp), HALF_PI)
  return { quadrant: (integer + (roundsUp ? 1 : 0)) % 4, high: remainder.high, low: remainder.low }
}

/**
 * With x = Σ digit[i] · 2^(24 (place − i)), column n gets the products of weight 2^(−24 n). Those of greater weight than
 * column 0 are multiples of 2^24 quarter turns and do not matter. 53 bits meet at most four digits.
 */
const multiplyIntoColumns = (x: number): void => {
  const place = Math.floor(exponentOf(x) / 24)
  columns.fill(0)
  let rest = x * powerOfTwo(-24 * place)
  for (let index = 0; rest !== 0; index++) {
    const digit = Math.floor(rest)
    rest = (rest - digit) * BASE
    for (let column = Math.max(0, index + 1 - place); column < COLUMNS; column++)
      columns[column] = at(columns, column) + digit * at(TWO_OVER_PI, place + column - index - 1)
  }
}

/** Brings every column but the first below the base. */
const carry = (): void => {
  for (let column = COLUMNS - 1; column > 0; column--) {
    const over = Math.floor(at(columns, column) * RECIPROCAL_BASE)
    columns[column] = at(columns, column) - over * BASE
    columns[column - 1] = at(columns, column - 1) + over
  }
}

/** The fraction as a double-double, less 1 where it rounds up; the complement leaves out one unit of 2^-216. */
const fractionOf = (roundsUp: boolean): DoubleDouble => {
  const offset = roundsUp ? 1 - BASE : 0
  let high = 0
  let low = 0
  let weight = 1
  for (let column = 1; column < COLUMNS; column++) {
    weight *= RECIPROCAL_BASE
    const term = (at(columns, column) + offset) * weight
    const sum = high + term
    const shadow = sum - high
    low += high - (sum - shadow) + (term - shadow)
    high = sum
  }
  return quickTwoSum(high, low)
}
