/**
 * Numbers as the element types hold them.
 *
 * @internal
 */
import type { FloatDType } from '../tensor/index.ts'

/** The nearest number of an element type. */
export const rounded = (dtype: FloatDType, x: number): number => (dtype === 'f32' ? Math.fround(x) : x)

const stepped = (bits: bigint, away: boolean): bigint => (away ? bits + 1n : bits - 1n)

/** Adds one unit in the last place to a float32 or float64 that is not 0, towards a side. */
const step = (dtype: FloatDType, x: number, up: boolean): number => {
  const away = x > 0 === up
  return dtype === 'f32'
    ? (new Float32Array(
        Uint32Array.of(Number(stepped(BigInt(new Uint32Array(Float32Array.of(x).buffer)[0] ?? 0), away))).buffer
      )[0] ?? x)
    : (new Float64Array(
        BigUint64Array.of(stepped(new BigUint64Array(Float64Array.of(x).buffer)[0] ?? 0n, away)).buffer
      )[0] ?? x)
}

/** The least positive number of each type. */
const least: Readonly<Record<FloatDType, number>> = { f32: 1.401298464324817e-45, f64: 5e-324 }

/** The next greater number of an element type. */
export const nextUp = (dtype: FloatDType, x: number): number =>
  x === Infinity ? x : x === 0 ? least[dtype] : step(dtype, x, true)

/** The next smaller number of an element type. */
export const nextDown = (dtype: FloatDType, x: number): number => -nextUp(dtype, -x)

/** What the samplers have to know of each type. */
export const limits: Readonly<
  Record<
    FloatDType,
    { /** the least normal number */ readonly tiny: number; /** from 1 to the next number */ readonly epsilon: number }
  >
> = {
  f32: { tiny: 1.1754943508222875e-38, epsilon: 1.1920928955078125e-7 },
  f64: { tiny: 2.2250738585072014e-308, epsilon: 2.220446049250313e-16 }
}
