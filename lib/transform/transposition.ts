/**
 * Transposition of a linear graph: from cotangents of its results to cotangents of its inputs.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/immutable-data -- cotangents are collected in a local map while a large graph is walked backwards */
import { dependents, topological, type Node, type Value } from '../expr/internal.ts'
import { raise } from '../shape/index.ts'
import { sum, type Tangent } from './build.ts'
import { isReason, transposeRuleOf, type TransposeGraph } from './rule.ts'
import { transposeRules } from './transpose/table.ts'

/** Cotangents of the linear inputs of some results; several uses of a value are added in the order of the walk. */
export const transposeGraph: TransposeGraph = (inputs, results, cotangents) => {
  const collected = new Map<Node, Tangent[]>()
  const at = (value: Value): Tangent => collected.get(value.node)?.[value.index]
  const collect = (value: Value, cotangent: Tangent): void => {
    const known = collected.get(value.node) ?? value.node.outputs.map((): Tangent => undefined)
    known[value.index] = sum(known[value.index], cotangent)
    collected.set(value.node, known)
  }
  const roots = results.filter((result) => result !== undefined)
  const own = new Set<Node>(inputs.map((input) => input.node))
  const inside = dependents(roots, inputs)
  const isLinear = (value: Value): boolean => own.has(value.node) || inside.has(value.node)
  results.forEach((result, i) => {
    if (result !== undefined && isLinear(result)) collect(result, cotangents[i])
  })
  for (const node of topological(roots, (candidate) => inside.has(candidate)).toReversed()) {
    const found = collected.get(node)
    if (found === undefined || found.every((cotangent) => cotangent === undefined)) continue
    const rule = transposeRuleOf(transposeRules, node)
    if (isReason(rule)) {
      raise(rule.reason)
      continue
    }
    const linear = node.operands.map(isLinear)
    const back = rule({
      operands: node.operands,
      linear,
      parameters: node.parameters,
      outputs: node.outputs,
      cotangents: found,
      transposeGraph
    })
    node.operands.forEach((operand, i) => {
      if (linear[i] === true) collect(operand, back[i])
    })
  }
  return inputs.map(at)
}
