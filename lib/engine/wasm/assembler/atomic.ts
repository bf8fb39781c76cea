/**
 * Atomic instructions on shared memory.
 *
 * @see WebAssembly threads proposal
 * @since 0.1.0
 */
import { plain, type Instruction, type Operand } from './instruction.ts'
import { access, lift, load, store } from './operators.ts'

const modify =
  (code: number) =>
  (address: Operand<'i32'>, value: Operand<'i32'>, offset = 0): Instruction<'i32'> =>
    plain('i32', [0xfe, code, ...access(2, offset)], [lift<'i32'>(address), lift<'i32'>(value)])

export const atomic = {
  load: load('i32', 2, 0xfe, 0x10),
  store: store('i32', 2, 0xfe, 0x17),
  /** each gives the value that was there */
  add: modify(0x1e),
  subtract: modify(0x25),
  exchange: modify(0x41),
  /** puts `value` where `expected` is, and gives what was there */
  compareExchange: (
    address: Operand<'i32'>,
    expected: Operand<'i32'>,
    value: Operand<'i32'>,
    offset = 0
  ): Instruction<'i32'> =>
    plain('i32', [0xfe, 0x48, ...access(2, offset)], [lift<'i32'>(address), lift<'i32'>(expected), lift<'i32'>(value)]),
  /** wakes up to `count` threads that wait at an address; gives how many */
  notify: modify(0x00),
  /** waits while the address holds `expected`, at most `nanoseconds` (negative: for ever): 0 woken, 1 other value, 2 time out */
  wait: (
    address: Operand<'i32'>,
    expected: Operand<'i32'>,
    nanoseconds: Instruction<'i64'>,
    offset = 0
  ): Instruction<'i32'> =>
    plain('i32', [0xfe, 0x01, ...access(2, offset)], [lift<'i32'>(address), lift<'i32'>(expected), nanoseconds])
} as const
