/**
 * Layouts: which matrices of an iteration are kept in panels from step to step.
 *
 * A weight is multiplied by in every step, packed or read in strides each time. What is fed back to itself may as well
 * stay in panels: whoever works on it element by element walks over it, and over what goes with it, from one end to the
 * other, whatever the order. So matrices that meet in such a walk, or are fed back into each other, have one layout:
 * panels if everybody understands them, which are products that read them from the right, products that write them, and
 * the least or greatest of all elements.
 *
 * @since 0.1.0
 */
import { outputSlots, type Equation, type Program } from '../../../expr/internal.ts'
import { size } from '../../../shape/index.ts'
import { sameSlot } from '../../../tensor/index.ts'
import type { Feedback } from '../../engine.ts'
import { panelWidth } from '../matmul/panels.ts'
import type { Attached } from './attach.ts'
import { isDirect, sameSizes, walkedAxes, type Graph } from './graph.ts'
import { cyclesSaved, multipliesFromTheRight } from './panel-uses.ts'
import { jointSets, type JointSets } from './sets.ts'
import { rowMajor } from './view.ts'

// model

/** What layouts are chosen by. */
export interface Packing {
  /** what is fed back; nobody sees it as it is in memory */
  readonly feedback: readonly Feedback[]
  /** whether it pays that matrices of so many elements are panels, if that saves so many cycles in each step */
  readonly isWorth: (elements: number, saved: number) => boolean
}

/** What layouts are chosen for: groups, the roots that leave them, and the roots that are computed where outputs belong. */
interface Task {
  readonly graph: Graph
  readonly groups: readonly Attached[]
  readonly written: ReadonlySet<number>
  readonly outputOf: ReadonlyMap<number, number>
}

// legality

/** Whether the panels of a matrix are those of the products' kernels, and it has any. */
const isMatrix = ({ slots, constants }: Graph, root: number): boolean => {
  const { shape, dtype } = slots[root]!
  const [rows, columns, ...more] = shape
  return dtype === 'f32' && more.length === 0 && rows! > 1 && columns! >= panelWidth('f32') && !constants.has(root)
}

/** Whether the order in which a region folds all elements makes no difference. */
const isOrderless = ({ primitive, outputs }: Equation, { space, folded }: Attached): boolean =>
  (primitive === 'reduceMin' || primitive === 'reduceMax') &&
  folded.length === space.length &&
  outputs.every(({ dtype }) => dtype !== 'f32' && dtype !== 'f64')

/** Joins what a region walks over as it is with the number of the region, and forbids what it reads in other ways. */
const joinRegion = ({ graph, written }: Task, group: Attached, number: number, sets: JointSets): void => {
  const { program, views, slots, firsts } = graph
  const own = new Set(group.equations.flatMap((e) => program.equations[e]!.outputs.map((_, i) => firsts[e]! + i)))
  /** `isWalked` says that the region takes one element of the root after the other. */
  const joinOrForbid = (root: number, isWhole: boolean, isWalked: boolean): void => {
    if (isWhole && sameSizes(slots[root]!.shape, group.space)) sets.join(root, number)
    else if (size(slots[root]!.shape) !== 1) {
      sets.forbid(root)
      // the epilogue of a product knows rows and columns
      if (isWalked || group.product === undefined) sets.forbid(number)
    }
  }
  for (const e of group.equations) {
    const equation = graph.program.equations[e]!
    if (equation.primitive === 'reshape' || (graph.kindOf(e) === 'fold' && !isOrderless(equation, group)))
      sets.forbid(number)
    for (const operand of equation.operands) {
      const { root, strides } = views[operand]!
      const walked = walkedAxes(slots[operand]!.shape).map((axis) => strides[axis]!)
      if (!own.has(root)) joinOrForbid(root, isDirect(graph, operand), sameSizes(walked, rowMajor(group.space)))
    }
    equation.outputs.forEach((_, i) => {
      if (written.has(firsts[e]! + i)) joinOrForbid(firsts[e]! + i, true, true)
    })
  }
}

