/**
 * The batched form of a graph: every node that depends on a batched input, rule by rule.
 *
 * @since 0.1.0
 */
import { applyPrimitive, dependents, mapGraph } from '../expr/internal.ts'
import { batchRuleOf, type Batched, type BatchGraph } from './rule.ts'
import { batchRules } from './vmap/table.ts'

/** Results with the batch as first axis where they depend on it. */
export const batchGraph: BatchGraph = (inputs, images, results, size) => {
  const inside = dependents(results, inputs)
  const imageOf = new Map(inputs.map((input, i) => [input, images[i]] as const))
  return mapGraph<Batched>(
    results,
    (node) => inside.has(node),
    (value) => imageOf.get(value) ?? { value, batched: false },
    (node, operands) =>
      operands.some((operand) => operand.batched)
        ? batchRuleOf(
            batchRules,
            node
          )({
            operands,
            parameters: node.parameters,
            outputs: node.outputs,
            size,
            batchGraph
          })
        : applyPrimitive(
            node.primitive,
            operands.map((operand) => operand.value),
            node.parameters
          ).map((value) => ({ value, batched: false }))
  )
}
