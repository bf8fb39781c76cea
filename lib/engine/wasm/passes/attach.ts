/**
 * Epilogues: a region that is the only reader of a matrix product or a convolution becomes the last step of its kernel, so
 * that the product goes through memory once.
 *
 * @since 0.1.0
 */
import { size } from '../../../shape/index.ts'
import type { Equation, Primitive } from '../../../expr/internal.ts'
import type { Group } from './fuse.ts'
import { isDirect, sameSizes, squeezed, type Graph } from './graph.ts'

/** A group, and the equation of the product or convolution that it ends. */
export interface Attached extends Group {
  readonly product?: number
}

/** Regions that read more whole buffers than this are better alone: their walk is all memory. */
const greatestReads = 2

const greatestSteps = 24

/**
 * What ends a convolution: of few instructions. Elementary functions are better in a loop of their own: next to the sums
 * of a tile there are not enough registers for them (2 to 8 % slower than apart, measured with tanh and sigmoid).
 */
const light = new Set<Primitive>([
  ...(['negate', 'abs', 'sign', 'floor', 'ceil', 'round', 'sqrt', 'not', 'stopGradient'] as const),
  ...(['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'and', 'or', 'xor'] as const),
  ...(['equal', 'less', 'lessEqual', 'select', 'convert', 'bitcast'] as const)
])

/** Whether a region over all elements of a product can end it; none of the operands of a convolution is empty. */
const canBeEnded = ({ slots }: Graph, { primitive, operands, outputs }: Equation): boolean => {
  const { shape } = outputs[0]!
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1]
  switch (primitive) {
    case 'matmul':
      return rows > 1 && columns > 1
    case 'convolution':
    case 'convolutionInputGradient':
      return columns > 1 && size(shape) > columns && operands.every((operand) => size(slots[operand]!.shape) > 0)
    default:
      return false
  }
}

/** The variables that a group reads. */
const readsOf = ({ program, views }: Graph, { equations }: Group): ReadonlySet<number> =>
  new Set(equations.flatMap((e) => program.equations[e]!.operands.map((operand) => views[operand]!.root)))

/** The groups with products attached to the regions that end them; `written` are the roots that leave their group. */
export const attach = (graph: Graph, groups: readonly Group[], written: ReadonlySet<number>): readonly Attached[] => {
  const { program, views, slots, firsts } = graph
  const kept = new Set(program.outputs.map((variable) => views[variable]!.root))
  const readers = new Map<number, Set<number>>()
  groups.forEach((group, i) => {
    for (const root of readsOf(graph, group)) readers.set(root, (readers.get(root) ?? new Set()).add(i))
  })
  /** The root of the product that a group alone computes. */
  const productOf = ({ kind, equations }: Group): number | undefined =>
    kind === 'kernel' && canBeEnded(graph, program.equations[equations[0]!]!) ? firsts[equations[0]!] : undefined
  const hosts = new Map<number, number>()
  groups.forEach((group, i) => {
    const root = productOf(group)
    if (root === undefined || kept.has(root)) return
    const [reader, ...more] = readers.get(root) ?? []
    if (reader === undefined || more.length > 0) return
    const host = groups[reader]!
    const { shape, dtype } = slots[root]!
    const isFitting =
      host.kind === 'region' &&
      // a fold over no axis is one too
      host.equations.every((e) => graph.kindOf(e) !== 'fold') &&
      host.folded.length === 0 &&
      host.equations.length <= greatestSteps &&
      sameSizes(host.space, squeezed(shape))
    if (!isFitting) return
    const operands = host.equations.flatMap((e) => program.equations[e]!.operands)
    const isAlwaysDirect = operands.every((operand) => views[operand]!.root !== root || isDirect(graph, operand))
    const own = new Set(host.equations.flatMap((e) => program.equations[e]!.outputs.map((_, k) => firsts[e]! + k)))
    const wide = [...readsOf(graph, host)].filter(
      (read) => read !== root && !own.has(read) && size(slots[read]!.shape) >= size(shape)
    )
    const hasMain = [...own].some((variable) => written.has(variable) && slots[variable]!.dtype === dtype)
    const isLight = host.equations.every((e) => light.has(program.equations[e]!.primitive))
    const isProduct = program.equations[groups[i]!.equations[0]!]!.primitive === 'matmul'
    const isCopy = host.equations.some((e) => program.equations[e]!.primitive === 'reshape')
    // where several products meet, the last one is ended by the region
    if (isAlwaysDirect && hasMain && !isCopy && (isProduct || isLight) && wide.length <= greatestReads)
      hosts.set(reader, i)
  })
  const attached = new Set(hosts.values())
  return groups.flatMap((group, i) => {
    const product = hosts.get(i)
    return attached.has(i)
      ? []
      : [product === undefined ? group : { ...group, product: groups[product]!.equations[0]! }]
  })
}
