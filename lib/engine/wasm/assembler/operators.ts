/**
 * How the tables of instructions are built: an instruction of one, two or three operands is a function of trees.
 *
 * @since 0.1.0
 */
import { signed, unsigned } from './bytes.ts'
import { plain, type Instruction, type Operand, type Result, type ValueType } from './instruction.ts'

export const constantI32 = (value: number): Instruction<'i32'> => plain('i32', [0x41, ...signed(value)])

/** An operand as an instruction. */
export const lift = <T extends ValueType>(operand: Operand<T>): Instruction<T> =>
  // only operands of type i32 can be numbers
  (typeof operand === 'number' ? constantI32(operand) : operand) as Instruction<T>

export type Unary<A extends ValueType, R extends Result> = (a: Operand<A>) => Instruction<R>
export type Binary<A extends ValueType, B extends ValueType, R extends Result> = (
  a: Operand<A>,
  b: Operand<B>
) => Instruction<R>
export type Ternary<A extends ValueType, R extends Result> = (
  a: Operand<A>,
  b: Operand<A>,
  c: Operand<A>
) => Instruction<R>

export const unary =
  <A extends ValueType, R extends Result>(_operand: A, result: R, ...bytes: readonly number[]): Unary<A, R> =>
  (a) =>
    plain(result, bytes, [lift<A>(a)])

export const binary =
  <A extends ValueType, B extends ValueType, R extends Result>(
    _first: A,
    _second: B,
    result: R,
    ...bytes: readonly number[]
  ): Binary<A, B, R> =>
  (a, b) =>
    plain(result, bytes, [lift<A>(a), lift<B>(b)])

export const ternary =
  <A extends ValueType, R extends Result>(_operand: A, result: R, ...bytes: readonly number[]): Ternary<A, R> =>
  (a, b, c) =>
    plain(result, bytes, [lift<A>(a), lift<A>(b), lift<A>(c)])

/** The bytes of a SIMD instruction. */
export const simd = (code: number): readonly number[] => [0xfd, ...unsigned(code)]

/** Alignment (as a power of two) and offset of an access to memory. */
export const access = (align: number, offset: number): readonly number[] => [align, ...unsigned(offset)]

export type Load<R extends ValueType> = (address: Operand<'i32'>, offset?: number) => Instruction<R>
export type Store<A extends ValueType> = (
  address: Operand<'i32'>,
  value: Operand<A>,
  offset?: number
) => Instruction<'none'>

/** A load; `align` is the power of two of the natural alignment, which is only a hint. */
export const load =
  <R extends ValueType>(result: R, align: number, ...bytes: readonly number[]): Load<R> =>
  (address, offset = 0) =>
    plain(result, [...bytes, ...access(align, offset)], [lift<'i32'>(address)])

export const store =
  <A extends ValueType>(_operand: A, align: number, ...bytes: readonly number[]): Store<A> =>
  (address, value, offset = 0) =>
    plain('none', [...bytes, ...access(align, offset)], [lift<'i32'>(address), lift<A>(value)])
