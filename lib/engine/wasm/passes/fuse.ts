/**
 * Fusion: which equations become one kernel.
 *
 * Equations are taken from the last to the first. One joins the first kernel that reads it, if that walks over the same
 * elements; what others read of it is written besides. So a chain ends in its last reader, and no kernel ever waits for a
 * later one. A fold joins a kernel that reads its result along the folded axes, which makes softmax over rows one kernel.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../../shape/index.ts'
import { sameSizes, walkedAxes, type Graph } from './graph.ts'
import { rowMajor, type View } from './view.ts'

// model

/** Equations that are computed together, in order. */
export interface Group {
  readonly kind: 'region' | 'kernel'
  /** what a region walks over; empty for kernels */
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

/** A read of a root by a group: where it is found, over the axes that the reader walks. */
interface Reading {
  readonly group: number
  readonly offset: number
  readonly strides: Sizes
  /** what the reader walks over: the space of its group, or the axes that are kept */
  readonly walk: Sizes
}

/** Regions of more steps are not grown: their values would not stay in registers. */
const mostSteps = 160

/** Rows of more elements are not walked twice. */
const longestRow = 8192

// spaces

/** The axes of a space that are not folded. */
const keptSpace = ({ space, folded }: Pick<Group, 'space' | 'folded'>): Sizes =>
  space.filter((_, axis) => !folded.includes(axis))

/** What an equation walks over, and which axes of that it folds. */
const walkOf = (graph: Graph, e: number): Pick<Growing, 'space' | 'folded'> => {
  const equation = graph.program.equations[e]!
  const folds = graph.kindOf(e) === 'fold'
  // a copy for the sake of a reshape walks over what it copies
  const ofOperand = folds || equation.primitive === 'reshape'
  const { shape } = ofOperand ? graph.slots[equation.operands[0]!]! : equation.outputs[0]!
  // a fold has axes
  const axes = folds ? (equation.parameters as { readonly axes: Sizes }).axes : []
  const walked = walkedAxes(shape, axes)
  return {
    space: walked.map((axis) => shape[axis]!),
    folded: walked.flatMap((axis, i) => (axes.includes(axis) ? [i] : []))
  }
}

/** A view over the axes that a reader walks. */
const readingOf = (group: number, { offset, strides }: View, shape: Sizes, axes: Sizes): Reading => ({
  group,
  offset,
  strides: axes.map((axis) => (shape[axis] === 1 ? 0 : strides[axis]!)),
  walk: axes.map((axis) => shape[axis]!)
})

const sameWalk = (strides: Sizes, own: Sizes, walk: Sizes): boolean =>
  walk.every((length, axis) => length === 1 || strides[axis] === own[axis])

/** Whether a reader walks over a root as it is. */
const isDirect = ({ offset, strides, walk }: Reading, space: Sizes): boolean =>
  offset === 0 && sameSizes(walk, space) && sameWalk(strides, rowMajor(space), space)

/** Whether a reader sees a root repeated along the folded axes, or walks over the kept axes only. */
const isFolded = (reading: Reading, { space, folded }: Pick<Group, 'space' | 'folded'>): boolean => {
  const kept = keptSpace({ space, folded })
  if (isDirect(reading, kept)) return true
  const own = rowMajor(kept)
  let next = 0
  const strides = space.map((_, axis) => (folded.includes(axis) ? 0 : own[next++]!))
  return reading.offset === 0 && sameSizes(reading.walk, space) && sameWalk(reading.strides, strides, space)
}

/** Whether folded axes are the last ones, and rows along them are short enough to be walked again. */
const isRows = ({ space, folded }: Pick<Group, 'space' | 'folded'>): boolean =>
  folded.every((axis, i) => axis === space.length - folded.length + i) &&
  size(folded.map((axis) => space[axis]!)) <= longestRow

// pass

/** The groups of a program, in the order in which they run. */
export const fuse = (graph: Graph): readonly Group[] => {
  const { program, views, firsts, slots } = graph
  // in reverse order: a group with a greater number runs earlier
  const groups: Growing[] = []
  const readings = new Map<number, Reading[]>()
  const kept = new Set(program.outputs.map((variable) => views[variable]!.root))
  const read = (group: number, variable: number, folds: Sizes): void => {
    const view = views[variable]!
    const { shape } = slots[variable]!
    const list = readings.get(view.root)
    const reading = readingOf(group, view, shape, walkedAxes(shape, folds))
    if (list === undefined) readings.set(view.root, [reading])
    else list.push(reading)
  }
  const readersOf = (e: number): readonly Reading[] =>
    program.equations[e]!.outputs.flatMap((_, i) => readings.get(firsts[e]! + i) ?? [])
  /** The group that an equation may join, or −1; a group may learn from it which axes are folded. */
  const hostOf = (e: number): number => {
    const readers = readersOf(e)
    const first = readers.reduce((greatest, { group }) => Math.max(greatest, group), -1)
    const host = groups[first]
    if (host?.kind !== 'region' || host.equations.length >= mostSteps) return -1
    const own = readers.filter(({ group }) => group === first)
    const { space, folded } = walkOf(graph, e)
    const folds = graph.kindOf(e) === 'fold'
    if (!folds && sameSizes(space, host.space)) return own.every((reading) => isDirect(reading, space)) ? first : -1
    const roles = folds ? { space, folded } : host
    // also one over no axes, which has to stay one
    const isFolding = host.equations.some((other) => graph.kindOf(other) === 'fold')
    const ends =
      folds &&
      !isFolding &&
      sameSizes(host.space, keptSpace(roles)) &&
      own.every((reading) => isDirect(reading, host.space))
    if (ends) {
      // what worked on the results of the fold becomes its last step
      host.space = space
      host.folded = folded
      return first
    }
    const fits =
      (folds ? sameSizes(space, host.space) : host.folded.length > 0 && sameSizes(space, keptSpace(host))) &&
      (!folds || !isFolding || sameSizes(folded, host.folded)) &&
      (!folds || isRows(roles)) &&
      own.every((reading) => isFolded(reading, roles))
    if (!fits) return -1
    host.folded = roles.folded
    return first
  }
  for (let e = program.equations.length - 1; e >= 0; e -= 1) {
    const kind = graph.kindOf(e)
    if (kind === 'view' || kind === 'constant') continue
    const { primitive, parameters, operands, outputs } = program.equations[e]!
    const isKept = outputs.some((_, i) => kept.has(firsts[e]! + i))
    if (!isKept && readersOf(e).length === 0) continue
    const host = kind === 'kernel' || primitive === 'reshape' ? -1 : hostOf(e)
    if (host >= 0) groups[host]!.equations.push(e)
    else if (kind === 'kernel') groups.push({ kind: 'kernel', space: [], folded: [], equations: [e] })
    else groups.push({ kind: 'region', ...walkOf(graph, e), equations: [e] })
    const folds = kind === 'fold' ? (parameters as { readonly axes: Sizes }).axes : []
    for (const operand of operands) read(host >= 0 ? host : groups.length - 1, operand, folds)
  }
  return groups.toReversed().map(({ kind, space, folded, equations }) => ({
    kind,
    space,
    folded,
    equations: equations.toReversed()
  }))
}
