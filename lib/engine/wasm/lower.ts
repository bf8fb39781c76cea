/**
 * Lowering: from a program to one function that calls kernels in order, with every buffer in its place.
 *
 * A lowered program is a kernel like any other: a function of pointers to its inputs, its outputs and its frame. So the
 * bodies of loops are lowered in the same way, and their functions called from within.
 *
 * @since 0.2.0
 */
import type { Equation, Program } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import { bufferOf } from '../../tensor/internal.ts'
import { define, i32, run, type Instruction } from './assembler/index.ts'
import type { Compilation } from './compilation.ts'
import type { Kernel } from './kernel.ts'
import { flatten } from './passes/flatten.ts'
import { fuse, type Group } from './passes/fuse.ts'
import { graphOf, type Graph } from './passes/graph.ts'
import { planMemory } from './passes/plan.ts'
import { regionOf } from './passes/region-of.ts'
import { isWhole } from './passes/view.ts'
import { bytesOf } from './quad.ts'
import { regionKernel } from './region/index.ts'
import { contraction } from './contraction.ts'
import { kernelFor } from './rules.ts'

// model

/** A place in a buffer, in bytes. */
export interface Place {
  readonly buffer: number
  readonly offset: number
}

/** One call of a kernel. */
export interface Call {
  /** the equations that it computes */
  readonly name: string
  readonly kernel: Kernel
  readonly reads: readonly Place[]
  readonly writes: readonly number[]
  /** the buffers whose places the writes may take */
  readonly reusable: readonly (readonly number[])[]
}

/** A program as calls of kernels. Buffers are the program's variables, and further numbers for copies. */
export interface Lowered {
  readonly program: Program
  readonly calls: readonly Call[]
  readonly kernel: Kernel
  /** what each buffer holds */
  readonly slotOf: (buffer: number) => Slot
}

// passes

/** The calls of a program, with the buffers that they make besides the program's variables. */
interface Calls {
  readonly calls: Call[]
  readonly copies: Slot[]
}

const bytesIn = ({ dtype, shape }: Slot): number => bytesOf(dtype) * size(shape)

const nameOf = (graph: Graph, { equations }: Group): string =>
  equations.map((e) => graph.program.equations[e]!.primitive).join(' ')

/** A copy of a view into a buffer of its own. */
const copyOf = (compilation: Compilation, graph: Graph, variable: number, buffer: number): Call => {
  const { root, offset, strides } = graph.views[variable]!
  const { shape, dtype } = graph.slots[variable]!
  const kernel = regionKernel(compilation, {
    space: shape,
    steps: [{ kind: 'read', pointer: 0, dtype, offset, strides }],
    writes: [{ value: 0, pointer: 1, dtype }],
    pointers: 2
  })
  return { name: 'copy', kernel, reads: [{ buffer: root, offset: 0 }], writes: [buffer], reusable: [] }
}

/** The place of a variable's elements in a row; they are copied where they are not. */
const inARow = (compilation: Compilation, graph: Graph, { calls, copies }: Calls, variable: number): Place => {
  const view = graph.views[variable]!
  const slot = graph.slots[variable]!
  if (isWhole({ ...view, offset: 0 }, slot.shape))
    return { buffer: view.root, offset: view.offset * bytesOf(slot.dtype) }
  const buffer = graph.slots.length + copies.push(slot) - 1
  calls.push(copyOf(compilation, graph, variable, buffer))
  return { buffer, offset: 0 }
}

const callOf = (
  compilation: Compilation,
  graph: Graph,
  group: Group,
  found: Calls,
  isWritten: (root: number) => boolean
): Call => {
  const name = nameOf(graph, group)
  if (group.kind === 'region') {
    const { region, reads, writes, inPlace } = regionOf(graph, group, isWritten)
    const reusable = region.steps.some(({ kind }) => kind === 'fold') ? [] : writes.map(() => [...inPlace])
    return {
      name,
      kernel: regionKernel(compilation, region),
      reads: reads.map((buffer) => ({ buffer, offset: 0 })),
      writes,
      reusable
    }
  }
  const e = group.equations[0]!
  const equation: Equation = graph.program.equations[e]!
  const writes = equation.outputs.map((_, i) => graph.firsts[e]! + i)
  const place = (variable: number): Place => inARow(compilation, graph, found, variable)
  if (equation.primitive === 'matmul') {
    const { kernel, reads } = contraction(compilation, graph, equation, place)
    return { name, kernel, reads, writes, reusable: [] }
  }
  const kernel = kernelFor(compilation, equation, {
    operands: equation.operands.map((variable) => graph.slots[variable]!),
    outputs: equation.outputs
  })
  return { name, kernel, reads: equation.operands.map(place), writes, reusable: [] }
}

