/**
 * The bytes of the module of a program, with what it exports.
 */
import { assemble, define, i32, run } from '../../../lib/engine/wasm/assembler/index.ts'
import { laidOut } from '../../../lib/engine/wasm/image.ts'
import type { Program } from '../../../lib/expr/internal.ts'

export const moduleOf = (program: Program): Uint8Array<ArrayBuffer> => {
  const { lowered, pages, inputs, outputs } = laidOut(program)
  const count = inputs.length + outputs.length + 1
  const step = define('step', ['i32'], [], ([table]) => [
    run(lowered.kernel.definition, ...Array.from({ length: count }, (_, i) => i32.load(table, 4 * i)))
  ])
  return assemble({ exports: { step }, memory: { pages, shared: false } })
}
