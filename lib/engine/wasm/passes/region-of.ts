/**
 * From a group of equations to the region that computes it.
 *
 * @since 0.1.0
 */
import { bufferOf } from '../../../tensor/internal.ts'
import { size, type Sizes } from '../../../shape/index.ts'
import type { Fold, Region, RegionStep, RegionWrite } from '../region/region.ts'
import { chosenTwice } from './choice.ts'
import type { Group } from './fuse.ts'
import { walkedAxes, type Graph } from './graph.ts'
import { rowMajor, type View } from './view.ts'

// model

/** A region and the roots whose buffers are its pointers, in order. */
export interface BoundRegion {
  readonly region: Region
  readonly reads: readonly number[]
  readonly writes: readonly number[]
  /** the roots that are read only where the region stands, at each place that one element, and to their end */
  readonly inPlace: ReadonlySet<number>
}

// constructors

/** The one number that a view of a constant is. */
const uniform = ({ constants }: Graph, { root, offset, strides }: View, shape: Sizes): number | undefined => {
  const tensor = constants.get(root)
  if (tensor === undefined || strides.some((stride, axis) => stride !== 0 && shape[axis] !== 1)) return undefined
  return bufferOf(tensor)[offset]
}

/** The region of a group; `isWritten` tells which roots leave it. */
export const regionOf = (graph: Graph, group: Group, isWritten: (root: number) => boolean): BoundRegion => {
  const { program, slots, views, firsts } = graph
  const steps: RegionStep[] = []
  const reads: number[] = []
  const writes: number[] = []
  const values = new Map<string, number>()
  const produced = new Map<number, number>()
  const walks = new Map<number, boolean>()
  let count = 0
  const makers = new Map<number, RegionStep>()
  const add = (step: RegionStep, outputs = 1): number => {
    steps.push(step)
    makers.set(count, step)
    count += outputs
    return count - outputs
  }
  const pending: Omit<RegionWrite, 'pointer'>[] = []
  const pointerOf = (root: number): number => {
    const known = reads.indexOf(root)
    return known >= 0 ? known : reads.push(root) - 1
  }
  /** The value of an operand that the group does not compute. */
  const read = (variable: number, axes: Sizes, isFolded: boolean): number => {
    const view = views[variable]!
    const { shape, dtype } = slots[variable]!
    const walked = axes.map((axis) => (shape[axis] === 1 ? 0 : view.strides[axis]!))
    const strides = isFolded ? repeated(walked, group) : walked
    const value = uniform(graph, view, shape)
    const key = value === undefined ? `${view.root} ${view.offset} ${strides.join()}` : `${dtype} ${bitsOf(value)}`
    const known = values.get(key)
    if (known !== undefined) return known
    const made =
      value === undefined
        ? add({ kind: 'read', pointer: pointerOf(view.root), dtype, offset: view.offset, strides })
        : add({ kind: 'constant', dtype, value })
    values.set(key, made)
    if (value === undefined) {
      const own = rowMajor(group.space)
      const isAll = size(slots[view.root]!.shape) === size(group.space)
      const here =
        isAll && view.offset === 0 && strides.every((stride, axis) => stride === own[axis] || group.space[axis] === 1)
      walks.set(view.root, here && (walks.get(view.root) ?? true))
    }
    return made
  }
  const valueOf = (variable: number, axes: Sizes, isFolded: boolean): number =>
    produced.get(views[variable]!.root) ?? read(variable, axes, isFolded)
  /** Whether an equation works on the axes that are left. */
  const worksFolded = (axes: Sizes): boolean => axes.length !== group.space.length
  for (const e of group.equations) {
    const equation = program.equations[e]!
    const { primitive, parameters, operands, outputs } = equation
    const first = firsts[e]!
    const folds = graph.kindOf(e) === 'fold'
    const { shape } = folds || primitive === 'reshape' ? slots[operands[0]!]! : outputs[0]!
    const folded = folds ? (parameters as { readonly axes: Sizes }).axes : []
    const axes = walkedAxes(shape, folded)
    const given = operands.map((operand) => valueOf(operand, axes, worksFolded(axes)))
    const chosen = primitive === 'select' ? chosenTwice((id) => makers.get(id), given) : undefined
    const value =
      primitive === 'reshape'
        ? given[0]!
        : chosen !== undefined
          ? chosen
          : folds
            ? // the kind says that the primitive folds
              add({
                kind: 'fold',
                fold: primitive as Fold,
                operand: given[0]!,
                axes: group.folded,
                dtype: outputs[0]!.dtype
              })
            : add(
                {
                  kind: 'apply',
                  primitive,
                  parameters,
                  operands: given,
                  operandTypes: operands.map((operand) => slots[operand]!.dtype),
                  outputs: outputs.map(({ dtype }) => dtype)
                },
                outputs.length
              )
    outputs.forEach(({ dtype }, i) => {
      produced.set(first + i, value + i)
      if (!isWritten(first + i)) return
      pending.push({ value: value + i, dtype, folded: folds || worksFolded(axes) })
      writes.push(first + i)
    })
  }
  return {
    region: {
      space: group.space,
      steps,
      writes: pending.map((write, i) => ({ ...write, pointer: reads.length + i })),
      pointers: reads.length + writes.length
    },
    reads,
    writes,
    inPlace: new Set([...walks].flatMap(([root, here]) => (here ? [root] : [])))
  }
}

/** Strides over the kept axes as strides over the space. */
const repeated = (strides: Sizes, { space, folded }: Group): Sizes => {
  let next = 0
  return space.map((_, axis) => (folded.includes(axis) ? 0 : strides[next++]!))
}

/** A number as text, −0 unlike 0. */
const bitsOf = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))
