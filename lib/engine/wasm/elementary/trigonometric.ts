/**
 * Trigonometric functions in float64: sin, cos and tan, as in the reference.
 *
 * @since 0.1.0
 */
import {
  HALF_PI_FIRST,
  HALF_PI_FOURTH,
  HALF_PI_SECOND,
  HALF_PI_THIRD,
  MEDIUM_LIMIT,
  QUARTER_PI,
  TWO_OVER_PI
} from '../../elementary/trigonometric.ts'
import { choose, f64, i32, select, set, when, type FunctionDefinition, type Instruction } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Writer } from '../quad.ts'
import { chosenPair, computed } from './computed.ts'
import { quotientOfSums, type Pair } from './double-double.ts'
import { difference, horner, isLess, isLessOrEqual, product, real, sum, type Real } from './float64.ts'
import { reducedVariables, reduceLarge, reversed, type Reduced } from './payne-hanek.ts'
import { giveBackWhere, keep, leaveWhere, scalarDefinition, statements } from './scalar.ts'

// polynomials on |r| ≤ π/4

const sinShape = (z: Instruction<'f64'>): Instruction<'f64'> =>
  horner(
    z,
    -0.16666666666666666,
    0.008333333333333331,
    -0.0001984126984126504,
    2.755731921932058e-6,
    -2.50521062259944e-8,
    1.6058530596645953e-10,
    -7.586636882825159e-13
  )

const cosShape = (z: Instruction<'f64'>): Instruction<'f64'> =>
  horner(
    z,
    0.041666666666666664,
    -0.0013888888888887389,
    2.48015872987544e-5,
    -2.755731726587808e-7,
    2.087614504941318e-9,
    -1.138254464534925e-11
  )

/** `sin(r + low) − r`. */
const sinRest = (writer: Writer, r: Instruction<'f64'>, low: Real): Instruction<'f64'> => {
  const z = keep(writer, product(r, r))
  return sum(product(z, r, sinShape(z)), product(low, difference(1, product(0.5, z))))
}

/** `1 − r²/2`, the head of a cosine. */
const cosHead = (r: Instruction<'f64'>): Instruction<'f64'> => difference(1, product(0.5, product(r, r)))

/** `cos(r + low) − head`. */
const cosRest = (writer: Writer, r: Instruction<'f64'>, low: Real, head: Instruction<'f64'>): Instruction<'f64'> => {
  const z = keep(writer, product(r, r))
  return sum(difference(1, head, product(0.5, z)), difference(product(z, z, cosShape(z)), product(r, low)))
}

const sinReduced = (writer: Writer, r: Instruction<'f64'>, low: Real): Instruction<'f64'> =>
  sum(r, sinRest(writer, r, low))

const cosReduced = (writer: Writer, r: Instruction<'f64'>, low: Real): Instruction<'f64'> => {
  const head = keep(writer, cosHead(r))
  return sum(head, cosRest(writer, r, low, head))
}

const negatedWhere = (writer: Writer, condition: Instruction<'i32'>, x: Instruction<'f64'>): Instruction<'f64'> => {
  const value = keep(writer, x)
  return select(condition, f64.negate(value), value)
}

/** `sin(x + quadrant · π/2)` for a reduced argument. */
const turned = (writer: Writer, { quadrant, high, low }: Reduced): Instruction<'f64'> =>
  negatedWhere(
    writer,
    i32.and(quadrant, 2),
    choose(
      i32.and(quadrant, 1),
      computed(writer, (inner) => cosReduced(inner, high, low)),
      computed(writer, (inner) => sinReduced(inner, high, low))
    )
  )

/** Sine and cosine of a reduced argument, each with its correction. */
const sineAndCosine = (
  writer: Writer,
  r: Instruction<'f64'>,
  low: Real
): { readonly sine: Pair; readonly cosine: Pair } => {
  const head = keep(writer, cosHead(r))
  const sineRest = keep(writer, sinRest(writer, r, low))
  const cosineRest = keep(writer, cosRest(writer, r, low, head))
  const sine = keep(writer, sum(r, sineRest))
  const cosine = keep(writer, sum(head, cosineRest))
  return {
    sine: { high: sine, low: keep(writer, difference(sineRest, difference(sine, r))) },
    cosine: { high: cosine, low: keep(writer, difference(cosineRest, difference(cosine, head))) }
  }
}

