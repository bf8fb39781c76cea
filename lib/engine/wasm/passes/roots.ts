/**
 * Roots that have to be in memory, and where.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import type { Group } from './fuse.ts'
import type { Graph } from './graph.ts'
import { isWhole } from './view.ts'

/** The roots that are read by something other than the group that computes them, or leave the program. */
export const writtenRoots = (graph: Graph, groups: readonly Group[]): ReadonlySet<number> => {
  const { program, views, firsts } = graph
  const written = new Set(program.outputs.map((variable) => views[variable]!.root))
  for (const { equations } of groups) {
    const own = new Set(equations.flatMap((e) => program.equations[e]!.outputs.map((_, i) => firsts[e]! + i)))
    for (const e of equations)
      for (const operand of program.equations[e]!.operands) {
        const { root } = views[operand]!
        if (!own.has(root)) written.add(root)
      }
  }
  return written
}

/** For each root that can be computed right where an output belongs, that output. */
export const claims = ({ program, views, slots, constants }: Graph): Map<number, number> => {
  const found = new Map<number, number>()
  program.outputs.forEach((variable, output) => {
    const view = views[variable]!
    const { shape } = slots[variable]!
    const isOwn = view.root >= program.inputs.length && !constants.has(view.root) && !found.has(view.root)
    if (isOwn && isWhole(view, shape) && size(shape) === size(slots[view.root]!.shape)) found.set(view.root, output)
  })
  return found
}
