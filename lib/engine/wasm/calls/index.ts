/**
 * From a program to the calls of kernels that compute it.
 *
 * @since 0.1.0
 */
import type { Equation } from '../../../expr/internal.ts'
import { size } from '../../../shape/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Inside } from '../control/inside.ts'
import { attach, type Attached } from '../passes/attach.ts'
import { fuse, type Group } from '../passes/fuse.ts'
import type { Graph } from '../passes/graph.ts'
import { packedRoots, type Packing } from '../passes/layout.ts'
import { regionOf } from '../passes/region-of.ts'
import { claims, writtenRoots } from '../passes/roots.ts'
import { regionKernel } from '../region/index.ts'
import { kernelFor } from '../rules.ts'
import { splitKernel } from '../threads/split-kernel.ts'
import { splitRegion } from '../threads/split-region.ts'
import { nameOf, wholly, type Call, type Calls, type Making, type Slots } from './call.ts'
import { copy, inARow } from './copies.ts'
import { convolutionCall, productCall } from './ended.ts'

export type { Call, Calls, Place } from './call.ts'

const regionCall = (making: Making, group: Group): Call => {
  const { compilation, graph, written } = making
  const { region, reads, writes, inPlace } = regionOf(graph, group, (root) => written.has(root))
  const folds = region.steps.some(({ kind }) => kind === 'fold')
  return {
    name: nameOf(graph, group),
    kernel: regionKernel(compilation, region),
    reads: wholly(reads),
    writes,
    // folds walk more than once over what they read
    reusable: folds ? [] : writes.map(() => [...inPlace]),
    split: () => splitRegion(compilation, region)
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
