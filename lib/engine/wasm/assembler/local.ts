/**
 * Local variables: one is itself the instruction that reads it.
 *
 * @since 0.1.0
 */
import { unsigned } from './bytes.ts'
import { codesWith, type Instruction, type Operand, type ValueType } from './instruction.ts'
import { lift } from './operators.ts'

/** A variable of a function; as an instruction, its value. */
export interface Local<out T extends ValueType> extends Instruction<T> {
  readonly index: number
}

const reading = codesWith(unsigned, 0x20)
const setting = codesWith(unsigned, 0x21)
const settingAndReading = codesWith(unsigned, 0x22)

export const localAt = <T extends ValueType>(type: T, index: number): Local<T> => ({
  result: type,
  operands: [],
  code: reading(index),
  index
})

export const set = <T extends ValueType>(self: Local<T>, value: Operand<T>): Instruction<'none'> => ({
  result: 'none',
  operands: [lift<T>(value)],
  code: setting(self.index)
})

/** Sets a variable to a value that a call before it has left. */
export const setFromStack = ({ index }: Local<ValueType>): Instruction<'none'> => ({
  result: 'none',
  operands: [],
  code: setting(index)
})

/** Sets a variable and leaves its value. */
export const tee = <T extends ValueType>(self: Local<T>, value: Operand<T>): Instruction<T> => ({
  result: self.result,
  operands: [lift<T>(value)],
  code: settingAndReading(self.index)
})
