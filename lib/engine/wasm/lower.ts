/**
 * Lowering: from a program to one function that calls kernels in order, with every buffer in its place.
 *
 * A lowered program is a kernel like any other: a function of pointers to its inputs, its outputs and its frame. So the
 * bodies of loops are lowered in the same way, and their functions called from within.
 *
 * @since 0.2.0
 */
import type { Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import { bufferOf } from '../../tensor/internal.ts'
import { define, i32, run, type FunctionDefinition, type Instruction, type Local } from './assembler/index.ts'
import { callsOf, type Call, type Calls } from './calls.ts'
import type { Compilation } from './compilation.ts'
import type { Kernel } from './kernel.ts'
import { flatten } from './passes/flatten.ts'
import { graphOf, type Graph } from './passes/graph.ts'
import { planMemory, type Plan } from './passes/plan.ts'
import { bytesOf } from './quad.ts'

// model

/** A program with its calls, its memory and its function. */
export interface Lowered extends Calls {
  readonly program: Program
  readonly plan: Plan
  readonly kernel: Kernel
  /** functions of the same parameters that make one call each */
  readonly parts: () => readonly FunctionDefinition[]
}

const bytesIn = ({ dtype, shape }: Slot): number => bytesOf(dtype) * size(shape)

// addresses

const shifted = (base: Instruction<'i32'>, offset: number): Instruction<'i32'> =>
  offset === 0 ? base : i32.add(base, offset)

/** Makes calls in a function whose parameters are inputs, outputs, frame. */
const caller =
  (compilation: Compilation, { program, constants }: Graph, { outputOf }: Calls, plan: Plan) =>
  (params: readonly Local<'i32'>[], { kernel, reads, writes }: Call, index: number): Instruction<'none'> => {
    const inputs = program.inputs.length
    const frame = params[inputs + program.outputs.length]!
    const address = (buffer: number, offset: number): Instruction<'i32'> => {
      const constant = constants.get(buffer)
      const output = outputOf.get(buffer)
      if (constant !== undefined) return i32.constant(compilation.place(bufferOf(constant)) + offset)
      if (buffer < inputs) return shifted(params[buffer]!, offset)
      return output === undefined
        ? shifted(frame, plan.offsets.get(buffer)! + offset)
        : shifted(params[inputs + output]!, offset)
    }
    return run(
      kernel.definition,
      ...reads.map(({ buffer, offset }) => address(buffer, offset)),
      ...writes.map((buffer) => address(buffer, 0)),
      ...(kernel.scratch === 0 ? [] : [shifted(frame, plan.scratch[index]!)])
    )
  }

/** The function of a program. */
export const lower = (compilation: Compilation, source: Program): Lowered => {
  const program = flatten(source)
  const graph = graphOf(program)
  const made = callsOf(compilation, graph, (inside) => lower(compilation, inside).kernel)
  const { calls, slotOf, outputOf } = made
  const isInFrame = (buffer: number): boolean =>
    buffer >= program.inputs.length && !graph.constants.has(buffer) && !outputOf.has(buffer)
  const plan = planMemory(
    calls.map(({ kernel, reads, writes, reusable }) => ({
      reads: reads.map(({ buffer }) => buffer),
      writes,
      scratch: kernel.scratch,
      reusable
    })),
    (buffer) => (isInFrame(buffer) ? bytesIn(slotOf(buffer)) : undefined)
  )
  const call = caller(compilation, graph, made, plan)
  const params = Array.from({ length: program.inputs.length + program.outputs.length + 1 }, () => 'i32' as const)
  const definition = define('program', params, [], (locals) => calls.map((each, i) => call(locals, each, i)))
  const operations = calls.reduce((sum, { kernel }) => sum + kernel.operations, 0)
  return {
    ...made,
    program,
    plan,
    // a program always takes its frame, even an empty one
    kernel: { definition, scratch: Math.max(plan.bytes, 1), operations },
    parts: () => calls.map((each, i) => define(each.name, params, [], (locals) => [call(locals, each, i)]))
  }
}
