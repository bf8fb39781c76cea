/**
 * Straight-line code: the functions that a small function calls, written out where they are called.
 *
 * @since 0.1.0
 */
import { unsigned } from './bytes.ts'
import { block, branch, label, sequenceOf } from './control.ts'
import type { FunctionDefinition } from './function.ts'
import type { Code, Instruction, Label, Result } from './instruction.ts'
import { localAt, set } from './local.ts'
import { lift } from './operators.ts'

const localGet = 0x20
const localTee = 0x22
const giveBack = 0x0f

/** What a body leaves of a number of instructions, those of operands and blocks counted; large bodies are not read to their end. */
const leftAfter = (body: readonly Instruction[], most: number): number => {
  let left = most
  for (let i = 0; i < body.length && left >= 0; i += 1) {
    const { operands, code } = body[i]!
    left = leftAfter(operands, left - 1)
    if (code.kind === 'block' || code.kind === 'loop') left = leftAfter(code.body, left)
    if (code.kind === 'if') left = leftAfter(code.otherwise, leftAfter(code.then, left))
  }
  return left
}

/** The number that follows the first byte of an instruction. */
const indexIn = (bytes: readonly number[]): number =>
  bytes.slice(1).reduce((index, byte, i) => index | ((byte & 127) << (7 * i)), 0)

/** A body with its variables numbered from `first` on, that is left by a branch instead of a return. */
const moved = (body: readonly Instruction[], first: number, end: Label): readonly Instruction[] => {
  const all = (instructions: readonly Instruction[]): readonly Instruction[] => instructions.map(one)
  const codeOf = (code: Code): Code => {
    switch (code.kind) {
      case 'plain': {
        const [opcode = 0] = code.bytes
        return opcode >= localGet && opcode <= localTee
          ? { kind: 'plain', bytes: [opcode, ...unsigned(first + indexIn(code.bytes))] }
          : code
      }
      case 'block':
      case 'loop':
        return { ...code, body: all(code.body) }
      case 'if':
        return { ...code, then: all(code.then), otherwise: all(code.otherwise) }
      case 'call':
      case 'branch':
        return code
    }
  }
  const one = <T extends Result>({ result, operands, code }: Instruction<T>): Instruction =>
    code.kind === 'plain' && code.bytes[0] === giveBack
      ? branch(end)
      : { result, operands: all(operands), code: codeOf(code) }
  return all(body)
}

/**
 * A function with the calls of its body written out, if all of them together have at most `limit` instructions. Calls
 * inside of loops and of functions with results stay: variables begin as zero only once.
 */
export const straightened = (self: FunctionDefinition, limit: number): FunctionDefinition => {
  const callees = self.body.flatMap(({ code }) => (code.kind === 'call' ? [code.callee] : []))
  if (callees.reduce((left, { body }) => leftAfter(body, left), limit) < 0) return self
  const locals = [...self.locals]
  const body = self.body.map((instruction): Instruction => {
    const { operands, code } = instruction
    if (code.kind !== 'call' || code.callee.results.length > 0) return instruction
    const { params, locals: own, body: inner } = code.callee
    const first = self.params.length + locals.length
    locals.push(...params, ...own)
    const end = label()
    const given = operands.map((operand, i) => set(localAt(params[i]!, first + i), lift(operand as Instruction<'i32'>)))
    return sequenceOf([...given, block(end, moved(inner, first, end))])
  })
  return { ...self, locals, body }
}
