/**
 * Instructions as typed trees: what an instruction takes from the stack are its operands, so that a tree is an
 * expression and cannot leave the stack wrong.
 *
 *     f32x4.add(f32x4.mul(a, b), v128.load(pointer, 16))
 *
 * @see WebAssembly Core Specification 2.0, section 5.4 "Instructions"
 * @since 0.1.0
 */
import type { FunctionDefinition } from './function.ts'

// model

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

/** What an instruction leaves on the stack. */
export type Result = ValueType | 'none'

/** A place that branches lead to: the end of a block, or the beginning of a loop. */
export interface Label {
  readonly label: true
}

type Body = readonly Instruction[]

/** What is written after the operands. */
export type Code =
  | { readonly kind: 'plain'; readonly bytes: readonly number[] }
  | { readonly kind: 'call'; readonly callee: FunctionDefinition }
  | { readonly kind: 'block'; readonly label: Label; readonly body: Body }
  | { readonly kind: 'loop'; readonly label: Label; readonly body: Body }
  | { readonly kind: 'if'; readonly result: Result; readonly then: Body; readonly otherwise: Body }
  | { readonly kind: 'branch'; readonly label: Label; readonly conditional: boolean }

/** An instruction with its operands, which leaves a T on the stack. */
export interface Instruction<out T extends Result = Result> {
  readonly result: T
  readonly operands: readonly Instruction[]
  readonly code: Code
}

/** What is computed: an instruction, or for i32 a constant written as a number. */
export type Operand<T extends ValueType> = T extends 'i32' ? Instruction<'i32'> | number : Instruction<T>

// constructors

/** An instruction is a few bytes after its operands. */
export type PlainCode = Extract<Code, { readonly kind: 'plain' }>

export const codeOf = (bytes: readonly number[]): PlainCode => ({ kind: 'plain', bytes })

/**
 * The codes of an opcode with an index or count after it. Few numbers stand in most instructions, so each code is made once:
 * a process that starts has little memory to collect.
 */
export const codesWith = (write: (value: number) => readonly number[], ...opcode: readonly number[]) => {
  const made: (PlainCode | undefined)[] = []
  return (value: number): PlainCode => {
    if (value < 0 || value >= 1024) return codeOf([...opcode, ...write(value)])
    return (made[value] ??= codeOf([...opcode, ...write(value)]))
  }
}

export const plain = <T extends Result>(
  result: T,
  bytes: readonly number[],
  operands: readonly Instruction[] = []
): Instruction<T> => ({ result, operands, code: codeOf(bytes) })
