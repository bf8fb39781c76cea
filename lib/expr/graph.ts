/**
 * Walking graphs: the one order in which nodes are visited, and rebuilding a graph with other values in it.
 *
 * Graphs may be deep (an unrolled loop has a node for each step), so nothing here recurses.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/immutable-data -- a walk over a large graph keeps its stack and its marks in local arrays and maps */
import type { ApplyNode, Node, Value } from './node.ts'

/**
 * The nodes that some values depend on, each after its operands; nodes for which `enter` is false are left out with
 * all that only they need.
 */
export const topological = (
  roots: readonly Value[],
  enter: (node: ApplyNode) => boolean = () => true
): readonly ApplyNode[] => {
  const order: ApplyNode[] = []
  const seen = new Set<Node>()
  const stack: { readonly node: ApplyNode; next: number }[] = []
  const visit = (node: Node): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.kind === 'apply' && enter(node)) stack.push({ node, next: 0 })
  }
  for (const root of roots) {
    visit(root.node)
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const operand = top.node.operands[top.next]
      if (operand === undefined) {
        order.push(top.node)
        stack.pop()
      } else {
        top.next += 1
        visit(operand.node)
      }
    }
  }
  return order
}

/** The apply nodes below some roots that depend on any of the given values; the given values' own nodes are not entered. */
export const dependents = (roots: readonly Value[], on: readonly Value[]): ReadonlySet<Node> => {
  const sources = new Set<Node>(on.map((value) => value.node))
  const found = new Set<Node>()
  const depends = (value: Value): boolean => sources.has(value.node) || found.has(value.node)
  for (const node of topological(roots, (candidate) => !sources.has(candidate)))
    if (node.operands.some(depends)) found.add(node)
  return found
}

/**
 * A fold over the nodes below some roots, from the operands up: `rebuild` gives the outputs of a node from the images
 * of its operands, `outside` gives the image of a value whose node is not entered.
 */
export const mapGraph = <A>(
  roots: readonly Value[],
  enter: (node: ApplyNode) => boolean,
  outside: (value: Value) => A,
  rebuild: (node: ApplyNode, operands: readonly A[]) => readonly A[]
): readonly A[] => {
  const images = new Map<Node, readonly A[]>()
  const imageOf = (value: Value): A => {
    const image = images.get(value.node)?.[value.index]
    return image === undefined ? outside(value) : image
  }
  for (const node of topological(roots, enter)) images.set(node, rebuild(node, node.operands.map(imageOf)))
  return roots.map(imageOf)
}