const tanReduced = (writer: Writer, r: Instruction<'f64'>): Instruction<'f64'> => {
  const { sine, cosine } = sineAndCosine(writer, r, 0)
  return quotientOfSums(writer, sine.high, sine.low, cosine.high, cosine.low)
}

/** `tan(x + quadrant · π/2)` for a reduced argument. */
const tanTurned = (writer: Writer, { quadrant, high, low }: Reduced): Instruction<'f64'> => {
  const { sine, cosine } = sineAndCosine(writer, high, low)
  const isOdd = keep(writer, i32.and(quadrant, 1))
  const upper = chosenPair(writer, isOdd, cosine, sine)
  const lower = chosenPair(writer, isOdd, sine, cosine)
  return negatedWhere(writer, isOdd, quotientOfSums(writer, upper.high, upper.low, lower.high, lower.low))
}

// reduction of finite arguments beyond π/4

const reduceMedium = (writer: Writer, to: Reduced, x: Instruction<'f64'>): void => {
  const multiple = keep(writer, f64.floor(sum(product(x, TWO_OVER_PI), 0.5)))
  const start = keep(writer, difference(x, product(multiple, HALF_PI_FIRST)))
  const second = keep(writer, product(multiple, HALF_PI_SECOND))
  const first = keep(writer, difference(start, second))
  const firstShadow = keep(writer, difference(first, start))
  const firstLow = difference(start, difference(first, firstShadow), sum(second, firstShadow))
  const third = keep(writer, product(multiple, HALF_PI_THIRD))
  const next = keep(writer, difference(first, third))
  const nextShadow = keep(writer, difference(next, first))
  const nextLow = difference(first, difference(next, nextShadow), sum(third, nextShadow))
  const rest = keep(writer, difference(sum(firstLow, nextLow), product(multiple, HALF_PI_FOURTH)))
  writer.write(set(to.quadrant, i32.truncateF64Signed(multiple)))
  writer.write(set(to.high, sum(next, rest)))
  writer.write(set(to.low, difference(rest, difference(to.high, next))))
}

/** Any finite argument beyond π/4. */
const reduceAny = (writer: Writer, x: Instruction<'f64'>, size: Instruction<'f64'>): Reduced => {
  const to = reducedVariables(writer)
  writer.write(
    when(
      isLess(size, MEDIUM_LIMIT),
      statements(writer, (inner) => {
        reduceMedium(inner, to, x)
      }),
      statements(writer, (inner) => {
        reduceLarge(inner, to, size)
        inner.write(when(isLess(x, 0), reversed(to)))
      })
    )
  )
  return to
}

// definitions

/** Below this size sine and tangent are their arguments. */
const TINY = 7.450580596923828e-9

/** A function of x that is computed directly up to π/4, and elsewhere of its reduction. */
const definition =
  (
    name: string,
    near: (writer: Writer, x: Instruction<'f64'>) => Instruction<'f64'>,
    far: (writer: Writer, reduced: Reduced) => Instruction<'f64'>,
    isOdd: boolean
  ) =>
  (compilation: Compilation): FunctionDefinition =>
    scalarDefinition(compilation, `${name} f64`, ['f64'], ['f64'], (writer, [x]) => {
      const size = keep(writer, f64.abs(x))
      leaveWhere(writer, isLessOrEqual(size, QUARTER_PI), (inner) => {
        if (isOdd) giveBackWhere(inner, isLess(size, TINY), x)
        return [near(inner, x)]
      })
      giveBackWhere(writer, i32.isZero(isLess(size, Infinity)), real(NaN))
      return [far(writer, reduceAny(writer, x, size))]
    })

/** Sine in float64. */
export const sin64 = definition('sin', (writer, x) => sinReduced(writer, x, 0), turned, true)

/** Cosine in float64. */
export const cos64 = definition(
  'cos',
  (writer, x) => cosReduced(writer, x, 0),
  (writer, reduced) => {
    writer.write(set(reduced.quadrant, i32.add(reduced.quadrant, 1)))
    return turned(writer, reduced)
  },
  false
)

/** Tangent in float64. */
export const tan64 = definition('tan', tanReduced, tanTurned, true)
