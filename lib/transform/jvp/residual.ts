/**
 * Splitting a derivative in two: what the primals give, and the linear rest that uses it.
 *
 * @since 0.1.0
 */
import {
  dependents,
  inputValue,
  programOf,
  substitute,
  topological,
  type Node,
  type Program,
  type Value
} from '../../expr/internal.ts'

/** The linear part of a derivative as a program of residuals and tangents. */
export interface LinearPart {
  /** values of the primal part that the linear part uses */
  readonly residuals: readonly Value[]
  /** inputs: residuals, then tangents; outputs: the defined tangents of the results */
  readonly program: Program
}

const isConstant = (value: Value): boolean => value.node.kind === 'apply' && value.node.primitive === 'constant'

const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new Map(values.map((value) => [value, value] as const)).values()
]

/** Cuts the graph of some tangents where it leaves the part that depends on the tangent inputs. */
export const linearPart = (tangentInputs: readonly Value[], results: readonly Value[]): LinearPart => {
  const own = new Set<Node>(tangentInputs.map((value) => value.node))
  const inside = dependents(results, tangentInputs)
  const nodes = topological(results, (node) => inside.has(node))
  const residuals = distinct(
    [...nodes.flatMap((node) => node.operands), ...results].filter(
      (value) => !own.has(value.node) && !inside.has(value.node) && !isConstant(value)
    )
  )
  const stand = new Map(residuals.map((value) => [value, inputValue(value)] as const))
  const replaced = substitute(
    results,
    (value) => stand.get(value) ?? value,
    (node) => inside.has(node)
  )
  return { residuals, program: programOf([...stand.values(), ...tangentInputs], replaced) }
}
