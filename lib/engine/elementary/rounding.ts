/**
 * Correct rounding to float32: Ziv's test on a double, and the rounding of a double-double.
 *
 * The correctly rounded result is unique, so it is a specification: any engine that rounds correctly has these bits.
 *
 * @see Ziv 1991, "Fast evaluation of elementary mathematical functions with correctly rounded last bit"
 * @since 0.1.0
 */
import type { DoubleDouble } from './double-double.ts'

/** Relative error allowed to every double fast path: 16 units in the last place, far more than any of them has. */
const ALLOWED = 3.552713678800501e-15

/**
 * The float32 nearest to `high + low`, ties to even; `high` is the double nearest to the sum.
 *
 * Rounding `high` alone errs exactly where it is the midpoint of two float32 and `low` decides.
 */
export const roundToFloat32 = ({ high, low }: DoubleDouble): number => {
  const nearest = Math.fround(high)
  const distance = high - nearest
  const neighbour = nearest + 2 * distance
  const isMidpoint = distance !== 0 && Math.fround(neighbour) === neighbour
  return !isMidpoint || low === 0 ? nearest : low > 0 ? Math.max(nearest, neighbour) : Math.min(nearest, neighbour)
}

/**
 * `f(x)` rounded to float32, from a double approximation with relative error below 2^-48.
 *
 * Where every number that close to the approximation rounds to the same float32, that is the result (all but a few hundred
 * of the 2^32 inputs); elsewhere `extended` computes again with about 100 bits. Zeros and infinities are taken as they are.
 */
export const roundOnce = (approximation: number, x: number, extended: (x: number) => DoubleDouble): number => {
  const margin = approximation * ALLOWED
  const rounded = Math.fround(approximation + margin)
  return rounded === Math.fround(approximation - margin) ? rounded : roundToFloat32(extended(x))
}

/** `roundOnce` for a function of two arguments. */
export const roundOnceOfTwo = (
  approximation: number,
  x: number,
  y: number,
  extended: (x: number, y: number) => DoubleDouble
): number => {
  const margin = approximation * ALLOWED
  const rounded = Math.fround(approximation + margin)
  return rounded === Math.fround(approximation - margin) ? rounded : roundToFloat32(extended(x, y))
}
