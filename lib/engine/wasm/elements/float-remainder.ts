/**
 * The remainder of floats: a − n b for the whole number n = trunc(a / b), exact, with the sign of a.
 *
 * With a = A 2^i and b = B 2^j for whole A and B below 2^53 it is (A 2^(i − j) mod B) 2^j, and a power of two can be
 * multiplied in eleven bits at a time, so that nothing leaves 64 bits.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import {
  branch,
  branchIf,
  block,
  call,
  define,
  f32x4,
  f64,
  f64x2,
  giveBack,
  i32,
  i64,
  i64x2,
  label,
  loop,
  select,
  set,
  v128,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local
} from '../assembler/index.ts'
import { kept, type Quad, type Writer } from '../quad.ts'
import { lowPairs, upper, type Vector } from './vectors.ts'

const fractionBits = 52n
const hidden = i64.constant(1n << fractionBits)
const fraction = i64.constant((1n << fractionBits) - 1n)
const magnitude = i64.constant((1n << 63n) - 1n)

/** How many bits a number below 2^53 can be shifted left within 64. */
const step = 11

/** Sets `exponent` and `whole` so that the bits of a finite positive number mean `whole` · 2^(`exponent` − 1075). */
const split = (bits: Local<'i64'>, exponent: Local<'i32'>, whole: Local<'i64'>): readonly Instruction[] => [
  set(exponent, i32.wrapI64(i64.shiftRightUnsigned(bits, i64.constant(fractionBits)))),
  set(whole, i64.and(bits, fraction)),
  when(exponent, [set(whole, i64.or(whole, hidden))], [set(exponent, 1)])
]

/** The remainder of two doubles. */
const remainder = (): FunctionDefinition =>
  define('remainder', ['f64', 'f64'], ['f64'], ([a, b], local) => {
    const [bitsA, bitsB, rest, divisor] = [local('i64'), local('i64'), local('i64'), local('i64')]
    const [exponentA, exponentB, shift] = [local('i32'), local('i32'), local('i32')]
    const [again, done] = [label(), label()]
    return [
      // NaN where one is NaN, a is infinite or b is 0: the product is then NaN or an infinity over 0 or NaN
      when(
        i32.or(
          i32.or(f64.notEqual(f64.subtract(a, a), f64.constant(0)), f64.notEqual(b, b)),
          f64.equal(b, f64.constant(0))
        ),
        [giveBack(f64.constant(Number.NaN))]
      ),
      when(f64.less(f64.abs(a), f64.abs(b)), [giveBack(a)]),
      set(bitsA, i64.and(i64.reinterpretF64(a), magnitude)),
      set(bitsB, i64.and(i64.reinterpretF64(b), magnitude)),
      ...split(bitsA, exponentA, rest),
      ...split(bitsB, exponentB, divisor),
      // a is not less than b, so the difference of exponents is not negative
      set(exponentA, i32.subtract(exponentA, exponentB)),
      set(rest, i64.remainderUnsigned(rest, divisor)),
      block(done, [
        loop(again, [
          branchIf(i32.isZero(exponentA), done),
          set(shift, select(i32.lessUnsigned(exponentA, step), exponentA, i32.constant(step))),
          set(rest, i64.remainderUnsigned(i64.shiftLeft(rest, i64.extendI32Unsigned(shift)), divisor)),
          set(exponentA, i32.subtract(exponentA, shift)),
          branch(again)
        ])
      ]),
      // back to a float: shifted up to 53 bits, as far as the exponent allows
      when(i64.isZero(rest), [giveBack(f64.copySign(f64.constant(0), a))]),
      set(shift, i32.subtract(i32.wrapI64(i64.countLeadingZeros(rest)), i32.constant(63 - Number(fractionBits)))),
      set(shift, select(i32.lessUnsigned(shift, exponentB), shift, i32.subtract(exponentB, 1))),
      set(rest, i64.shiftLeft(rest, i64.extendI32Unsigned(shift))),
      set(exponentB, i32.subtract(exponentB, shift)),
      // subnormal: the field of the exponent is 0
      when(i64.lessUnsigned(rest, hidden), [set(exponentB, 0)]),
      f64.copySign(
        f64.reinterpretI64(
          i64.or(i64.and(rest, fraction), i64.shiftLeft(i64.extendI32Unsigned(exponentB), i64.constant(fractionBits)))
        ),
        a
      )
    ]
  })

/** Two remainders of doubles, one after the other. */
const perLane = (scalar: FunctionDefinition, a: Vector, b: Vector): Vector =>
  [0, 1].reduce<Vector>(
    (result, lane) => f64x2.replace(result, lane, call('f64', scalar, f64x2.extract(a, lane), f64x2.extract(b, lane))),
    v128.constantF64(0)
  )

/** Quotients of f32 below this are exact enough: they are at least 2^-24 from the next whole number. */
const greatestQuotient = v128.constantF64(268435456)

/**
 * Remainders of f32, as doubles: a − trunc(a / b) · b, where every step after the division is exact;
 * and the masks of the lanes where it is so: not where the quotient is large, b infinite, or something no number.
 */
const byDivision = (writer: Writer, a: Vector, b: Vector): { readonly result: Vector; readonly isExact: Vector } => {
  const [times] = kept(writer, [f64x2.truncate(f64x2.divide(a, b))]) as readonly [Vector]
  const rest = f64x2.subtract(a, f64x2.multiply(times, b))
  return {
    // what is left has the sign of a, or is a zero, which gets it
    result: v128.bitselect(a, rest, v128.constantF64(-0)),
    isExact: v128.and(
      f64x2.less(f64x2.abs(times), greatestQuotient),
      f64x2.less(f64x2.abs(b), v128.constantF64(Number.POSITIVE_INFINITY))
    )
  }
}

/** Four remainders. */
export const remainderOfFloats = (writer: Writer, a: Quad, b: Quad, dtype: DType): Quad => {
  const scalar = writer.compilation.shared('remainder', remainder)
  if (dtype === 'f64') return a.map((vector, i) => perLane(scalar, vector, b[i]!))
  // the remainder of two f32 is an f32
  const [wideA, wideB] = [kept(writer, promoted(a[0]!)), kept(writer, promoted(b[0]!))]
  const halves = wideA.map((vector, i) => byDivision(writer, vector, wideB[i]!))
  const results = halves.map(({ result }) => {
    const variable = writer.local('v128')
    writer.write(set(variable, result))
    return variable
  })
  const [low, high] = halves.map(({ isExact }) => isExact) as [Vector, Vector]
  writer.write(
    when(
      i32.isZero(i64x2.allTrue(v128.and(low, high))),
      results.map((variable, i) => set(variable, perLane(scalar, wideA[i]!, wideB[i]!)))
    )
  )
  return [lowPairs(f32x4.demoteF64(results[0]!), f32x4.demoteF64(results[1]!))]
}

const promoted = (x: Vector): Quad => [f64x2.promoteF32(x), f64x2.promoteF32(upper(x))]