/** A product, on whose right side panels may be; with the number of the region that ends it. */
const joinProduct = ({ graph }: Task, product: number, ending: number | undefined, sets: JointSets): void => {
  const { program, views, firsts } = graph
  const [a, b] = program.equations[product]!.operands
  sets.forbid(views[a!]!.root)
  if (!multipliesFromTheRight(graph, b!)) sets.forbid(views[b!]!.root)
  if (ending !== undefined) sets.join(firsts[product]!, ending)
}

/** What is fed back goes together; what else leaves or enters the program is in rows. */
const joinFeedback = ({ graph, outputOf }: Task, feedback: readonly Feedback[], sets: JointSets): void => {
  const { program, views } = graph
  const fed = new Map(feedback.map(({ output, input }) => [output, input]))
  const entering = new Set(fed.values())
  program.inputs.forEach((_, input) => {
    if (!entering.has(input)) sets.forbid(input)
  })
  program.outputs.forEach((variable, output) => {
    const { root } = views[variable]!
    const input = fed.get(output)
    if (input !== undefined) sets.join(root, input)
    if (input === undefined || outputOf.get(root) !== output) sets.forbid(root)
  })
}

// pass

/** The roots that are panels in memory; all of them are matrices of f32. */
export const packedRoots = (task: Task, { feedback, isWorth }: Packing): ReadonlySet<number> => {
  const { graph, groups } = task
  const { program, slots, views, firsts } = graph
  const sets = jointSets(slots.length + groups.length)
  slots.forEach((_, variable) => {
    if (!isMatrix(graph, variable)) sets.forbid(variable)
  })
  joinFeedback(task, feedback, sets)
  const products: number[] = []
  groups.forEach((group, i) => {
    const number = slots.length + i
    const e = group.product ?? group.equations[0]!
    const { primitive, operands, outputs } = program.equations[e]!
    const isRegion = group.kind === 'region'
    if (isRegion) joinRegion(task, group, number, sets)
    if (primitive === 'matmul') {
      joinProduct(task, e, isRegion ? number : undefined, sets)
      products.push(e)
    } else if (!isRegion || group.product !== undefined) {
      for (const operand of operands) sets.forbid(views[operand]!.root)
      outputs.forEach((_, output) => {
        sets.forbid(firsts[e]! + output)
      })
      if (isRegion) sets.forbid(number)
    }
  })
  const saved = new Map<number, number>()
  const save = (root: number, cycles: number): void => {
    if (!sets.isForbidden(root)) saved.set(sets.find(root), (saved.get(sets.find(root)) ?? 0) + cycles)
  }
  for (const product of products) {
    const { right, output } = cyclesSaved(graph, program.equations[product]!)
    save(views[program.equations[product]!.operands[1]!]!.root, right)
    save(firsts[product]!, output)
  }
  return new Set(
    slots.flatMap(({ shape }, variable) => {
      const cycles = saved.get(sets.find(variable))
      return cycles !== undefined && !sets.isForbidden(variable) && isWorth(size(shape), cycles) ? [variable] : []
    })
  )
}

// choice

/** Matrices of fewer elements stay in the first caches, where reading them in strides costs nothing. */
const leastElements = 32768

/**
 * The part of a cycle that each step has to save for each element: a start and a look cost dozens of cycles, which less
 * than this does not bring in again in a thousand steps.
 */
const leastSaved = 1 / 16

/** Panels wherever they save enough time. */
export const worthwhile = (elements: number, saved: number): boolean =>
  elements >= leastElements && saved >= leastSaved * elements

/** Whether an iteration of a program may have anything to keep in panels: a large matrix of which it makes another. */
export const mayPack = (program: Program): boolean =>
  program.equations.some(({ primitive }) => primitive === 'matmul') &&
  program.inputs.some(
    (slot) =>
      slot.dtype === 'f32' &&
      slot.shape.length === 2 &&
      size(slot.shape) >= leastElements &&
      outputSlots(program).some((output) => sameSlot(output, slot))
  )
