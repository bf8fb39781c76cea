/**
 * A program prepared for the passes: slots, views and producers of all variables.
 *
 * @since 0.1.0
 */
import { variableSlots, type Equation, type Program } from '../../../expr/internal.ts'
import type { Sizes } from '../../../shape/index.ts'
import type { AnyTensor, Slot } from '../../../tensor/index.ts'
import { allocate, fromBuffer } from '../../../tensor/internal.ts'
import { kinds, type Kind } from './kind.ts'
import { isWhole, viewsOf, type View } from './view.ts'

// model

export interface Graph {
  readonly program: Program
  /** shape and type of every variable */
  readonly slots: readonly Slot[]
  /** where the elements of every variable are; the root of a view has a buffer */
  readonly views: readonly View[]
  /** the first output variable of each equation */
  readonly firsts: readonly number[]
  readonly kindOf: (equation: number) => Kind
  /** the tensors of the constant roots, by variable */
  readonly constants: ReadonlyMap<number, AnyTensor>
}

// constructors

/** 0, 1, 2 … as a tensor. */
const counting = (dtype: Slot['dtype'], length: number): AnyTensor =>
  fromBuffer(
    dtype,
    [length],
    allocate(dtype, length).map((_, i) => i)
  )

/** The tensor of a constant root: an iota is one row of counts, which its view repeats. */
const constantOf = ({ primitive, parameters }: Equation): AnyTensor | undefined =>
  primitive === 'constant'
    ? parameters.value
    : primitive === 'iota'
      ? counting(parameters.dtype, parameters.shape[parameters.axis]!)
      : undefined

const iotaView = (variable: number, { shape, axis }: { readonly shape: Sizes; readonly axis: number }): View => ({
  root: variable,
  offset: 0,
  strides: shape.map((_, i) => (i === axis ? 1 : 0))
})

export const graphOf = (program: Program): Graph => {
  const slots = variableSlots(program)
  const firsts: number[] = []
  const constants = new Map<number, AnyTensor>()
  let next = program.inputs.length
  const iotas = new Map<number, View>()
  for (const equation of program.equations) {
    firsts.push(next)
    const constant = constantOf(equation)
    if (constant !== undefined) constants.set(next, constant)
    if (equation.primitive === 'iota') iotas.set(next, iotaView(next, equation.parameters))
    next += equation.outputs.length
  }
  const views = viewsOf(program, slots, iotas)
  return {
    program,
    slots,
    views,
    firsts,
    constants,
    kindOf: (e) => {
      const { primitive } = program.equations[e]!
      const kind = kinds[primitive]
      // a view that has no strides of its own is a copy
      return kind === 'view' && views[firsts[e]!]!.root === firsts[e] ? 'element' : kind
    }
  }
}

// destructors

/**
 * The axes that a region walks over: those longer than 1. A fold needs one axis to fold, since the sum of one −0 is +0:
 * where all its axes have length 1 they stay.
 */
export const walkedAxes = (shape: Sizes, folded: Sizes = []): Sizes => {
  const keep = folded.every((axis) => shape[axis] === 1) ? folded : []
  return shape.flatMap((length, axis) => (length !== 1 || keep.includes(axis) ? [axis] : []))
}

export const squeezed = (shape: Sizes): Sizes => shape.filter((length) => length !== 1)

export const sameSizes = (a: Sizes, b: Sizes): boolean => a.length === b.length && a.every((n, i) => n === b[i])

/** Whether a variable is its root, axes of length 1 aside. */
export const isDirect = ({ slots, views }: Graph, variable: number): boolean => {
  const view = views[variable]!
  const { shape } = slots[variable]!
  return isWhole(view, shape) && sameSizes(squeezed(shape), squeezed(slots[view.root]!.shape))
}
