/**
 * From a program to the calls of kernels that compute it.
 *
 * @since 0.1.0
 */
import type { Equation } from '../../expr/internal.ts'
import { size } from '../../shape/index.ts'
import type { Slot } from '../../tensor/index.ts'
import type { Compilation } from './compilation.ts'
import { contraction } from './contraction.ts'
import type { Inside } from './control/inside.ts'
import { endedConvolution } from './convolution/index.ts'
import { splitEnded } from './convolution/split.ts'
import type { Kernel, Task } from './kernel.ts'
import { copyKernel } from './movement/index.ts'
import { matmulKernel } from './matmul/kernel.ts'
import { packKernel } from './matmul/layout.ts'
import { turnKernel } from './matmul/turn.ts'
import type { Epilogue, Product } from './matmul/product.ts'
import { attach, type Attached } from './passes/attach.ts'
import { endingOf, type Ending } from './passes/epilogue.ts'
import { fuse, type Group } from './passes/fuse.ts'
import type { Graph } from './passes/graph.ts'
import { packedRoots, type Packing } from './passes/layout.ts'
import { isTurned } from './passes/panel-uses.ts'
import { regionOf } from './passes/region-of.ts'
import { claims, writtenRoots } from './passes/roots.ts'
import { isWhole } from './passes/view.ts'
import { bytesOf } from './quad.ts'
import { regionKernel, type Region } from './region/index.ts'
import { kernelFor } from './rules.ts'
import { splitCopy, splitKernel } from './threads/split-kernel.ts'
import { splitProduct } from './threads/split-product.ts'
import { splitRegion } from './threads/split-region.ts'
import type { Splitting } from './threads/split.ts'

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
  /** how threads may share it */
  readonly split: () => Splitting | undefined
}

/** A program as calls. Buffers are its variables, and further numbers for copies. */
export interface Calls {
  readonly calls: readonly Call[]
  /** how many variables the program has */
  readonly variables: number
  readonly slotOf: (buffer: number) => Slot
  /** the output of the program that each buffer is, of those that are one */
  readonly outputOf: ReadonlyMap<number, number>
  /** the buffers that hold panels of a matrix */
  readonly packed: ReadonlySet<number>
}

/** What the calls of a program share while they are made. */
interface Making {
  readonly compilation: Compilation
  readonly graph: Graph
  readonly inside: Inside
  /** whether a buffer is the same in all calls of the program */
  readonly isFixed: (buffer: number) => boolean
  /** the roots that are panels in memory */
  readonly packed: ReadonlySet<number>
  /** other panels of matrices, by variable */
  readonly panels: Map<number, number>
  /** the roots that leave the group that computes them */
  readonly written: ReadonlySet<number>
  readonly calls: Call[]
  /** what the buffers after the program's variables hold */
  readonly copies: Slot[]
}

type Slots = Pick<Task<unknown>, 'operands' | 'outputs'>

const nameOf = (graph: Graph, { equations }: Group): string =>
  equations.map((e) => graph.program.equations[e]!.primitive).join(' ')

// copies

/** Copies a variable into a new buffer. */
const copy = ({ compilation, graph, calls, copies }: Making, variable: number): number => {
  const { root, offset, strides } = graph.views[variable]!
  const { shape, dtype } = graph.slots[variable]!
  const buffer = graph.slots.length + copies.push({ shape, dtype }) - 1
  const view = { dtype, shape, offset, strides }
  const kernel = copyKernel(compilation, view)
  calls.push({
    name: 'copy',
    kernel,
    reads: [{ buffer: root, offset: 0 }],
    writes: [buffer],
    reusable: [],
    split: () => splitCopy(view, size(graph.slots[root]!.shape), (part) => copyKernel(compilation, part))
  })
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

/** Matrices of fewer columns are not packed. */
const leastColumns = 8

/** The panels of a matrix, or of the transpose of one, that is panels in memory. */
const ofPanels = ({ compilation, graph, calls, copies, panels }: Making, variable: number): Place => {
  const { root } = graph.views[variable]!
  if (!isTurned(graph, variable)) return { buffer: root, offset: 0 }
  const buffer = panels.get(variable) ?? graph.slots.length + copies.push(graph.slots[root]!) - 1
  if (!panels.has(variable)) {
    const [rows, columns] = graph.slots[root]!.shape
    const kernel = turnKernel(compilation, { dtype: 'f32', rows: rows!, columns: columns! })
    const reads = wholly([root])
    calls.push({ name: 'turn', kernel, reads, writes: [buffer], reusable: [], split: () => undefined })
    panels.set(variable, buffer)
  }
  return { buffer, offset: 0 }
}

/**
 * The panels of a matrix that is panels in memory, or that never changes: then it is packed once, where the loop begins,
 * instead of in each product.
 */
const inPanels =
  (making: Making) =>
  (variable: number): Place | undefined => {
    const { compilation, graph, calls, copies, panels } = making
    if (making.packed.has(graph.views[variable]!.root)) return ofPanels(making, variable)
    const { shape, dtype } = graph.slots[variable]!
    const [rows, columns, ...more] = shape
    if (!making.isFixed(graph.views[variable]!.root) || more.length > 0 || columns! < leastColumns || dtype === 'bool')
      return undefined
    const known = panels.get(variable)
    if (known !== undefined) return { buffer: known, offset: 0 }
    const from = inARow(making)(variable)
    const buffer = graph.slots.length + copies.push({ shape, dtype }) - 1
    const kernel = packKernel(compilation, { dtype, rows: rows!, columns: columns! })
    calls.push({ name: 'pack', kernel, reads: [from], writes: [buffer], reusable: [], split: () => undefined })
    panels.set(variable, buffer)
    return { buffer, offset: 0 }
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
    reusable: folds ? [] : writes.map(() => [...inPlace]),
    split: () => splitRegion(compilation, region)
  }
}

