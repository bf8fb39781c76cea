/**
 * Arctangents in float64, as in the reference: atan, and atan2 of the two legs.
 *
 * @since 0.1.0
 */
import { FAR_HIGH, FAR_LOW, NEAR_HIGH, NEAR_LOW, QUARTER } from '../../elementary/arctangent.ts'
import { HALF_PI, PI } from '../../elementary/double-double.ts'
import {
  call,
  choose,
  f32,
  f64,
  i32,
  i64,
  select,
  type FunctionDefinition,
  type Instruction
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { computed } from './computed.ts'
import { productError } from './double-double.ts'
import { difference, horner, isEqual, isGreater, isLess, isNotEqual, product, quotient, real, sum } from './float64.ts'
import { entryOf, giveBackWhere, keep, scalarDefinition } from './scalar.ts'

/** `(atan t − t)/t³` for |t| ≤ 1/16. */
const shape = (z: Instruction<'f64'>): Instruction<'f64'> =>
  horner(
    z,
    -0.3333333333333333,
    0.2,
    -0.14285714285714285,
    0.1111111111111111,
    -0.09090909090909091,
    0.07692307692307693
  )

/** The table's angle at an index, and the arctangents of t and of the tail of x, if it has one. */
const angleAt = (
  writer: Writer,
  high: Float64Array,
  low: Float64Array,
  index: Instruction<'i32'>,
  t: Instruction<'f64'>,
  x: Instruction<'f64'>,
  tail: Instruction<'f64'> | undefined
): Instruction<'f64'> => {
  const z = keep(writer, product(t, t))
  const rest = sum(entryOf(writer, low, index), product(z, t, shape(z)))
  const whole = tail === undefined ? rest : sum(rest, quotient(tail, sum(1, product(x, x))))
  return sum(entryOf(writer, high, index), sum(t, whole))
}

/** Sixteen times a positive ratio, to the nearest integer; 0 where the ratio counts as small. */
const indexOf = (writer: Writer, isSmall: Instruction<'i32'>, sixteenfold: Instruction<'f64'>): Instruction<'i32'> =>
  keep(writer, select(isSmall, i32.constant(0), i32.truncateF64Signed(sum(sixteenfold, 0.5))))

const centreOf = (writer: Writer, index: Instruction<'i32'>): Instruction<'f64'> =>
  keep(writer, product(f64.convertI32Signed(index), 0.0625))

type Tail = Instruction<'f64'> | undefined

/** `atan(x + tail)` for 0 ≤ x ≤ 1. */
const atanOfSmall = (writer: Writer, x: Instruction<'f64'>, tail: Tail): Instruction<'f64'> => {
  const index = indexOf(writer, isLess(x, 0.0625), product(16, x))
  const centre = centreOf(writer, index)
  const t = keep(writer, quotient(difference(x, centre), sum(1, product(x, centre))))
  return angleAt(writer, NEAR_HIGH, NEAR_LOW, index, t, x, tail)
}

/** `atan(x + tail)` for 1 < x < 2^60. */
const atanOfLarge = (writer: Writer, x: Instruction<'f64'>, tail: Tail): Instruction<'f64'> => {
  const index = indexOf(writer, isGreater(x, 16), quotient(16, x))
  const centre = centreOf(writer, index)
  const upper = keep(writer, f64.promoteF32(f32.demoteF64(x)))
  const numerator = sum(difference(product(upper, centre), 1), product(difference(x, upper), centre))
  const t = keep(writer, quotient(numerator, sum(x, centre)))
  return angleAt(writer, FAR_HIGH, FAR_LOW, index, t, x, tail)
}

/** `atan(x + tail)` for x ≥ 0 and a tail of at most half its last place. */
const atanWithTail = (writer: Writer, x: Instruction<'f64'>, tail?: Tail): Instruction<'f64'> =>
  choose(
    isGreater(x, 1),
    choose(
      isLess(x, 1152921504606846976),
      computed(writer, (inner) => atanOfLarge(inner, x, tail)),
      real(HALF_PI.high)
    ),
    computed(writer, (inner) => atanOfSmall(inner, x, tail))
  )

// definitions

/** Arctangent in float64. */
export const atan64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'atan f64', ['f64'], ['f64'], (writer, [x]) => {
    const size = keep(writer, f64.abs(x))
    giveBackWhere(writer, i32.isZero(isGreater(size, 7.450580596923828e-9)), x)
    return [f64.copySign(atanWithTail(writer, size), x)]
  })

/** The angle of the point (x, y) in float64. */
export const atan2_64 = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'atan2 f64', ['f64', 'f64'], ['f64'], (writer, [y, x]) => {
    giveBackWhere(writer, i32.or(isNotEqual(y, y), isNotEqual(x, x)), real(NaN))
    const isLeft = keep(writer, i64.lessSigned(i64.reinterpretF64(x), i64.constant(0n)))
    const height = keep(writer, f64.abs(y))
    const width = keep(writer, f64.abs(x))
    return [f64.copySign(call('f64', angleDefinition(compilation), height, width, isLeft), y)]
  })

/** The angle for y ≥ 0, where `isLeft` says that x stands for −x. */
const angleDefinition = (compilation: Compilation): FunctionDefinition =>
  scalarDefinition(compilation, 'angle f64', ['f64', 'f64', 'i32'], ['f64'], (writer, [y, x, isLeft]) => {
    const either = (left: number | Instruction<'f64'>, right: number | Instruction<'f64'>) =>
      select(isLeft, real(left), real(right))
    const areSame = isEqual(y, x)
    giveBackWhere(writer, i32.and(areSame, isEqual(x, 0)), either(PI.high, 0))
    giveBackWhere(writer, i32.and(areSame, isEqual(x, Infinity)), either(2.356194490192345, QUARTER))
    const ratio = keep(writer, quotient(y, x))
    giveBackWhere(writer, isGreater(ratio, 1152921504606846976), real(HALF_PI.high))
    giveBackWhere(writer, isLess(ratio, 8.673617379884035e-19), either(PI.high, ratio))
    // Powers of two keep the remainder of the division from under- and overflowing.
    const power = keep(writer, select(isGreater(x, 1), real(1.4916681462400413e-154), real(6.703903964971299e153)))
    const scaled = keep(writer, product(x, power))
    const remainder = remainderOf(writer, product(y, power), scaled, ratio)
    const angle = keep(writer, atanWithTail(writer, ratio, keep(writer, quotient(remainder, scaled))))
    return [either(sum(difference(PI.high, angle), PI.low), angle)]
  })

/** `y − ratio · x`, exactly, where ratio is y/x rounded. */
const remainderOf = (
  writer: Writer,
  y: Instruction<'f64'>,
  x: Instruction<'f64'>,
  ratio: Instruction<'f64'>
): Instruction<'f64'> => {
  const rounded = keep(writer, product(ratio, x))
  return difference(y, rounded, productError(writer, ratio, x, rounded))
}
