/**
 * Fusion: which equations become one kernel.
 *
 * Equations are taken from the last to the first. One that works element by element joins the first kernel that reads
 * it, if that walks over the same elements; what others read of it is written besides. So a chain ends in its last
 * reader, and no kernel ever waits for a later one.
 *
 * @since 0.2.0
 */
import type { Sizes } from '../../../shape/index.ts'
import { isDirect, longAxes, sameSizes, type Graph } from './graph.ts'

// model

/** Equations that are computed together, in order. */
export interface Group {
  readonly kind: 'region' | 'kernel'
  /** the axes that a region walks over; empty for kernels */
  readonly space: Sizes
  /** the folded axes of the space */
  readonly folded: Sizes
  /** numbers of equations, ascending */
  readonly equations: readonly number[]
}

interface Growing {
  kind: Group['kind']
  space: Sizes
  folded: Sizes
  equations: number[]
}

/** A read of a root by a group; direct if it walks over the root as it is. */
interface Reading {
  readonly group: number
  readonly direct: boolean
}

/** Regions of more steps are not grown: their values would not stay in registers. */
const greatest = 160

// pass

/** The space of a region around an equation: axes of length 1 are left out unless they are folded. */
const spaceOf = (graph: Graph, e: number): Pick<Growing, 'space' | 'folded'> => {
  const equation = graph.program.equations[e]!
  const folds = graph.kindOf(e) === 'fold'
  // a copy for the sake of a reshape walks over what it copies
  const ofOperand = folds || equation.primitive === 'reshape'
  const { shape } = ofOperand ? graph.slots[equation.operands[0]!]! : equation.outputs[0]!
  // a fold has axes
  const axes = folds ? (equation.parameters as { readonly axes: Sizes }).axes : []
  const long = longAxes(shape, axes)
  return {
    space: long.map((axis) => shape[axis]!),
    folded: long.flatMap((axis, i) => (axes.includes(axis) ? [i] : []))
  }
}

/** The groups of a program, in the order in which they run. */
export const fuse = (graph: Graph): readonly Group[] => {
  const { program, views, firsts } = graph
  // in reverse order: a group with a greater number runs earlier
  const groups: Growing[] = []
  const readings = new Map<number, Reading[]>()
  const kept = new Set(program.outputs.map((variable) => views[variable]!.root))
  const read = (group: number, variable: number): void => {
    const { root } = views[variable]!
    const direct = isDirect(graph, variable)
    const list = readings.get(root)
    if (list === undefined) readings.set(root, [{ group, direct }])
    else list.push({ group, direct })
  }
  const readersOf = (e: number): readonly Reading[] =>
    program.equations[e]!.outputs.flatMap((_, i) => readings.get(firsts[e]! + i) ?? [])
  /** The group that an equation may join, or −1. */
  const hostOf = (e: number, space: Sizes): number => {
    const readers = readersOf(e)
    const first = readers.reduce((greatest, { group }) => Math.max(greatest, group), -1)
    const host = groups[first]
    return host?.kind === 'region' &&
      host.equations.length < greatest &&
      sameSizes(host.space, space) &&
      readers.every(({ group, direct }) => group !== first || direct)
      ? first
      : -1
  }
  for (let e = program.equations.length - 1; e >= 0; e -= 1) {
    const kind = graph.kindOf(e)
    if (kind === 'view' || kind === 'constant') continue
    const { primitive, operands, outputs } = program.equations[e]!
    const isKept = outputs.some((_, i) => kept.has(firsts[e]! + i))
    if (!isKept && readersOf(e).length === 0) continue
    const { space, folded } = kind === 'kernel' ? { space: [], folded: [] } : spaceOf(graph, e)
    const host = kind === 'element' && primitive !== 'reshape' ? hostOf(e, space) : -1
    if (host >= 0) groups[host]!.equations.push(e)
    else groups.push({ kind: kind === 'kernel' ? 'kernel' : 'region', space, folded, equations: [e] })
    for (const operand of operands) read(host >= 0 ? host : groups.length - 1, operand)
  }
  return groups.toReversed().map(({ kind, space, folded, equations }) => ({
    kind,
    space,
    folded,
    equations: equations.toReversed()
  }))
}
