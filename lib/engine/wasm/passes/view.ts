/**
 * Views: the elements of one variable found in the buffer of another, by strides.
 *
 * Broadcasting, transposing, slicing, reversing, and reshaping where strides allow it, move nothing: whoever reads the
 * result walks over the operand in another way.
 *
 * @since 0.1.0
 */
import type { Equation, Program } from '../../../expr/internal.ts'
import { size, type Sizes } from '../../../shape/index.ts'

// model

/** Where the elements of a variable are: element `place` is at `offset + Σ place[axis] · strides[axis]` of the root. */
export interface View {
  /** a variable that has a buffer, row-major */
  readonly root: number
  readonly offset: number
  readonly strides: Sizes
}

// constructors

/** The strides of a row-major buffer. */
export const rowMajor = (shape: Sizes): Sizes => {
  const strides: number[] = shape.map(() => 1)
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) strides[axis] = strides[axis + 1]! * shape[axis + 1]!
  return strides
}

/** A variable with a buffer of its own. */
const rooted = (variable: number, shape: Sizes): View => ({
  root: variable,
  offset: 0,
  strides: rowMajor(shape)
})

// combinators

/** The strides of a view under another shape of as many elements, or undefined where it has none. */
const reshaped = (from: Sizes, strides: Sizes, to: Sizes): Sizes | undefined => {
  if (size(to) === 0) return rowMajor(to)
  // runs of axes of the old shape that are walked as one, axes of length 1 left out
  const runs: { length: number; stride: number }[] = []
  from.forEach((length, axis) => {
    if (length === 1) return
    const last = runs.at(-1)
    if (last !== undefined && last.stride === length * strides[axis]!)
      runs[runs.length - 1] = { length: last.length * length, stride: strides[axis]! }
    else runs.push({ length, stride: strides[axis]! })
  })
  const result: number[] = to.map(() => 0)
  let run = runs.length - 1
  let inside = 1
  for (let axis = to.length - 1; axis >= 0; axis -= 1) {
    const length = to[axis]!
    if (length === 1) continue
    const current = runs[run]
    if (current === undefined || current.length % (inside * length) !== 0) return undefined
    result[axis] = current.stride * inside
    inside *= length
    if (inside === current.length) {
      run -= 1
      inside = 1
    }
  }
  return inside === 1 ? result : undefined
}

/** The view that an equation's output is of its operand's, or undefined where the elements have to be moved. */
const viewOf = (equation: Equation, operand: View, shape: Sizes): View | undefined => {
  const { root, offset, strides } = operand
  switch (equation.primitive) {
    case 'stopGradient':
      return operand
    case 'broadcast': {
      const { axes, shape: wide } = equation.parameters
      const result = wide.map(() => 0)
      axes.forEach((axis, i) => {
        result[axis] = shape[i] === 1 ? 0 : strides[i]!
      })
      return { root, offset, strides: result }
    }
    case 'transpose':
      return { root, offset, strides: equation.parameters.permutation.map((axis) => strides[axis]!) }
    case 'reverse': {
      const { axes } = equation.parameters
      const turned = strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride))
      const first = axes.reduce((sum, axis) => sum + Math.max(0, shape[axis]! - 1) * strides[axis]!, offset)
      return { root, offset: first, strides: turned }
    }
    case 'slice': {
      const { start, stride } = equation.parameters
      return {
        root,
        offset: start.reduce((sum, first, axis) => sum + first * strides[axis]!, offset),
        strides: strides.map((step, axis) => step * stride[axis]!)
      }
    }
    case 'reshape': {
      const changed = reshaped(shape, strides, equation.parameters.shape)
      return changed === undefined ? undefined : { root, offset, strides: changed }
    }
    default:
      return undefined
  }
}

/** Whether a view is a whole buffer in its own order, axes of length 1 aside. */
export const isWhole = ({ offset, strides }: View, shape: Sizes): boolean => {
  const own = rowMajor(shape)
  return (
    offset === 0 && (size(shape) <= 1 || shape.every((length, axis) => length === 1 || strides[axis] === own[axis]))
  )
}

// pass

/** The view of every variable; variables without a simpler one are their own roots. Some are known beforehand. */
export const viewsOf = (
  program: Program,
  slots: readonly { readonly shape: Sizes }[],
  known: ReadonlyMap<number, View>
): readonly View[] => {
  const views = program.inputs.map(({ shape }, variable) => rooted(variable, shape))
  for (const equation of program.equations) {
    const operand = equation.operands[0]
    const view = operand === undefined ? undefined : viewOf(equation, views[operand]!, slots[operand]!.shape)
    if (view === undefined)
      for (const { shape } of equation.outputs) views.push(known.get(views.length) ?? rooted(views.length, shape))
    else views.push(view)
  }
  return views
}
