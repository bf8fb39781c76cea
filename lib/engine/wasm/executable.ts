/**
 * Executables: a module with its memory, inputs copied in, outputs copied out.
 *
 * @since 0.2.0
 */
import { outputSlots } from '../../expr/internal.ts'
import { raise, size } from '../../shape/index.ts'
import type { AnyTensor, Slot } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'
import { checkInputs } from '../check-inputs.ts'
import type { Executable, Feedback, Iteration } from '../engine.ts'
import type { Image } from './image.ts'
import { copyIn, copyOut, instantiate, writeTable, type Running } from './instance.ts'

const stepOf = ({ exports }: Running): ((table: number) => void) => {
  // images export their step
  const step = exports['step']!
  return (table) => void step(table)
}

const views: Readonly<Record<Slot['dtype'], new (buffer: ArrayBuffer, offset: number, length: number) => Buffer>> = {
  f32: Float32Array,
  f64: Float64Array,
  i32: Int32Array,
  u32: Uint32Array,
  bool: Uint8Array
}

// execution

/** Inputs that were copied in: tensors never change, so the same one need not be copied again. */
const inputsOf = (image: Image, { memory }: Running): ((input: number, tensor: AnyTensor) => void) => {
  const given: (AnyTensor | undefined)[] = image.inputs.map(() => undefined)
  return (input, tensor) => {
    if (given[input] === tensor || image.isRead[input] !== true) return
    copyIn(memory, tensor, image.inputs[input]!)
    given[input] = tensor
  }
}

const runnerOf = (image: Image): Executable['run'] => {
  const instance = instantiate(image.module, image.pages, image.segments)
  const { memory } = instance
  const step = stepOf(instance)
  const { program, inputs, outputs, frame, tables } = image
  writeTable(memory, tables[0], [...inputs, ...outputs, frame])
  const give = inputsOf(image, instance)
  const slots = outputSlots(program)
  return (tensors) => {
    tensors.forEach((tensor, i) => {
      give(i, tensor)
    })
    step(tables[0])
    return slots.map((slot, i) => copyOut(memory, slot, outputs[i]!))
  }
}

/** The addresses of an iteration's buffers in even and in odd steps: what is fed back takes turns. */
const turns = (
  { inputs, outputs, frame }: Image,
  feedback: readonly Feedback[]
): readonly [even: readonly number[], odd: readonly number[]] => {
  const [into, out] = [[...inputs], [...outputs]]
  for (const { input, output } of feedback) {
    into[input] = outputs[output]!
    out[output] = inputs[input]!
  }
  return [
    [...inputs, ...outputs, frame],
    [...into, ...out, frame]
  ]
}

const iterationOf = (image: Image, feedback: readonly Feedback[], start: readonly AnyTensor[]): Iteration => {
  const instance = instantiate(image.module, image.pages, image.segments)
  const { memory } = instance
  const step = stepOf(instance)
  const { program, inputs, tables } = image
  const addresses = turns(image, feedback)
  tables.forEach((table, i) => {
    writeTable(memory, table, addresses[i]!)
  })
  const slots = outputSlots(program)
  const give = inputsOf(image, instance)
  // what is fed back is written once, even where only the output is read
  for (const { input } of feedback) copyIn(memory, start[input]!, inputs[input]!)
  start.forEach((tensor, i) => {
    give(i, tensor)
  })
  const numbers = addresses.map((both) =>
    slots.map(({ dtype, shape }, i) =>
      size(shape) === 0 ? undefined : new views[dtype](memory.buffer, both[inputs.length + i]!, 1)
    )
  )
  // the parity of the last step
  let last = 1
  return {
    set: give,
    step: () => {
      last = 1 - last
      step(tables[last]!)
    },
    number: (output) => Number(numbers[last]![output]?.[0]),
    output: (output) => copyOut(memory, slots[output]!, addresses[last]![inputs.length + output]!),
    input: (input) => copyOut(memory, program.inputs[input]!, addresses[1 - last]![input]!),
    previous: (input) => copyOut(memory, program.inputs[input]!, addresses[last]![input]!),
    dispose: () => undefined
  }
}

/** An executable of an image. Its memory is made when it first runs. */
export const executableOf = (image: Image): Executable => {
  const { program } = image
  let runner: Executable['run'] | undefined
  let isDisposed = false
  const alive = (): void => {
    if (isDisposed) raise('engine: this executable was disposed of; compile the program again')
  }
  return {
    program,
    run: (tensors) => {
      alive()
      checkInputs(program, tensors)
      runner ??= runnerOf(image)
      return runner(tensors)
    },
    iterate: (feedback, start) => {
      alive()
      checkInputs(program, start)
      return iterationOf(image, feedback, start)
    },
    dispose: () => {
      isDisposed = true
      runner = undefined
    }
  }
}
