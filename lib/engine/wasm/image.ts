/**
 * Images: a program as a compiled module, and where everything is in the memory that it runs in.
 *
 * @since 0.1.0
 */
import { outputSlots, type Program } from '../../expr/internal.ts'
import { raise } from '../../shape/index.ts'
import { assemble, define, i32, pagesFor, run, type FunctionDefinition, type ModuleOptions } from './assembler/index.ts'
import { compilation, spaced, type Segment } from './compilation.ts'
import { bytesIn } from './quad.ts'
import { lower, type Lowered } from './lower.ts'
import type { Packing } from './passes/layout.ts'
import { WebAssembly, type Module } from './platform.ts'
import type { Sharing } from './threads/team-code.ts'
import { aloneFunction, blockBytes, memberFunction } from './threads/protocol.ts'

// model

/** A lowered program, and where everything is in memory. */
export interface Layout {
  readonly program: Program
  readonly lowered: Lowered
  /** of 64 KiB */
  readonly pages: number
  readonly segments: readonly Segment[]
  /** addresses of the buffers of inputs and outputs, and of the frame */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly frame: number
  /** addresses of two tables */
  readonly tables: readonly [number, number]
  /** the address of the block in which threads meet */
  readonly team: number | undefined
}

/**
 * A compiled program. Its module exports `step(table)`, which runs it once on the buffers whose addresses are in a table:
 * inputs, outputs, frame. So an iteration swaps buffers by giving another table.
 */
export interface Image extends Layout {
  readonly module: Module
  /** whether anything depends on an input */
  readonly isRead: readonly boolean[]
  /** which inputs and outputs are panels in memory */
  readonly packedInputs: readonly boolean[]
  readonly packedOutputs: readonly boolean[]
}

/** An image for several threads, which also exports `member(thread)`. */
export type TeamImage = Image & { readonly team: number }

export const isTeam = (image: Image): image is TeamImage => image.team !== undefined

/** Kernels may read so far beyond the end of a buffer. */
const slack = 64

const greatestPages = 65536

// constructors

/** Lowers a program, for several threads if they pay, and lays out its memory; `packing` lets matrices be panels. */
export const laidOut = (program: Program, sharing?: Sharing, packing?: Packing): Layout => {
  const shared = compilation()
  const lowered = lower(shared, program, 0, sharing, packing)
  // constants are placed while functions are made, so the rest of the memory is laid out after that
  let next = shared.end()
  const take = (bytes: number): number => {
    const address = next
    next += spaced(bytes)
    return address
  }
  const slots = outputSlots(program)
  const count = program.inputs.length + slots.length + 1
  const tables = [take(4 * count), take(4 * count)] as const
  const inputs = program.inputs.map((slot) => take(bytesIn(slot)))
  const outputs = slots.map((slot) => take(bytesIn(slot)))
  const frame = take(lowered.team?.frame ?? lowered.kernel.scratch)
  const team = lowered.team === undefined ? undefined : take(blockBytes(lowered.team))
  const pages = pagesFor(next + slack)
  if (pages > greatestPages)
    raise(`engine: the program needs ${next} bytes of memory, WebAssembly has 4 GiB; make its batches smaller`)
  return { program, lowered, pages, segments: shared.segments(), inputs, outputs, frame, tables, team }
}

/** The function of a table that runs a program. */
const stepOf = ({ lowered, inputs, outputs }: Layout): FunctionDefinition =>
  define('step', ['i32'], [], ([table]) => [
    run(
      lowered.kernel.definition,
      ...Array.from({ length: inputs.length + outputs.length + 1 }, (_, i) => i32.load(table, 4 * i))
    )
  ])

const exportsOf = (layout: Layout): ModuleOptions['exports'] => {
  const { lowered, team } = layout
  return lowered.team === undefined || team === undefined
    ? { step: stepOf(layout) }
    : { step: aloneFunction(lowered.team), member: memberFunction(lowered.team, team) }
}

/** Compiles a program to a module, for several threads if they pay; `packing` lets matrices be panels. */
export const imageOf = (program: Program, sharing?: Sharing, packing?: Packing): Image => {
  const layout = laidOut(program, sharing, packing)
  const { lowered, pages, team } = layout
  const bytes = assemble({ exports: exportsOf(layout), memory: { pages, shared: team !== undefined } })
  const packedOutputs = new Set([...lowered.packed].map((buffer) => lowered.outputOf.get(buffer)))
  const read = new Set([...lowered.program.equations.flatMap(({ operands }) => operands), ...program.outputs])
  return {
    ...layout,
    module: new WebAssembly.Module(bytes),
    isRead: program.inputs.map((_, input) => read.has(input)),
    packedInputs: program.inputs.map((_, input) => lowered.packed.has(input)),
    packedOutputs: program.outputs.map((_, output) => packedOutputs.has(output))
  }
}
