/**
 * Programs as stages: for each stage and thread a function that makes its calls.
 *
 * @since 0.1.0
 */
import { define, i32, run, set, type FunctionDefinition, type Instruction, type Local } from '../assembler/index.ts'
import type { Calls } from '../calls/call.ts'
import { aligned, type Compilation } from '../compilation.ts'
import type { Graph } from '../passes/graph.ts'
import { planMemory, type Plan } from '../passes/plan.ts'
import { bytesIn } from '../quad.ts'
import { sharedCalls, type Share } from './shares.ts'
import { stagesOf, type Stage } from './stages.ts'

// model

/** The address of a place in a buffer, in a function that has the pointers to inputs, outputs and frame. */
export type AddressIn = (
  pointerOf: (index: number) => Instruction<'i32'>
) => (buffer: number, offset: number) => Instruction<'i32'>

/** What threads compute between two barriers. */
export interface StageCode {
  /** by thread: a function of the table of pointers; undefined where it has nothing to do */
  readonly chains: readonly (FunctionDefinition | undefined)[]
  /** the operations of the longest chain */
  readonly operations: number
}

/** What is shared among how many threads. */
export interface Sharing {
  readonly threads: number
  /** calls of fewer operations are not worth a barrier */
  readonly leastCall: number
  /** programs of which less can be shared run on one thread */
  readonly leastProgram: number
}

/** Programs that take longer than about 0.2 ms. */
export const sharingAmong = (threads: number): Sharing => ({ threads, leastCall: 100_000, leastProgram: 8_000_000 })

export interface TeamCode {
  readonly threads: number
  readonly stages: readonly StageCode[]
  /** bytes of the frame */
  readonly frame: number
}

/** What the stages of a program are made from. */
export interface TeamTask {
  readonly compilation: Compilation
  readonly graph: Graph
  readonly calls: Calls
  readonly sharing: Sharing
  /** whether a buffer of the program is in the frame */
  readonly isInFrame: (buffer: number) => boolean
  readonly addresses: (compilation: Compilation, graph: Graph, calls: Calls, plan: Plan) => AddressIn
}

/** Outputs are apart from each other and from the frame. */
const apart = 0x100_0000_0000

// constructors

/** Whether so much of a program can be shared that several threads pay. */
const isWorthwhile = ({ calls }: Calls, { threads, leastCall, leastProgram }: Sharing): boolean => {
  const operations = calls.filter(({ split }) => split() !== undefined).map(({ kernel }) => kernel.operations)
  return threads > 1 && operations.reduce((sum, n) => (n < leastCall ? sum : sum + n), 0) >= leastProgram
}

/** The function of a thread in a stage. The pointers that it needs are read from the table once. */
const chainOf = (
  name: string,
  shares: readonly Share[],
  addressIn: AddressIn,
  frame: number,
  arena: number
): FunctionDefinition =>
  define(name, ['i32'], [], ([table], local) => {
    const pointers = new Map<number, Local<'i32'>>()
    const pointerOf = (index: number): Local<'i32'> => {
      const known = pointers.get(index) ?? local('i32')
      pointers.set(index, known)
      return known
    }
    const address = addressIn(pointerOf)
    const calls = shares.map(({ kernel, reads, writes }) =>
      run(
        kernel.definition,
        ...[...reads, ...writes].map(({ buffer, offset }) => address(buffer, offset)),
        ...(kernel.scratch === 0 ? [] : [i32.add(pointerOf(frame), arena)])
      )
    )
    return [...[...pointers].map(([index, pointer]) => set(pointer, i32.load(table, 4 * index))), ...calls]
  })

/** The stages of a program by threads, or undefined where they would not pay. */
export const teamOf = ({
  compilation,
  graph,
  calls,
  sharing,
  isInFrame,
  addresses
}: TeamTask): TeamCode | undefined => {
  if (!isWorthwhile(calls, sharing)) return undefined
  const { threads } = sharing
  const { program } = graph
  const first = 1 + calls.calls.reduce((most, { writes }) => Math.max(most, ...writes), calls.variables)
  const { calls: shared, added } = sharedCalls(calls, sharing, first)
  const bytesOf = (buffer: number): number | undefined => {
    const bytes = added.get(buffer)
    if (bytes !== undefined || !isInFrame(buffer)) return bytes
    return bytesIn(calls.slotOf(buffer))
  }
  const plan = planMemory(
    shared.map(({ reads, writes, reusable }) => ({ reads, writes, reusable, scratch: 0 })),
    bytesOf
  )
  const locate = (buffer: number): number | undefined => {
    const output = calls.outputOf.get(buffer)
    return output === undefined ? plan.offsets.get(buffer) : apart * (output + 1)
  }
  const stages = stagesOf(shared, threads, locate)
  // each thread has scratch memory of its own behind the buffers
  const scratch = Array.from({ length: threads }, (_, thread) =>
    aligned(Math.max(0, ...stages.flatMap(({ chains }) => chains[thread]!.map(({ kernel }) => kernel.scratch))))
  )
  const arenas = scratch.map((_, thread) => scratch.slice(0, thread).reduce((sum, n) => sum + n, aligned(plan.bytes)))
  const addressIn = addresses(compilation, graph, calls, plan)
  const frame = program.inputs.length + program.outputs.length
  const codeOf = ({ chains, operations }: Stage, stage: number): StageCode => ({
    operations,
    chains: chains.map((shares, thread) =>
      shares.length === 0
        ? undefined
        : chainOf(`stage ${stage}, thread ${thread}`, shares, addressIn, frame, arenas[thread]!)
    )
  })
  return {
    threads,
    stages: stages.map(codeOf),
    frame: Math.max(1, arenas.at(-1)! + scratch.at(-1)!)
  }
}
