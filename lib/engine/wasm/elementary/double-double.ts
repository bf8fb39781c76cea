/**
 * Double-double arithmetic: an unevaluated sum `high + low` of two doubles, the same operations as those of the reference
 * in the same order.
 *
 * A pair lives in two variables. The exact operations on doubles are written in place; the arithmetic of pairs are calls
 * of functions with two results, since it carries the rare slow paths. No memory takes part, so threads cannot meet.
 *
 * @since 0.1.0
 */
import {
  branchIf,
  callPair,
  f64,
  i32,
  label,
  loop,
  set,
  type FunctionDefinition,
  type Instruction,
  type Operand,
  type ValueType
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { DoubleDouble } from '../../elementary/double-double.ts'
import type { Writer } from '../quad.ts'
import { difference, product, quotient, real, sum, type Real } from './float64.ts'
import { keep, scalarDefinition, statements } from './scalar.ts'

// model

/** The number `high + low`; both are variables or constants, which may be read any number of times. */
export interface Pair {
  readonly high: Instruction<'f64'>
  readonly low: Instruction<'f64'>
}

// constructors

/** A pair of variables or constants. */
export const pair = (high: Real, low: Real = 0): Pair => ({ high: real(high), low: real(low) })

export const constantPair = ({ high, low }: DoubleDouble): Pair => pair(high, low)

export const ONE = pair(1)

/** Pairs as a table in memory, for `polynomial`; a table is made once, for it is placed by identity. */
export const tableOfPairs = (pairs: readonly DoubleDouble[]): Float64Array =>
  Float64Array.from(pairs.flatMap(({ high, low }) => [high, low]))

/** The two values of a pair, as results of a function. */
export const partsOf = ({ high, low }: Pair): readonly Instruction<'f64'>[] => [high, low]

const kept = (writer: Writer, high: Instruction<'f64'>, low: Instruction<'f64'>): Pair => ({
  high: keep(writer, high),
  low: keep(writer, low)
})

// functions of pairs

/** Defines a function of float64 parameters that gives a pair, once per module. */
export const pairDefinition = (
  compilation: Compilation,
  name: string,
  parameters: number,
  body: (writer: Writer, params: readonly Instruction<'f64'>[]) => Pair
): FunctionDefinition =>
  scalarDefinition(
    compilation,
    name,
    Array.from({ length: parameters }, () => 'f64' as const),
    ['f64', 'f64'],
    (writer, params) => partsOf(body(writer, params))
  )

/** Calls a function that gives a pair. */
export const pairOf = (
  writer: Writer,
  callee: FunctionDefinition,
  ...operands: readonly Operand<ValueType>[]
): Pair => {
  const high = writer.local('f64')
  const low = writer.local('f64')
  writer.write(callPair(high, low, callee, ...operands))
  return { high, low }
}

// exact operations on doubles, in place; operands are variables or constants

/** `a + b` exactly. */
export const twoSum = (writer: Writer, a: Real, b: Real): Pair => {
  const high = keep(writer, sum(a, b))
  const shadow = keep(writer, difference(high, a))
  return { high, low: keep(writer, sum(difference(a, difference(high, shadow)), difference(b, shadow))) }
}

/** `a + b` exactly, where |a| ≥ |b| or a = 0. */
export const quickTwoSum = (writer: Writer, a: Real, b: Real): Pair => {
  const high = keep(writer, sum(a, b))
  return { high, low: keep(writer, difference(b, difference(high, a))) }
}

const SPLITTER = 134217729

const upperHalf = (writer: Writer, a: Real): Instruction<'f64'> => {
  const spread = keep(writer, product(SPLITTER, a))
  return keep(writer, difference(spread, difference(spread, a)))
}

/** The rounding error of `a · b`, where `rounded` is that product. */
export const productError = (writer: Writer, a: Real, b: Real, rounded: Real): Instruction<'f64'> => {
  const aHigh = upperHalf(writer, a)
  const bHigh = a === b ? aHigh : upperHalf(writer, b)
  const aLow = keep(writer, difference(a, aHigh))
  const bLow = a === b ? aLow : keep(writer, difference(b, bHigh))
  const rest = difference(product(aHigh, bHigh), rounded)
  return keep(writer, sum(rest, product(aHigh, bLow), product(aLow, bHigh), product(aLow, bLow)))
}

/** `a · b` exactly, while |a|, |b| < 2^996 and the error does not underflow. */
export const twoProduct = (writer: Writer, a: Real, b: Real): Pair => {
  const high = keep(writer, product(a, b))
  return { high, low: productError(writer, a, b, high) }
}

/** `(x + xLow)/(y + yLow)` rounded nearly once, for low parts far below the others. */
export const quotientOfSums = (writer: Writer, x: Real, xLow: Real, y: Real, yLow: Real): Instruction<'f64'> => {
  const head = keep(writer, quotient(x, y))
  const back = keep(writer, product(head, y))
  const defect = difference(x, back, productError(writer, head, y, back))
  return sum(head, quotient(sum(defect, difference(xLow, product(head, yLow))), y))
}

// arithmetic in place

const addInPlace = (writer: Writer, x: Pair, y: Pair): Pair => {
  const head = twoSum(writer, x.high, y.high)
  const tail = twoSum(writer, x.low, y.low)
  const middle = quickTwoSum(writer, head.high, keep(writer, sum(head.low, tail.high)))
  return quickTwoSum(writer, middle.high, keep(writer, sum(middle.low, tail.low)))
}

const multiplyInPlace = (writer: Writer, x: Pair, y: Pair): Pair => {
  const head = twoProduct(writer, x.high, y.high)
  const cross = sum(product(x.high, y.low), product(x.low, y.high))
  return quickTwoSum(writer, head.high, keep(writer, sum(head.low, cross)))
}

const timesInPlace = (writer: Writer, x: Pair, factor: Real): Pair => {
  const head = twoProduct(writer, x.high, factor)
  return quickTwoSum(writer, head.high, keep(writer, sum(head.low, product(x.low, factor))))
}

const divideInPlace = (writer: Writer, x: Pair, y: Pair): Pair => {
  const first = keep(writer, quotient(x.high, y.high))
  const rest = subtract(writer, x, times(writer, y, first))
  const second = keep(writer, quotient(rest.high, y.high))
  const third = quotient(subtract(writer, rest, times(writer, y, second)).high, y.high)
  const head = quickTwoSum(writer, first, second)
  return quickTwoSum(writer, head.high, keep(writer, sum(head.low, third)))
}

// arithmetic by calls

/** A function of two pairs. */
const ofPairs =
  (name: string, body: (writer: Writer, x: Pair, y: Pair) => Pair) =>
  (writer: Writer, x: Pair, y: Pair): Pair => {
    const callee = pairDefinition(writer.compilation, `double-double ${name}`, 4, (inner, [a, aLow, b, bLow]) =>
      body(inner, pair(a!, aLow), pair(b!, bLow))
    )
    return pairOf(writer, callee, x.high, x.low, y.high, y.low)
  }

export const add = ofPairs('add', addInPlace)
export const multiply = ofPairs('multiply', multiplyInPlace)
export const divide = ofPairs('divide', divideInPlace)

export const negate = (writer: Writer, x: Pair): Pair => kept(writer, f64.negate(x.high), f64.negate(x.low))

export const subtract = (writer: Writer, x: Pair, y: Pair): Pair => add(writer, x, negate(writer, y))

/** `x · factor` for a double factor, a variable or a constant. */
export const times = (writer: Writer, x: Pair, factor: Real): Pair => {
  const callee = pairDefinition(writer.compilation, 'double-double times', 3, (inner, [a, aLow, b]) =>
    timesInPlace(inner, pair(a!, aLow), b!)
  )
  return pairOf(writer, callee, x.high, x.low, real(factor))
}

/** `x · power`, exactly, for a power of two, a variable or a constant. */
export const scale = (writer: Writer, x: Pair, power: Real): Pair =>
  kept(writer, product(x.high, power), product(x.low, power))

/** `Σ cₖ xᵏ` by Horner's rule; the table is one of `tableOfPairs`, lowest coefficient first. */
export const polynomial = (writer: Writer, table: Float64Array, x: Pair): Pair => {
  const callee = scalarDefinition(
    writer.compilation,
    'double-double polynomial',
    ['i32', 'i32', 'f64', 'f64'],
    ['f64', 'f64'],
    (inner, [first, place, high, low]) => {
      const total = { high: inner.local('f64'), low: inner.local('f64') }
      const again = label()
      const step = statements(inner, (body) => {
        const coefficient = kept(body, f64.load(place), f64.load(place, 8))
        const next = addInPlace(body, multiplyInPlace(body, total, { high, low }), coefficient)
        body.write(set(total.high, next.high))
        body.write(set(total.low, next.low))
        body.write(set(place, i32.subtract(place, 16)))
        body.write(branchIf(i32.greaterEqualUnsigned(place, first), again))
      })
      inner.write(loop(again, step))
      return [total.high, total.low]
    }
  )
  const address = writer.compilation.place(table)
  return pairOf(writer, callee, address, address + table.byteLength - 16, x.high, x.low)
}