/** The roots that are read by something other than the group that computes them, or leave the program. */
const writtenRoots = (graph: Graph, groups: readonly Group[]): ReadonlySet<number> => {
  const written = new Set(graph.program.outputs.map((variable) => graph.views[variable]!.root))
  for (const { equations } of groups) {
    const own = new Set(
      equations.flatMap((e) => graph.program.equations[e]!.outputs.map((_, i) => graph.firsts[e]! + i))
    )
    for (const e of equations)
      for (const operand of graph.program.equations[e]!.operands) {
        const { root } = graph.views[operand]!
        if (!own.has(root)) written.add(root)
      }
  }
  return written
}

/** For each root that can be computed right where an output belongs, that output. */
const claimed = (graph: Graph): ReadonlyMap<number, number> => {
  const claims = new Map<number, number>()
  graph.program.outputs.forEach((variable, output) => {
    const view = graph.views[variable]!
    const isOwn = view.root >= graph.program.inputs.length && !graph.constants.has(view.root)
    const { shape } = graph.slots[variable]!
    if (isOwn && !claims.has(view.root) && isWhole(view, shape) && size(shape) === size(graph.slots[view.root]!.shape))
      claims.set(view.root, output)
  })
  return claims
}

/** The function of a program. */
export const lower = (compilation: Compilation, source: Program): Lowered => {
  const program = flatten(source)
  const graph = graphOf(program)
  const groups = fuse(graph)
  const written = writtenRoots(graph, groups)
  const found: Calls = { calls: [], copies: [] }
  for (const group of groups) {
    const call = callOf(compilation, graph, group, found, (root) => written.has(root))
    found.calls.push(call)
  }
  const outputOf = new Map(claimed(graph))
  program.outputs.forEach((variable, output) => {
    if (outputOf.get(graph.views[variable]!.root) === output) return
    const buffer = graph.slots.length + found.copies.push(graph.slots[variable]!) - 1
    outputOf.set(buffer, output)
    found.calls.push(copyOf(compilation, graph, variable, buffer))
  })
  const { calls, copies } = found
  const slotOf = (buffer: number): Slot => graph.slots[buffer] ?? copies[buffer - graph.slots.length]!
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
  const inputs = program.inputs.length
  const pointers = inputs + program.outputs.length
  const definition = define(
    'program',
    [...Array.from({ length: pointers + 1 }, () => 'i32' as const)],
    [],
    (params): readonly Instruction[] => {
      const frame = params[pointers]!
      const shifted = (base: Instruction<'i32'>, offset: number): Instruction<'i32'> =>
        offset === 0 ? base : i32.add(base, offset)
      const address = (buffer: number, offset: number): Instruction<'i32'> => {
        const constant = graph.constants.get(buffer)
        const output = outputOf.get(buffer)
        if (constant !== undefined) return i32.constant(compilation.place(bufferOf(constant)) + offset)
        if (buffer < inputs) return shifted(params[buffer]!, offset)
        return output === undefined
          ? shifted(frame, plan.offsets.get(buffer)! + offset)
          : shifted(params[inputs + output]!, offset)
      }
      return calls.map(({ kernel, reads, writes }, call) =>
        run(
          kernel.definition,
          ...reads.map(({ buffer, offset }) => address(buffer, offset)),
          ...writes.map((buffer) => address(buffer, 0)),
          ...(kernel.scratch === 0 ? [] : [shifted(frame, plan.scratch[call]!)])
        )
      )
    }
  )
  const operations = calls.reduce((sum, { kernel }) => sum + kernel.operations, 0)
  // a program always takes its frame, even an empty one
  return { program, calls, kernel: { definition, scratch: Math.max(plan.bytes, 1), operations }, slotOf }
}
