/**
 * A program in memory whose kernels can be called one by one.
 *
 * @since 0.1.0
 */
import { outputSlots, type Program } from '../../../expr/internal.ts'
import type { AnyTensor } from '../../../tensor/index.ts'
import { checkInputs } from '../../check-inputs.ts'
import { assemble, define, i32, run } from '../assembler/index.ts'
import { laidOut, type Layout } from '../image.ts'
import { copyIn, copyOut, instantiate, writeTable } from '../instance.ts'
import type { Lowered } from '../lower.ts'
import { bytesIn } from '../quad.ts'
import { WebAssembly, type Memory } from '../platform.ts'

/** A program in memory, with its inputs. */
export interface Parts {
  readonly lowered: Lowered
  readonly layout: Layout
  readonly memory: Memory
  /** makes one call */
  readonly call: (index: number) => void
  /** what a buffer holds now; constants are not read */
  readonly read: (buffer: number) => AnyTensor | undefined
}

/** What memory holds before anything is written, so that what a kernel forgets to write shows. */
const untouched = 0xa5

/** A module with one function for each call, and its memory. */
export const partsOf = (program: Program, tensors: readonly AnyTensor[]): Parts => {
  checkInputs(program, tensors)
  const layout = laidOut(program)
  const { lowered, inputs, outputs, frame, tables, pages, segments } = layout
  const count = inputs.length + outputs.length + 1
  const exports = Object.fromEntries(
    lowered
      .parts()
      .map((part, i) => [
        `call${i}`,
        define(`call${i}`, ['i32'], [], ([table]) => [
          run(part, ...Array.from({ length: count }, (_, k) => i32.load(table, 4 * k)))
        ])
      ])
  )
  const bytes = assemble({ exports, memory: { pages, shared: false } })
  const { memory, exports: functions } = instantiate(new WebAssembly.Module(bytes), pages, segments)
  const slots = outputSlots(program)
  const places = [
    { address: frame, length: lowered.kernel.scratch },
    ...slots.map((slot, i) => ({ address: outputs[i]!, length: bytesIn(slot) }))
  ]
  for (const { address, length } of places) new Uint8Array(memory.buffer, address, length).fill(untouched)
  writeTable(memory, tables[0], [...inputs, ...outputs, frame])
  tensors.forEach((tensor, i) => {
    copyIn(memory, tensor, inputs[i]!)
  })
  const addressOf = (buffer: number): number | undefined => {
    const output = lowered.outputOf.get(buffer)
    const offset = lowered.plan.offsets.get(buffer)
    if (buffer < inputs.length) return inputs[buffer]
    if (output !== undefined) return outputs[output]
    return offset === undefined ? undefined : frame + offset
  }
  return {
    lowered,
    layout,
    memory,
    call: (index) => void functions[`call${index}`]!(tables[0]),
    read: (buffer) => {
      const address = addressOf(buffer)
      return address === undefined ? undefined : copyOut(memory, lowered.slotOf(buffer), address)
    }
  }
}
