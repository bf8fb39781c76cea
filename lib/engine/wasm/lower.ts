/**
 * Lowering: from a program to one function that calls kernels in order, with every buffer in its place.
 *
 * A lowered program is a kernel like any other: a function of pointers to its inputs, its outputs and its frame. So the
 * bodies of loops are lowered in the same way, and their functions called from within.
 *
 * @since 0.1.0
 */
import type { Program } from '../../expr/internal.ts'
import { bufferOf } from '../../tensor/internal.ts'
import { define, i32, run, type FunctionDefinition, type Instruction, type Local } from './assembler/index.ts'
import { bytesIn } from './quad.ts'
import { straightened } from './assembler/inline.ts'
import { callsOf, type Call, type Calls } from './calls/index.ts'
import type { Compilation } from './compilation.ts'
import type { Kernel } from './kernel.ts'
import type { Inside } from './control/inside.ts'
import { flatten } from './passes/flatten.ts'
import { graphOf, type Graph } from './passes/graph.ts'
import { hoist } from './passes/hoist.ts'
import type { Packing } from './passes/layout.ts'
import { planMemory, type Plan } from './passes/plan.ts'
import { teamOf, type AddressIn, type Sharing, type TeamCode } from './threads/team-code.ts'

// model

/** A program with its calls, its memory and its function. */
export interface Lowered extends Calls {
  readonly program: Program
  readonly plan: Plan
  readonly kernel: Kernel
  /** the same for several threads, with a frame of its own */
  readonly team: TeamCode | undefined
  /** a function of the same parameters that has to run before the first of many runs with the same fixed inputs */
  readonly prologue: FunctionDefinition | undefined
  /** functions of the same parameters that make one call each */
  readonly parts: () => readonly FunctionDefinition[]
}

/** Programs of so many instructions in all are straight-line code, where they compute so little that a call is felt. */
const mostStraight = 4000
const mostOperations = 65_536

// addresses

const shifted = (base: Instruction<'i32'>, offset: number): Instruction<'i32'> =>
  offset === 0 ? base : i32.add(base, offset)

/** Where the buffers of a program are; its pointers are those to inputs, outputs and frame, in order. */
const addresses =
  (compilation: Compilation, { program, constants }: Graph, { outputOf }: Calls, { offsets }: Plan): AddressIn =>
  (pointerOf) =>
  (buffer, offset) => {
    const inputs = program.inputs.length
    const constant = constants.get(buffer)
    const output = outputOf.get(buffer)
    if (constant !== undefined) return i32.constant(compilation.place(bufferOf(constant)) + offset)
    if (buffer < inputs) return shifted(pointerOf(buffer), offset)
    return output === undefined
      ? shifted(pointerOf(inputs + program.outputs.length), offsets.get(buffer)! + offset)
      : shifted(pointerOf(inputs + output), offset)
  }

/** Makes calls in a function whose parameters are inputs, outputs, frame. */
const caller =
  (addressIn: AddressIn, { scratch }: Plan) =>
  (params: readonly Local<'i32'>[], { kernel, reads, writes }: Call, index: number): Instruction<'none'> => {
    const address = addressIn((pointer) => params[pointer]!)
    return run(
      kernel.definition,
      ...reads.map(({ buffer, offset }) => address(buffer, offset)),
      ...writes.map((buffer) => address(buffer, 0)),
      ...(kernel.scratch === 0 ? [] : [shifted(params.at(-1)!, scratch[index]!)])
    )
  }

/**
 * The function of a program; one for several threads has stages too, if that pays. The first `fixed` inputs are the same
 * from run to run, so that what depends on them alone is a prologue. `packing` lets matrices be panels, on one thread.
 */
export const lower = (
  compilation: Compilation,
  source: Program,
  fixed = 0,
  sharing?: Sharing,
  packing?: Packing
): Lowered => {
  const program = flatten(source)
  const graph = graphOf(program)
  const inside: Inside = (body, first = 0) => {
    const { kernel, prologue } = lower(compilation, body, first)
    return { ...kernel, prologue }
  }
  const found = callsOf(
    compilation,
    graph,
    inside,
    (buffer) => buffer < fixed,
    sharing === undefined ? packing : undefined
  )
  const { slotOf, outputOf } = found
  const [once, again] =
    fixed === 0
      ? [[], found.calls]
      : hoist(
          found.calls,
          (buffer) => buffer < fixed || graph.constants.has(buffer),
          (buffer) => outputOf.has(buffer)
        )
  const calls = [...once, ...again]
  const made: Calls = { ...found, calls }
  const isInFrame = (buffer: number): boolean =>
    buffer >= program.inputs.length && !graph.constants.has(buffer) && !outputOf.has(buffer)
  const plan = planMemory(
    [
      ...calls.map(({ kernel, reads, writes, reusable }) => ({
        reads: reads.map(({ buffer }) => buffer),
        writes,
        scratch: kernel.scratch,
        reusable
      })),
      // what is made once lives on when the last call has been made
      { reads: once.flatMap((call) => call.writes), writes: [], scratch: 0, reusable: [] }
    ],
    (buffer) => (isInFrame(buffer) ? bytesIn(slotOf(buffer)) : undefined)
  )
  const call = caller(addresses(compilation, graph, made, plan), plan)
  const params = Array.from({ length: program.inputs.length + program.outputs.length + 1 }, () => 'i32' as const)
  const operations = calls.reduce((sum, { kernel }) => sum + kernel.operations, 0)
  const calling = (name: string, first: number, end: number): FunctionDefinition => {
    const defined = define(name, params, [], (locals) =>
      calls.slice(first, end).map((each, i) => call(locals, each, first + i))
    )
    return operations > mostOperations ? defined : straightened(defined, mostStraight)
  }
  const definition = calling('program', once.length, calls.length)
  const team =
    sharing === undefined ? undefined : teamOf({ compilation, graph, calls: made, sharing, isInFrame, addresses })
  return {
    ...made,
    program,
    plan,
    // a program always takes its frame, even an empty one
    kernel: { definition, scratch: Math.max(plan.bytes, 1), operations },
    team,
    prologue: once.length === 0 ? undefined : calling('prologue', 0, once.length),
    parts: () => calls.map((each, i) => define(each.name, params, [], (locals) => [call(locals, each, i)]))
  }
}
