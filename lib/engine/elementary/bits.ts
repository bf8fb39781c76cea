/**
 * Access to the exponent of a double, and exact scaling by powers of two.
 *
 * The one scratch buffer below never outlives an expression: a value is written and read back at once. It is module-level
 * because allocating a view for every call would cost more than the whole elementary function.
 *
 * @since 0.1.0
 */

const scratch = new Float64Array(1)
const words = new Uint32Array(scratch.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The entry of a table; the callers' index arithmetic keeps it in range, which TypeScript cannot follow. */
export const at = (table: Float64Array, index: number): number => table[index] as number

/** Sign, exponent and the top 20 fraction bits of a double, as an unsigned 32-bit integer. */
export const highWord = (x: number): number => {
  scratch[0] = x
  // HIGH is 0 or 1, both in range.
  return words[HIGH] as number
}

const LEAST_EXPONENT = -1074
const powers = (): Float64Array => {
  const doubled = new Float64Array(1023 - LEAST_EXPONENT + 1)
  doubled[0] = 5e-324
  for (let index = 1; index < doubled.length; index++) doubled[index] = 2 * at(doubled, index - 1)
  return doubled
}

const POWERS = powers()

/** `2^exponent`, exactly; `exponent` is an integer in [−1074, 1023]. */
export const powerOfTwo = (exponent: number): number => at(POWERS, exponent - LEAST_EXPONENT)

/** `x · 2^exponent` rounded once, for `x` of magnitude near 1 and an integer exponent in [−1200, 1100]. */
export const scaleByPowerOfTwo = (x: number, exponent: number): number =>
  exponent > 1023
    ? x * powerOfTwo(1023) * powerOfTwo(exponent - 1023)
    : exponent < -1022
      ? x * powerOfTwo(-900) * powerOfTwo(exponent + 900)
      : x * powerOfTwo(exponent)

/** The exponent of a positive normal double: `2^exponent ≤ x < 2^(exponent + 1)`. */
export const exponentOf = (x: number): number => (highWord(x) >>> 20) - 1023
