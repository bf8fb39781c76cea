/**
 * How the tables of instructions are built: an instruction of one, two or three operands is a function of trees.
 *
 * @since 0.1.0
 */
import { signed, unsigned } from './bytes.ts'
import { codeOf, codesWith, type Instruction, type Operand, type Result, type ValueType } from './instruction.ts'

const constants = codesWith(signed, 0x41)

export const constantI32 = (value: number): Instruction<'i32'> => ({
  result: 'i32',
  operands: [],
  code: constants(value)
})

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

export const unary = <A extends ValueType, R extends Result>(
  _operand: A,
  result: R,
  ...bytes: readonly number[]
): Unary<A, R> => {
  const code = codeOf(bytes)
  return (a) => ({ result, operands: [lift<A>(a)], code })
}

export const binary = <A extends ValueType, B extends ValueType, R extends Result>(
  _first: A,
  _second: B,
  result: R,
  ...bytes: readonly number[]
): Binary<A, B, R> => {
  const code = codeOf(bytes)
  return (a, b) => ({ result, operands: [lift<A>(a), lift<B>(b)], code })
}

export const ternary = <A extends ValueType, R extends Result>(
  _operand: A,
  result: R,
  ...bytes: readonly number[]
): Ternary<A, R> => {
  const code = codeOf(bytes)
  return (a, b, c) => ({ result, operands: [lift<A>(a), lift<A>(b), lift<A>(c)], code })
}

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
export const load = <R extends ValueType>(result: R, align: number, ...bytes: readonly number[]): Load<R> => {
  const codes = codesWith(unsigned, ...bytes, align)
  return (address, offset = 0) => ({ result, operands: [lift<'i32'>(address)], code: codes(offset) })
}

export const store = <A extends ValueType>(_operand: A, align: number, ...bytes: readonly number[]): Store<A> => {
  const codes = codesWith(unsigned, ...bytes, align)
  return (address, value, offset = 0) => ({
    result: 'none',
    operands: [lift<'i32'>(address), lift<A>(value)],
    code: codes(offset)
  })
}
