/**
 * Control: blocks, loops, branches, calls, and the two loops that kernels are made of.
 *
 * @see WebAssembly Core Specification 2.0, section 5.4.1 "Control Instructions"
 * @since 0.1.0
 */
import type { FunctionDefinition } from './function.ts'
import type { Instruction, Label, Operand, Result, ValueType } from './instruction.ts'
import { plain } from './instruction.ts'
import { i32 } from './integer.ts'
import { set, setFromStack, type Local } from './local.ts'
import { lift } from './operators.ts'

// blocks

/** A place to branch to; each belongs to one block or loop. */
export const label = (): Label => ({ label: true })

/** Runs a body; a branch to the label leaves it. */
export const block = (to: Label, body: readonly Instruction[]): Instruction<'none'> => ({
  result: 'none',
  operands: [],
  code: { kind: 'block', label: to, body }
})

/** Runs a body; a branch to the label begins it anew. */
export const loop = (to: Label, body: readonly Instruction[]): Instruction<'none'> => ({
  result: 'none',
  operands: [],
  code: { kind: 'loop', label: to, body }
})

export const branch = (to: Label): Instruction<'none'> => ({
  result: 'none',
  operands: [],
  code: { kind: 'branch', label: to, conditional: false }
})

export const branchIf = (condition: Operand<'i32'>, to: Label): Instruction<'none'> => ({
  result: 'none',
  operands: [lift<'i32'>(condition)],
  code: { kind: 'branch', label: to, conditional: true }
})

/** Runs one of two bodies. */
export const when = (
  condition: Operand<'i32'>,
  then: readonly Instruction[],
  otherwise: readonly Instruction[] = []
): Instruction<'none'> => ({
  result: 'none',
  operands: [lift<'i32'>(condition)],
  code: { kind: 'if', result: 'none', then, otherwise }
})

/** The value of one of two expressions; only the one that is chosen is computed. */
export const choose = <T extends ValueType>(
  condition: Operand<'i32'>,
  then: Instruction<T>,
  otherwise: Instruction<T>
): Instruction<T> => ({
  result: then.result,
  operands: [lift<'i32'>(condition)],
  code: { kind: 'if', result: then.result, then: [then], otherwise: [otherwise] }
})

/** Several instructions as one, the last of which leaves the value. */
export const sequence = <T extends ValueType>(
  before: readonly Instruction<'none'>[],
  value: Instruction<T>
): Instruction<T> => ({ result: value.result, operands: [...before, value], code: { kind: 'plain', bytes: [] } })

/** One of two values, both computed. */
export const select = <T extends Exclude<ValueType, 'v128'>>(
  condition: Operand<'i32'>,
  then: Instruction<T>,
  otherwise: Instruction<T>
): Instruction<T> => plain(then.result, [0x1b], [then, otherwise, lift<'i32'>(condition)])

/** Leaves the function with its results. */
export const giveBack = (...values: readonly Instruction<ValueType>[]): Instruction<'none'> =>
  plain('none', [0x0f], values)

export const drop = (value: Instruction<ValueType>): Instruction<'none'> => plain('none', [0x1a], [value])

export const unreachable: Instruction<'none'> = plain('none', [0x00])

// calls

/** Calls a function without result. */
export const run = (callee: FunctionDefinition, ...operands: readonly Operand<ValueType>[]): Instruction<'none'> =>
  invoke('none', callee, operands)

/** Calls a function that gives a T. */
export const call = <T extends ValueType>(
  result: T,
  callee: FunctionDefinition,
  ...operands: readonly Operand<ValueType>[]
): Instruction<T> => invoke(result, callee, operands)

/** Calls a function that gives two values and keeps them in variables. */
export const callPair = <A extends ValueType, B extends ValueType>(
  first: Local<A>,
  second: Local<B>,
  callee: FunctionDefinition,
  ...operands: readonly Operand<ValueType>[]
): Instruction<'none'> => callInto([first, second], callee, ...operands)

/** Calls a function that gives several values and keeps them in variables. */
export const callInto = (
  variables: readonly Local<ValueType>[],
  callee: FunctionDefinition,
  ...operands: readonly Operand<ValueType>[]
): Instruction<'none'> =>
  // the last value lies on top
  sequenceOf([invoke('none', callee, operands), ...variables.toReversed().map(setFromStack)])

const invoke = <T extends Result>(
  result: T,
  callee: FunctionDefinition,
  operands: readonly Operand<ValueType>[]
): Instruction<T> => ({
  result,
  operands: operands.map((operand) => lift<ValueType>(operand as Operand<'i32'>)),
  code: { kind: 'call', callee }
})

// loops

/** For i from `from`, while i < `to`, by `step`: the count is known to be at least one. */
export const countUp = (
  i: Local<'i32'>,
  from: Operand<'i32'>,
  to: Operand<'i32'>,
  step: number,
  body: readonly Instruction[]
): Instruction<'none'> => {
  const again = label()
  return sequenceOf([
    set(i, from),
    loop(again, [...body, set(i, i32.add(i, step)), branchIf(i32.lessUnsigned(i, to), again)])
  ])
}

/** Several instructions without a value as one. */
export const sequenceOf = (instructions: readonly Instruction[]): Instruction<'none'> => plain('none', [], instructions)

// memory

export const memory = {
  /** copies `bytes` bytes, which may overlap */
  copy: (to: Operand<'i32'>, from: Operand<'i32'>, bytes: Operand<'i32'>): Instruction<'none'> =>
    plain('none', [0xfc, 0x0a, 0, 0], [lift<'i32'>(to), lift<'i32'>(from), lift<'i32'>(bytes)]),
  /** sets `bytes` bytes to the low 8 bits of a value */
  fill: (to: Operand<'i32'>, value: Operand<'i32'>, bytes: Operand<'i32'>): Instruction<'none'> =>
    plain('none', [0xfc, 0x0b, 0], [lift<'i32'>(to), lift<'i32'>(value), lift<'i32'>(bytes)])
} as const
