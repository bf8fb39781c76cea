/** Elementwise primitives: floats by their IEEE definitions, integers by BigInt. */
import * as fc from 'fast-check'
import {
  binary32,
  binary64,
  elementary32,
  elementary64,
  type ElementaryName
} from '../../../../lib/engine/elementary/index.ts'
import type { Binary, Comparison, None, Unary } from '../../../../lib/expr/internal.ts'
import type { DType } from '../../../../lib/tensor/index.ts'
import type { Check, Checks } from './check.ts'
import { nth } from './check.ts'
import { draw, seeds, shapes } from './draw.ts'
import { count, literal, rounding, type Literal } from './literal.ts'

const floats: readonly DType[] = ['f32', 'f64']
const integers: readonly DType[] = ['i32', 'u32']
const numbers: readonly DType[] = [...floats, ...integers]
const bits: readonly DType[] = [...integers, 'bool']
const all: readonly DType[] = [...numbers, 'bool']

/** Operands of one shape and type. */
const cases = (dtypes: readonly DType[], operands: number): Check<None>['cases'] =>
  fc.record({ dtype: fc.constantFrom(...dtypes), shape: shapes(), seed: seeds }).map(({ dtype, shape, seed }) => ({
    operands: Array.from({ length: operands }, (_, i) => draw(dtype, shape, seed + i)),
    parameters: {}
  }))

const map = (dtype: DType, operands: readonly Literal[], f: (...values: readonly number[]) => number): Literal => {
  const { shape } = nth(operands, 0)
  const values = Array.from({ length: count(shape) }, (_, i) => f(...operands.map((x) => x.data[i] ?? 0)))
  return literal(dtype, shape, values)
}

/** The low bits of a whole number, as a number of the type. */
const wrap = (dtype: DType, width: number, x: bigint): bigint =>
  dtype === 'i32' ? BigInt.asIntN(width, x) : BigInt.asUintN(width, x)

type Word = (...values: readonly bigint[]) => bigint

/** What an operation gives: for doubles, rounded to the type afterwards; for integers, wrapped to 32 bits. */
const elementwise = (
  dtypes: readonly DType[],
  arity: number,
  float: (...values: readonly number[]) => number,
  integer: Word
): Check<None> => ({
  cases: cases(dtypes, arity),
  expected: (operands) => {
    const { dtype } = nth(operands, 0)
    const width = dtype === 'bool' ? 1 : 32
    const exactly = (...values: readonly number[]) => Number(wrap(dtype, width, integer(...values.map(BigInt))))
    return [map(dtype, operands, floats.includes(dtype) ? float : exactly)]
  }
})

const noInteger: Word = () => {
  throw new Error('oracle: not for integers')
}
const noFloat = (): number => noInteger() as never

const ordering = (float: (a: number, b: number) => boolean): Check<None> => ({
  cases: cases(all, 2),
  expected: (operands) => [map('bool', operands, (a = 0, b = 0) => Number(float(a, b)))]
})

const elementary = (name: ElementaryName): Check<None> => ({
  cases: cases(floats, 1),
  expected: (operands) => [
    map(nth(operands, 0).dtype, operands, (nth(operands, 0).dtype === 'f32' ? elementary32 : elementary64)[name])
  ]
})

const elementary2 = (name: 'pow' | 'atan2'): Check<None> => ({
  cases: cases(floats, 2),
  expected: (operands) => [
    map(nth(operands, 0).dtype, operands, (a = 0, b = 0) =>
      (nth(operands, 0).dtype === 'f32' ? binary32 : binary64)[name](a, b)
    )
  ]
})

/** To the nearest integer, by trying both neighbours. */
const nearest = (x: number): number => {
  const [below, above] = [Math.floor(x), Math.ceil(x)]
  const [down, up] = [x - below, above - x]
  const rounded = down < up ? below : down > up ? above : Math.abs(below) % 2 === 0 ? below : above
  return rounded === 0 && (x < 0 || Object.is(x, -0)) ? -0 : rounded
}

/** NaN if either is; else the greater, +0 being greater than −0. */
const greater = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b) ? NaN : a === b ? (Object.is(a, -0) ? b : a) : a > b ? a : b

const amount = (b: bigint): bigint => BigInt.asUintN(32, b)

export const elementwiseChecks: Checks<
  Exclude<Unary, 'stopGradient'> | Binary | Comparison | 'stopGradient' | 'select' | 'convert' | 'bitcast'
