/**
 * Correct rounding to float32: Ziv's test on a double, and the rounding of a double-double.
 *
 * @see Ziv 1991, "Fast evaluation of elementary mathematical functions with correctly rounded last bit"
 * @since 0.1.0
 */
import {
  call,
  choose,
  f32,
  f64,
  i32,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import type { Pair } from './double-double.ts'
import { difference, isEqual, isGreater, isLess, isNotEqual, product, sum } from './float64.ts'
import { giveBackWhere, keep, scalarDefinition } from './scalar.ts'

/** Relative error allowed to every double fast path, as in the reference. */
const ALLOWED = 3.552713678800501e-15

const roundToFloat32Definition = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'round to float32', ['f64', 'f64'], ['f32'], (writer, [high, low]) => {
    const nearest = keep(writer, f32.demoteF64(high))
    const wide = keep(writer, f64.promoteF32(nearest))
    const distance = keep(writer, difference(high, wide))
    const neighbour = keep(writer, sum(wide, product(2, distance)))
    const narrow = keep(writer, f32.demoteF64(neighbour))
    const isMidpoint = i32.and(isNotEqual(distance, 0), isEqual(f64.promoteF32(narrow), neighbour))
    giveBackWhere(writer, i32.isZero(i32.and(isMidpoint, isNotEqual(low, 0))), nearest)
    return [choose(isGreater(low, 0), f32.maximum(nearest, narrow), f32.minimum(nearest, narrow))]
  })

/** The float32 nearest to a pair, ties to even; its high part is the double nearest to the sum. */
export const roundToFloat32 = (writer: Writer, { high, low }: Pair): Instruction<'f32'> =>
  call('f32', roundToFloat32Definition(writer.compilation), high, low)

/**
 * A function rounded to float32, from a double approximation with relative error below 2^-48: leaves the function where
 * Ziv's test holds, or where the approximation is infinite or NaN; else it is `extended`, the code of a pair, that
 * decides. So the approximation must be exact where it is zero, and infinite only where the result is.
 */
export const roundOnce = (
  writer: Writer,
  approximation: Instruction<'f64'>,
  extended: (writer: Writer) => Pair
): Instruction<'f32'> => {
  const near = keep(writer, approximation)
  const margin = keep(writer, product(near, ALLOWED))
  const rounded = keep(writer, f32.demoteF64(sum(near, margin)))
  giveBackWhere(writer, f32.equal(rounded, f32.demoteF64(difference(near, margin))), rounded)
  giveBackWhere(writer, i32.isZero(isLess(f64.abs(near), Infinity)), f32.demoteF64(near))
  return roundToFloat32(writer, extended(writer))
}

/**
 * A correctly rounded `(f32) -> f32` from its float64 function and the code of its double-double.
 *
 * Where the reference looks first for arguments at which the result saturates, the float64 result is beyond the range of
 * float32 too and rounds to the same.
 */
export const roundedOf =
  (
    name: string,
    fast: (compilation: Compilation) => FunctionDefinition,
    extended: (writer: Writer, x: Local<'f64'>) => Pair
  ) =>
  (compilation: Compilation): FunctionDefinition =>
    scalarDefinition(compilation, `${name} f32`, ['f32'], ['f32'], (writer, [x]) => {
      const wide = keep(writer, f64.promoteF32(x))
      return [roundOnce(writer, call('f64', fast(compilation), wide), (inner) => extended(inner, wide))]
    })
