/**
 * From a program to the calls of kernels that compute it.
 *
 * @since 0.2.0
 */
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Compilation } from './compilation.ts'
import { contraction } from './contraction.ts'
import type { Inside } from './control/inside.ts'
import type { Kernel } from './kernel.ts'
import { copyKernel } from './movement/index.ts'
import { attach, type Attached } from './passes/attach.ts'
import { epilogueOf } from './passes/epilogue.ts'
import { fuse, type Group } from './passes/fuse.ts'
import type { Graph } from './passes/graph.ts'
import { regionOf } from './passes/region-of.ts'
import { isWhole } from './passes/view.ts'
import { bytesOf } from './quad.ts'
import { regionKernel } from './region/index.ts'
import { kernelFor } from './rules.ts'

// model

/** A place in a buffer, in bytes. */
export interface Place {
  readonly buffer: number
  readonly offset: number
}

/** One call of a kernel. */
export interface Call {
  /** the primitives that it computes */
  readonly name: string
  readonly kernel: Kernel
  readonly reads: readonly Place[]
  readonly writes: readonly number[]
  /** for each write the operands whose place it may take */
  readonly reusable: readonly (readonly number[])[]
}

/** A program as calls. Buffers are its variables, and further numbers for copies. */
export interface Calls {
  readonly calls: readonly Call[]
  /** how many variables the program has */
  readonly variables: number
  readonly slotOf: (buffer: number) => Slot
  /** the output of the program that each buffer is, of those that are one */
  readonly outputOf: ReadonlyMap<number, number>
}

/** What the calls of a program share while they are made. */
interface Making {
  readonly compilation: Compilation
  readonly graph: Graph
  readonly inside: Inside
  /** the roots that leave the group that computes them */
  readonly written: ReadonlySet<number>
  readonly calls: Call[]
  /** what the buffers after the program's variables hold */
  readonly copies: Slot[]
}

const nameOf = (graph: Graph, { equations }: Group): string =>
  equations.map((e) => graph.program.equations[e]!.primitive).join(' ')

// copies

/** Copies a variable into a new buffer. */
const copy = ({ compilation, graph, calls, copies }: Making, variable: number): number => {
  const { root, offset, strides } = graph.views[variable]!
  const { shape, dtype } = graph.slots[variable]!
  const buffer = graph.slots.length + copies.push({ shape, dtype }) - 1
  const kernel = copyKernel(compilation, { dtype, shape, offset, strides })
  calls.push({ name: 'copy', kernel, reads: [{ buffer: root, offset: 0 }], writes: [buffer], reusable: [] })
  return buffer
}

/** The place of a variable's elements in a row; they are copied where they are not in one. */
const inARow =
  (making: Making) =>
  (variable: number): Place => {
    const view = making.graph.views[variable]!
    const { shape, dtype } = making.graph.slots[variable]!
    return isWhole({ ...view, offset: 0 }, shape)
      ? { buffer: view.root, offset: view.offset * bytesOf(dtype) }
      : { buffer: copy(making, variable), offset: 0 }
  }

const wholly = (buffers: readonly number[]): readonly Place[] => buffers.map((buffer) => ({ buffer, offset: 0 }))

// calls

const regionCall = (making: Making, group: Group): Call => {
  const { compilation, graph, written } = making
  const { region, reads, writes, inPlace } = regionOf(graph, group, (root) => written.has(root))
  const folds = region.steps.some(({ kind }) => kind === 'fold')
  return {
    name: nameOf(graph, group),
    kernel: regionKernel(compilation, region),
    reads: wholly(reads),
    writes,
    reusable: folds ? [] : writes.map(() => [...inPlace])
  }
}

/** A matrix product, with the region that ends it. */
const productCall = (making: Making, group: Attached, product: number): Call => {
  const { compilation, graph, written } = making
  const equation = graph.program.equations[product]!
  const root = graph.firsts[product]!
  if (group.product === undefined) {
    const { kernel, reads } = contraction(compilation, graph, equation, inARow(making))
    return { name: nameOf(graph, group), kernel, reads, writes: [root], reusable: [] }
  }
  const { region, reads, writes } = regionOf(graph, group, (variable) => written.has(variable))
  const { dtype } = graph.slots[root]!
  const main = region.writes.findIndex((write) => write.dtype === dtype)
  const epilogue = epilogueOf(region, reads.indexOf(root), main)
  const ended = contraction(compilation, graph, equation, inARow(making), epilogue)
  return {
    name: `matmul ${nameOf(graph, group)}`,
    kernel: ended.kernel,
    reads: [...ended.reads, ...wholly(reads.filter((buffer) => buffer !== root))],
    writes: [writes[main]!, ...writes.filter((_, i) => i !== main)],
    reusable: []
  }
}

const callOf = (making: Making, group: Attached): Call => {
  const { compilation, graph, inside } = making
  const e = group.product ?? group.equations[0]!
  const equation = graph.program.equations[e]!
  if (equation.primitive === 'matmul') return productCall(making, group, e)
  if (group.kind === 'region') return regionCall(making, group)
  const slots = {
    operands: equation.operands.map((variable) => graph.slots[variable]!),
    outputs: equation.outputs
  }
  return {
    name: equation.primitive,
    kernel: kernelFor(compilation, equation, slots, inside),
    reads: equation.operands.map(inARow(making)),
    writes: equation.outputs.map((_, i) => graph.firsts[e]! + i),
    reusable: []
  }
}

/** Whether a group computes no element at all. */
const isEmpty = ({ program }: Graph, { equations }: Group): boolean =>
  equations.every((e) => program.equations[e]!.outputs.every(({ shape }) => size(shape) === 0))

/** The roots that are read by something other than the group that computes them, or leave the program. */
const writtenRoots = (graph: Graph, groups: readonly Group[]): ReadonlySet<number> => {
  const { program, views, firsts } = graph
  const written = new Set(program.outputs.map((variable) => views[variable]!.root))
  for (const { equations } of groups) {
    const own = new Set(equations.flatMap((e) => program.equations[e]!.outputs.map((_, i) => firsts[e]! + i)))
    for (const e of equations)
      for (const operand of program.equations[e]!.operands) {
        const { root } = views[operand]!
        if (!own.has(root)) written.add(root)
      }
  }
  return written
}

/** For each root that can be computed right where an output belongs, that output. */
const claims = ({ program, views, slots, constants }: Graph): Map<number, number> => {
  const found = new Map<number, number>()
  program.outputs.forEach((variable, output) => {
    const view = views[variable]!
    const { shape } = slots[variable]!
    const isOwn = view.root >= program.inputs.length && !constants.has(view.root) && !found.has(view.root)
    if (isOwn && isWhole(view, shape) && size(shape) === size(slots[view.root]!.shape)) found.set(view.root, output)
  })
  return found
}

/** The calls of a program; `inside` makes the kernels of the programs in it. */
export const callsOf = (compilation: Compilation, graph: Graph, inside: Inside): Calls => {
  const fused = fuse(graph)
  const written = writtenRoots(graph, fused)
  const making: Making = { compilation, graph, inside, written, calls: [], copies: [] }
  for (const group of attach(graph, fused, written))
    if (!isEmpty(graph, group)) making.calls.push(callOf(making, group))
  const outputOf = claims(graph)
  graph.program.outputs.forEach((variable, output) => {
    if (outputOf.get(graph.views[variable]!.root) !== output) outputOf.set(copy(making, variable), output)
  })
  return {
    calls: making.calls,
    variables: graph.slots.length,
    slotOf: (buffer) => graph.slots[buffer] ?? making.copies[buffer - graph.slots.length]!,
    outputOf
  }
}
