/**
 * Trees: nested records and lists whose leaves are tensors, expressions or slots.
 *
 * The order of the leaves is the order in which the keys were written, so a tree and the list of its leaves determine
 * each other. Keys that look like integers would be reordered by JavaScript and are refused.
 *
 * @since 0.1.0
 */
import { raise, type Sizes } from '../shape/index.ts'

// model

/**
 * What every leaf has: tensors, expressions and slots alike.
 *
 * @category model
 * @since 0.1.0
 */
export interface Leaf {
  readonly shape: Sizes
  readonly dtype: string
}

/**
 * A nested structure with leaves of type A.
 *
 * @category model
 * @since 0.1.0
 */
export type Tree<A extends Leaf> = A | readonly Tree<A>[] | { readonly [name: string]: Tree<A> }

/**
 * The way to a leaf: the keys, or decimal places in lists, from the root on; none for a single leaf.
 *
 * @category model
 * @since 0.1.0
 */
export type Path = readonly string[]

// destructors

/**
 * Whether a value is a leaf: a record whose `dtype` is a text.
 *
 * @example
 * import { isLeaf, tensor } from 'gradfold/tensor'
 * const [yes, no] = [isLeaf(tensor(1)), isLeaf({ bias: tensor(1) })]
 * @category predicates
 * @since 0.1.0
 */
export const isLeaf = (u: unknown): u is Leaf =>
  typeof u === 'object' && u !== null && 'dtype' in u && typeof u.dtype === 'string'

const isIntegerLike = (key: string): boolean => /^(0|[1-9][0-9]*)$/.test(key)

/** The entries of a node of a tree, in order. */
const entriesOf = (node: object, path: Path): readonly (readonly [string, unknown])[] => {
  if (Array.isArray(node)) return node.map((child: unknown, i) => [String(i), child])
  const entries: readonly (readonly [string, unknown])[] = Object.entries(node)
  const bad = entries.find(([key]) => isIntegerLike(key))
  return bad === undefined
    ? entries
    : raise(`tree: the key '${[...path, bad[0]].join('.')}' looks like an integer and would lose its place; use a word`)
}

const noTree = (u: unknown, path: Path): never =>
  raise(`tree: expected a tensor, an expression, a record or a list at '${path.join('.')}', got ${String(u)}`)

const walk = (u: unknown, path: Path): readonly (readonly [Path, Leaf])[] => {
  if (isLeaf(u)) return [[path, u]]
  if (typeof u !== 'object' || u === null) return noTree(u, path)
  return entriesOf(u, path).flatMap(([key, child]) => walk(child, [...path, key]))
}

/**
 * The leaves with the paths that lead to them, in order, of a tree whose type is not known; throws one sentence where
 * it is no tree.
 *
 * @example
 * import { pathsAndLeaves, tensor } from 'gradfold/tensor'
 * const found = pathsAndLeaves({ fc1: { bias: tensor([0]) } }) // [[['fc1', 'bias'], tensor([0])]]
 * @category destructors
 * @since 0.1.0
 */
export const pathsAndLeaves = (tree: unknown): readonly (readonly [Path, Leaf])[] => walk(tree, [])

/**
 * The leaves, in order, of a tree whose type is not known; throws one sentence where it is no tree.
 *
 * @example
 * import { leavesOf, tensor } from 'gradfold/tensor'
 * const two: number = leavesOf([tensor(1), tensor(2)]).length
 * @category destructors
 * @since 0.1.0
 */
export const leavesOf = (tree: unknown): readonly Leaf[] => pathsAndLeaves(tree).map(([, leaf]) => leaf)

/**
 * A tree of the same structure with each leaf replaced by its image, where the type is not known; see `Tree.map`.
 *
 * @param tree a tree; throws one sentence where it is none
 * @param image takes a leaf and its path
 * @example
 * import { replaceLeaves, tensor } from 'gradfold/tensor'
 * const named = replaceLeaves({ bias: tensor([0]) }, (leaf, path) => path.join('.'))
 * @category combinators
 * @since 0.1.0
 */
export const replaceLeaves = (tree: unknown, image: (leaf: Leaf, path: Path) => unknown): unknown =>
  rebuilt(tree, image, [])

const rebuilt = (tree: unknown, image: (leaf: Leaf, path: Path) => unknown, path: Path): unknown => {
  if (isLeaf(tree)) return image(tree, path)
  if (typeof tree !== 'object' || tree === null) return noTree(tree, path)
  const entries = entriesOf(tree, path).map(([key, child]) => [key, rebuilt(child, image, [...path, key])] as const)
  return Object.freeze(Array.isArray(tree) ? entries.map(([, child]) => child) : Object.fromEntries(entries))
}

/**
 * A tree of the same structure with the given leaves, in order, where the type is not known; see `Tree.flatten`.
 *
 * @param tree a tree; throws one sentence where it is none
 * @param leaves as many as the tree has; throws one sentence where their number differs
 * @example
 * import { tensor, withLeaves } from 'gradfold/tensor'
 * const counted = withLeaves({ kernel: tensor([[1]]), bias: tensor([0]) }, [1, 2]) // { kernel: 1, bias: 2 }
 * @category combinators
 * @since 0.1.0
 */
export const withLeaves = (tree: unknown, leaves: readonly unknown[]): unknown => {
  const rest = leaves[Symbol.iterator]()
  const count = leavesOf(tree).length
  if (count !== leaves.length) raise(`tree: has ${count} leaves, got ${leaves.length}`)
  // leaves are replaced in their order, which is that of the list
  return replaceLeaves(tree, () => rest.next().value)
}
