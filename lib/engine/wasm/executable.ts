/**
 * Executables: a module with its memory, inputs copied in, outputs copied out.
 *
 * @since 0.1.0
 */
import { outputSlots, type Program } from '../../expr/internal.ts'
import { raise, size } from '../../shape/index.ts'
import type { AnyTensor, Slot } from '../../tensor/index.ts'
import type { Buffer } from '../../tensor/internal.ts'
import { checkFeedback, checkInput, checkInputs, checkIsFree } from '../check-inputs.ts'
import type { Executable, Feedback, Iteration } from '../engine.ts'
import type { FindImage } from './cache.ts'
import { isTeam, type Image } from './image.ts'
import { alone, copyIn, copyOut, writeTable, type Running } from './instance.ts'
import { copyIntoPanels, copyOutOfPanels } from './panel-copies.ts'
import { mayPack } from './passes/layout.ts'
import type { Memory } from './platform.ts'
import type { Pool } from './threads/pool.ts'
import { together } from './threads/together.ts'

/** The first element of a buffer. */
type Head = Buffer | undefined

const views: Readonly<Record<Slot['dtype'], new (buffer: ArrayBuffer, offset: number, length: number) => Buffer>> = {
  f32: Float32Array,
  f64: Float64Array,
  i32: Int32Array,
  u32: Uint32Array,
  bool: Uint8Array
}

// execution

/** Inputs that were copied in: tensors never change, so the same one need not be copied again. */
const inputsOf = (image: Image, memory: () => Memory): ((input: number, tensor: AnyTensor) => void) => {
  const given: (AnyTensor | undefined)[] = image.inputs.map(() => undefined)
  return (input, tensor) => {
    if (given[input] === tensor) return
    checkInput(image.program, input, tensor)
    if (image.isRead[input] !== true) return
    copyIn(memory(), tensor, image.inputs[input]!)
    given[input] = tensor
  }
}

interface Runner {
  readonly run: Executable['run']
  readonly dispose: () => void
}

const runnerOf = (image: Image, start: Start): Runner => {
  const running = start(image)
  const { program, inputs, outputs, frame, tables } = image
  writeTable(running.memory(), tables[0], [...inputs, ...outputs, frame])
  const give = inputsOf(image, running.memory)
  const slots = outputSlots(program)
  return {
    run: (tensors) => {
      tensors.forEach((tensor, i) => {
        give(i, tensor)
      })
      running.step(tables[0])
      return slots.map((slot, i) => copyOut(running.memory(), slot, outputs[i]!))
    },
    dispose: running.dispose
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

/** What an iteration lets go of when it is disposed of. */
interface Work {
  readonly running: Running
  readonly memory: Memory
  /** the first element of each output, after even and after odd steps */
  readonly heads: readonly (readonly Head[])[]
}

const iterationOf = (
  image: Image,
  start: Running,
  feedback: readonly Feedback[],
  given: readonly AnyTensor[]
): Iteration => {
  const { program, inputs, tables, packedInputs, packedOutputs } = image
  const addresses = turns(image, feedback)
  tables.forEach((table, i) => {
    writeTable(start.memory(), table, addresses[i]!)
  })
  const slots = outputSlots(program)
  const workIn = (running: Running): Work => {
    const memory = running.memory()
    const heads = addresses.map((both) =>
      slots.map(({ dtype, shape }, i) =>
        size(shape) === 0 ? undefined : new views[dtype](memory.buffer, both[inputs.length + i]!, 1)
      )
    )
    return { running, memory, heads }
  }
  let work: Work | undefined = workIn(start)
  const alive = (): Work => work ?? raise('engine: this iteration was disposed of; begin another one')
  const give = inputsOf(image, () => alive().memory)
  const isFed = program.inputs.map((_, i) => feedback.some(({ input }) => input === i))
  given.forEach((tensor, i) => {
    // what is fed back is written once, even where only the output is read
    if (isFed[i] === true) (packedInputs[i] === true ? copyIntoPanels : copyIn)(alive().memory, tensor, inputs[i]!)
    else give(i, tensor)
  })
  const inputAt = (input: number, turn: 0 | 1): AnyTensor =>
    (packedInputs[input] === true ? copyOutOfPanels : copyOut)(
      alive().memory,
      program.inputs[input]!,
      addresses[turn][input]!
    )
  // the parity of the last step
  let last: 0 | 1 = 1
  return {
    set: (input, tensor) => {
      checkIsFree(feedback, input)
      give(input, tensor)
    },
    step: () => {
      const { running, memory } = alive()
      last = last === 0 ? 1 : 0
      running.step(tables[last])
      if (memory !== running.memory()) work = workIn(running)
    },
    number: (output) => Number(alive().heads[last]![output]?.[0]),
    output: (output) =>
      (packedOutputs[output] === true ? copyOutOfPanels : copyOut)(
        alive().memory,
        slots[output]!,
        addresses[last][inputs.length + output]!
      ),
    input: (input) => inputAt(input, last === 0 ? 1 : 0),
    previous: (input) => inputAt(input, last),
    dispose: () => {
      work?.running.dispose()
      work = undefined
    }
  }
}

/** How an image is set to work. */
type Start = (image: Image) => Running

/**
 * An executable of a program, on several threads where its image was made for them. Its memory is made when it first runs;
 * so is the image of a program that may be iterated in another form, or else two would be compiled.
 */
export const executableOf = (
  program: Program,
  find: FindImage,
  pool?: Pool,
  isPacking: boolean = pool === undefined && mayPack(program)
): Executable => {
  let made = isPacking ? undefined : find(program)
  let runner: Runner | undefined
  let isDisposed = false
  const start: Start = (made) =>
    pool === undefined || !isTeam(made) ? alone(made.module, made.pages, made.segments) : together(made, pool)
  const alive = (): void => {
    if (isDisposed) raise('engine: this executable was disposed of; compile the program again')
  }
  const self: Executable = {
    program,
    run: (tensors) => {
      alive()
      checkInputs(program, tensors)
      made ??= find(program)
      runner ??= runnerOf(made, start)
      return runner.run(tensors)
    },
    iterate: (feedback, tensors) => {
      alive()
      checkFeedback(program, feedback)
      checkInputs(program, tensors)
      const image = made === undefined || isPacking ? find(program, feedback) : made
      return iterationOf(image, start(image), feedback, tensors)
    },
    dispose: () => {
      isDisposed = true
      runner?.dispose()
      runner = undefined
      release?.()
    }
  }
  // the workers stay between one iteration and the next
  const release = made !== undefined && isTeam(made) ? pool?.lease(self) : undefined
  return self
}
