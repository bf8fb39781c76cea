/**
 * Local variables: one is itself the instruction that reads it.
 *
 * @since 0.1.0
 */
import { unsigned } from './bytes.ts'
import { plain, type Instruction, type Operand, type ValueType } from './instruction.ts'
import { lift } from './operators.ts'

/** A variable of a function; as an instruction, its value. */
export interface Local<out T extends ValueType> extends Instruction<T> {
  readonly index: number
}

export const localAt = <T extends ValueType>(type: T, index: number): Local<T> => ({
  ...plain(type, [0x20, ...unsigned(index)]),
  index
})

export const set = <T extends ValueType>(self: Local<T>, value: Operand<T>): Instruction<'none'> =>
  plain('none', [0x21, ...unsigned(self.index)], [lift<T>(value)])

/** Sets a variable and leaves its value. */
export const tee = <T extends ValueType>(self: Local<T>, value: Operand<T>): Instruction<T> =>
  plain(self.result, [0x22, ...unsigned(self.index)], [lift<T>(value)])