> = {
  negate: elementwise(
    numbers,
    1,
    (x = 0) => (0 - x === 0 ? (Object.is(x, 0) ? -0 : 0) : 0 - x),
    (x = 0n) => -x
  ),
  abs: elementwise(
    numbers,
    1,
    (x = 0) => (x < 0 ? -x : x === 0 ? 0 : x),
    (x = 0n) => (x < 0n ? -x : x)
  ),
  sign: elementwise(
    numbers,
    1,
    (x = 0) => (x > 0 ? 1 : x < 0 ? -1 : x),
    (x = 0n) => (x > 0n ? 1n : x < 0n ? -1n : 0n)
  ),
  floor: elementwise(floats, 1, (x = 0) => -Math.ceil(-x), noInteger),
  ceil: elementwise(floats, 1, (x = 0) => -Math.floor(-x), noInteger),
  round: elementwise(floats, 1, (x = 0) => nearest(x), noInteger),
  sqrt: elementwise(floats, 1, (x = 0) => Math.sqrt(x), noInteger),
  rsqrt: elementary('rsqrt'),
  cbrt: elementary('cbrt'),
  exp: elementary('exp'),
  exp2: elementary('exp2'),
  expm1: elementary('expm1'),
  log: elementary('log'),
  log1p: elementary('log1p'),
  log2: elementary('log2'),
  log10: elementary('log10'),
  tanh: elementary('tanh'),
  sinh: elementary('sinh'),
  cosh: elementary('cosh'),
  sin: elementary('sin'),
  cos: elementary('cos'),
  tan: elementary('tan'),
  atan: elementary('atan'),
  erf: elementary('erf'),
  erfc: elementary('erfc'),
  erfInv: elementary('erfInv'),
  sigmoid: elementary('sigmoid'),
  not: elementwise(bits, 1, noFloat, (x = 0n) => -1n - x),
  stopGradient: { cases: cases(all, 1), expected: (operands) => operands },
  add: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => a + b,
    (a = 0n, b = 0n) => a + b
  ),
  subtract: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => a - b,
    (a = 0n, b = 0n) => a - b
  ),
  multiply: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => a * b,
    (a = 0n, b = 0n) => a * b
  ),
  divide: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => a / b,
    (a = 0n, b = 0n) => (b === 0n ? 0n : a / b)
  ),
  remainder: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => a % b,
    (a = 0n, b = 0n) => (b === 0n ? a : a % b)
  ),
  maximum: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => greater(a, b),
    (a = 0n, b = 0n) => (a > b ? a : b)
  ),
  minimum: elementwise(
    numbers,
    2,
    (a = 0, b = 0) => -greater(-a, -b),
    (a = 0n, b = 0n) => (a < b ? a : b)
  ),
  power: elementary2('pow'),
  atan2: elementary2('atan2'),
  and: elementwise(bits, 2, noFloat, (a = 0n, b = 0n) => a & b),
  or: elementwise(bits, 2, noFloat, (a = 0n, b = 0n) => a | b),
  xor: elementwise(bits, 2, noFloat, (a = 0n, b = 0n) => a ^ b),
  shiftLeft: elementwise(integers, 2, noFloat, (a = 0n, b = 0n) => (amount(b) < 32n ? a << amount(b) : 0n)),
  shiftRight: elementwise(integers, 2, noFloat, (a = 0n, b = 0n) => a >> (amount(b) < 40n ? amount(b) : 40n)),
  equal: ordering((a, b) => a === b),
  less: { ...ordering((a, b) => a < b), cases: cases(numbers, 2) },
  lessEqual: { ...ordering((a, b) => a < b || a === b), cases: cases(numbers, 2) },
  select: {
    cases: fc
      .record({ dtype: fc.constantFrom(...all), shape: shapes(), seed: seeds })
      .map(({ dtype, shape, seed }) => ({
        operands: [draw('bool', shape, seed), draw(dtype, shape, seed + 1), draw(dtype, shape, seed + 2)],
        parameters: {}
      })),
    expected: (operands) => [
      map(nth(operands, 1).dtype, operands, (condition = 0, a = 0, b = 0) => (condition === 1 ? a : b))
    ]
  },
  convert: {
    cases: fc
      .record({ from: fc.constantFrom(...all), to: fc.constantFrom(...all), shape: shapes(), seed: seeds })
      .map(({ from, to, shape, seed }) => ({ operands: [draw(from, shape, seed)], parameters: { dtype: to } })),
    expected: (operands, { dtype }) => [map(dtype, operands, (x = 0) => converted(x, nth(operands, 0).dtype, dtype))]
  },
  bitcast: {
    cases: fc
      .oneof(
        fc.record({
          from: fc.constantFrom<DType>('f32', 'i32', 'u32'),
          to: fc.constantFrom<DType>('f32', 'i32', 'u32')
        }),
        fc.constantFrom<DType>('f64', 'bool').map((dtype) => ({ from: dtype, to: dtype }))
      )
      .chain(({ from, to }) =>
        fc.record({ shape: shapes(), seed: seeds }).map(({ shape, seed }) => ({
          operands: [draw(from, shape, seed)],
          parameters: { dtype: to }
        }))
      ),
    expected: (operands, { dtype }) => [map(dtype, operands, (x = 0) => sameBits(x, nth(operands, 0).dtype, dtype))]
  }
}

/** By comparing with the limits of the type, truncating towards zero. */
const converted = (x: number, from: DType, to: DType): number => {
  if (to === 'bool') return x === 0 ? 0 : 1
  if (to === 'f32') return rounding('f32')(x)
  if (to === 'f64') return x
  if (!floats.includes(from)) return Number(wrap(to, 32, BigInt(x)))
  const [least, greatest] = to === 'i32' ? [-(2 ** 31), 2 ** 31 - 1] : [0, 2 ** 32 - 1]
  if (Number.isNaN(x)) return 0
  return x <= least ? least : x >= greatest ? greatest : Math.sign(x) * Math.floor(Math.abs(x))
}

/** Through the bytes; every NaN has the canonical ones. */
const sameBits = (x: number, from: DType, to: DType): number => {
  if (from === to) return x
  const view = new DataView(new ArrayBuffer(4))
  if (from === 'f32') view.setUint32(0, 0x7fc00000)
  if (from === 'f32' && !Number.isNaN(x)) view.setFloat32(0, x)
  if (from === 'i32') view.setInt32(0, x)
  if (from === 'u32') view.setUint32(0, x)
  return to === 'f32' ? view.getFloat32(0) : to === 'i32' ? view.getInt32(0) : view.getUint32(0)
}
