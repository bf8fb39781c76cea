/**
 * The assembler: typed instructions of WebAssembly with SIMD, functions of them, and modules as bytes.
 *
 * @since 0.1.0
 */
export { atomic } from './atomic.ts'
export {
  block,
  branch,
  branchIf,
  call,
  callInto,
  callPair,
  choose,
  countUp,
  drop,
  giveBack,
  label,
  loop,
  memory,
  run,
  select,
  sequence,
  sequenceOf,
  unreachable,
  when
} from './control.ts'
export { f32, f64 } from './float.ts'
export { define, type FunctionDefinition, type NewLocal } from './function.ts'
export type { Instruction, Label, Operand, ValueType } from './instruction.ts'
export { i32, i64 } from './integer.ts'
export { f32x4, f64x2, i16x8, i32x4, i64x2, i8x16 } from './lanes.ts'
export { set, tee, type Local } from './local.ts'
export { assemble, pagesFor, type ModuleOptions } from './module.ts'
export { v128 } from './vector.ts'
