/**
 * Forward derivative of a graph: primals and tangents side by side, rule by rule.
 *
 * @since 0.1.0
 */
import { applyPrimitive, dependents, mapGraph, type ApplyNode, type Value } from '../expr/internal.ts'
import type { Tangent } from './build.ts'
import { jvpRules } from './jvp/table.ts'
import { jvpRuleOf, type Differentiate } from './rule.ts'

interface Paired {
  readonly primal: Value
  readonly tangent: Tangent
}

/** The node's own outputs where its operands are unchanged, else the node applied anew. */
const outputsAt = (node: ApplyNode, operands: readonly Value[]): readonly Value[] =>
  operands.every((operand, i) => operand === node.operands[i])
    ? node.values
    : applyPrimitive(node.primitive, operands, node.parameters)

/**
 * Results and their tangents, given tangents of some inputs.
 *
 * In `linear` mode no primal depends on a tangent, so that the tangents' part of the graph can be transposed.
 */
export const differentiate: Differentiate = (inputs, tangents, results, mode) => {
  const active = inputs.filter((_, i) => tangents[i] !== undefined)
  const inside = dependents(results, active)
  const tangentOf = new Map(inputs.map((input, i) => [input, tangents[i]] as const))
  const images = mapGraph<Paired>(
    results,
    (node) => inside.has(node),
    (value) => ({ primal: value, tangent: tangentOf.get(value) }),
    (node, operands) => {
      const primals = operands.map((operand) => operand.primal)
      const outputs = outputsAt(node, primals)
      const rule = jvpRuleOf(jvpRules, node)
      const derived = rule({
        operands: primals,
        tangents: operands.map((operand) => operand.tangent),
        parameters: node.parameters,
        outputs,
        mode,
        differentiate
      })
      return (derived.outputs ?? outputs).map((primal, i) => ({ primal, tangent: derived.tangents[i] }))
    }
  )
  return { primals: images.map((image) => image.primal), tangents: images.map((image) => image.tangent) }
}