/** How the region of a group ends the product, or convolution, that is a root. */
const endOf = ({ graph, written }: Making, group: Group, root: number): Ending =>
  endingOf(
    regionOf(graph, group, (variable) => written.has(variable)),
    root,
    graph.slots[root]!.dtype
  )

/** A matrix product, with the region that ends it. */
const productCall = (making: Making, group: Attached, product: number): Call => {
  const { compilation, graph } = making
  const equation = graph.program.equations[product]!
  const root = graph.firsts[product]!
  const output = making.packed.has(root) ? 'panels' : 'rows'
  const make = (part: Product, epilogue?: Epilogue): Kernel =>
    matmulKernel(compilation, part, epilogue === undefined ? {} : { epilogue })
  if (group.product === undefined) {
    const {
      kernel,
      reads,
      product: whole
    } = contraction(compilation, graph, equation, inARow(making), inPanels(making), output)
    return {
      name: nameOf(graph, group),
      kernel,
      reads,
      writes: [root],
      reusable: [],
      split: () => splitProduct(whole, make)
    }
  }
  const ending = endOf(making, group, root)
  const epilogue = ending.epilogue(ending.region)
  const ended = contraction(compilation, graph, equation, inARow(making), inPanels(making), output, epilogue)
  return {
    name: `matmul ${nameOf(graph, group)}`,
    kernel: ended.kernel,
    reads: [...ended.reads, ...wholly(ending.reads)],
    writes: ending.writes,
    reusable: [],
    split: () => splitProduct(ended.product, make, ending)
  }
}

/** A convolution, or its gradient by the image, with the region that ends it. */
const convolutionCall = (making: Making, group: Attached, convolution: number, slots: Slots): Call => {
  const { compilation, graph } = making
  const equation = graph.program.equations[convolution]!
  const ending = endOf(making, group, graph.firsts[convolution]!)
  const make = (part: Slots, region: Region): Kernel =>
    endedConvolution(compilation, equation, part, ending.epilogue(region))
  return {
    name: `${equation.primitive} ${nameOf(graph, group)}`,
    kernel: make(slots, ending.region),
    reads: [...equation.operands.map(inARow(making)), ...wholly(ending.reads)],
    writes: ending.writes,
    reusable: [],
    split: () => splitEnded(ending, (region) => splitKernel(equation, slots, (part) => make(part, region)))
  }
}

const callOf = (making: Making, group: Attached): Call => {
  const { compilation, graph, inside } = making
  const e = group.product ?? group.equations[0]!
  const equation = graph.program.equations[e]!
  if (equation.primitive === 'matmul') return productCall(making, group, e)
  const slots: Slots = {
    operands: equation.operands.map((variable) => graph.slots[variable]!),
    outputs: equation.outputs
  }
  if (group.product !== undefined) return convolutionCall(making, group, e, slots)
  if (group.kind === 'region') return regionCall(making, group)
  return {
    name: equation.primitive,
    kernel: kernelFor(compilation, equation, slots, inside),
    reads: equation.operands.map(inARow(making)),
    writes: equation.outputs.map((_, i) => graph.firsts[e]! + i),
    reusable: [],
    split: () =>
      splitKernel(equation, slots, (part, parameters) =>
        // the parameters of a part are those of the primitive
        kernelFor(compilation, { ...equation, parameters } as Equation, part, inside)
      )
  }
}

/** Whether a group computes no element at all. */
const isEmpty = ({ program }: Graph, { equations }: Group): boolean =>
  equations.every((e) => program.equations[e]!.outputs.every(({ shape }) => size(shape) === 0))

/**
 * The calls of a program; `inside` makes the kernels of the programs in it, `isFixed` is as for `Making`, `packing` lets
 * matrices be panels.
 */
export const callsOf = (
  compilation: Compilation,
  graph: Graph,
  inside: Inside,
  isFixed: (buffer: number) => boolean,
  packing?: Packing
): Calls => {
  const fused = fuse(graph)
  const written = writtenRoots(graph, fused)
  const groups = attach(graph, fused, written)
  const outputOf = claims(graph)
  const packed = packing === undefined ? new Set<number>() : packedRoots({ graph, groups, written, outputOf }, packing)
  const making: Making = {
    compilation,
    graph,
    inside,
    isFixed,
    packed,
    panels: new Map(),
    written,
    calls: [],
    copies: []
  }
  for (const group of groups) if (!isEmpty(graph, group)) making.calls.push(callOf(making, group))
  graph.program.outputs.forEach((variable, output) => {
    if (outputOf.get(graph.views[variable]!.root) !== output) outputOf.set(copy(making, variable), output)
  })
  return {
    calls: making.calls,
    variables: graph.slots.length,
    slotOf: (buffer) => graph.slots[buffer] ?? making.copies[buffer - graph.slots.length]!,
    outputOf,
    packed
  }
}
