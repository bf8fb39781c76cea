/**
 * Operations on trees: nested records and lists whose leaves are tensors, expressions or slots.
 *
 * The leaves of a tree come in the order in which its keys were written, also after JSON. Keys that look like integers
 * would lose their place and are refused.
 *
 * @since 0.1.0
 */
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { raise } from '../shape/index.ts'
import { equals as tensorEquals } from './equality.ts'
import { sameSlot, showSlot, slot, type Slot } from './slot.ts'
import type { AnyTensor } from './tensor.ts'
import { isDType } from './dtype.ts'
import type { LeafAt, LeafOf, LeafPaths, Mapped, Slots, TreeLike } from './tree-types.ts'
import { leavesOf, pathsAndLeaves, replaceLeaves, withLeaves, type Leaf, type Path } from './tree.ts'

// model

/**
 * A tree taken apart: its leaves in order, and the way back.
 *
 * @category model
 * @since 0.1.0
 */
export interface Flat<P> {
  readonly leaves: readonly LeafOf<P>[]
  /** A tree of the same structure with the given leaves, in order; throws one sentence where their number differs. */
  readonly unflatten: <B>(leaves: readonly B[]) => Mapped<P, B>
  /** The same for leaves of the same shapes and element types, so that the tree keeps its type; throws where one differs. */
  readonly refill: (leaves: readonly LeafOf<P>[]) => P
}

// helpers

const nameOf = (path: Path): string => path.join('.')

const slotOf = ({ shape, dtype }: Leaf, path: Path): Slot =>
  isDType(dtype) ? slot(shape, dtype) : raise(`tree: the element type at '${nameOf(path)}' is unknown, ${dtype}`)

/** A text that is equal for equal paths only: keys may be empty or have dots in them. */
const identityOf = (path: Path): string => JSON.stringify(path)

/** The first difference between two structures, as a sentence, or nothing. */
const difference = (a: unknown, b: unknown): string | undefined => {
  const [left, right] = [pathsAndLeaves(a).map(([path]) => path), pathsAndLeaves(b).map(([path]) => path)]
  const [here, there] = [left.map(identityOf), right.map(identityOf)]
  const place = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => i).find(
    (i) => here[i] !== there[i]
  )
  if (place === undefined) return undefined
  const [mine, other] = [left[place], right[place]]
  if (mine === undefined) return `the second tree has a leaf '${nameOf(other ?? [])}' that the first has not`
  if (other === undefined || !there.includes(identityOf(mine)))
    return `the first tree has a leaf '${nameOf(mine)}' that the second has not`
  if (!here.includes(identityOf(other))) return `the second tree has a leaf '${nameOf(other)}' that the first has not`
  return `the keys are in another order: leaf ${place} is '${nameOf(mine)}' in the first tree and '${nameOf(other)}' in the second`
}

const sameSlotAs = (expected: Leaf, path: Path, actual: Leaf): void => {
  const [wanted, got] = [slotOf(expected, path), slotOf(actual, path)]
  if (!sameSlot(wanted, got)) raise(`tree: expected ${showSlot(wanted)} at '${nameOf(path)}', got ${showSlot(got)}`)
}

// combinators

/**
 * A tree of the images of the leaves. `map(identity)` changes nothing, `map(g) ∘ map(f) = map(g ∘ f)`.
 *
 * @param f takes a leaf and its path
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { tensor, Tree } from 'gradfold/tensor'
 * const ranks = pipe({ kernel: tensor([[1]]), bias: tensor([0]) }, Tree.map((leaf) => leaf.shape.length))
 * const two: number = ranks.kernel
 * @category combinators
 * @since 0.1.0
 */
export const map =
  <A extends Leaf, B>(f: (leaf: A, path: Path) => B) =>
  <P extends TreeLike<P, A>>(tree: P): Mapped<P, B> =>
    // the leaves of P are of type A, and the structure is kept
    replaceLeaves(tree, f as (leaf: Leaf, path: Path) => B) as Mapped<P, B>

/**
 * A tree with every leaf replaced by one of the same shape and element type, so that the tree keeps its type; throws
 * one sentence, which names the path, where a new leaf is another one.
 *
 * @param f takes a leaf and its path
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArray, tensor, toFlatArray, Tree, type AnyTensor } from 'gradfold/tensor'
 * const doubled = pipe(
 *   { bias: tensor([1, 2]) },
 *   Tree.modify((leaf: AnyTensor) => fromArray(toFlatArray(leaf).map((x) => 2 * Number(x)), leaf.shape))
 * ) // { bias: Tensor<[2], 'f32'> }
 * @category combinators
 * @since 0.1.0
 */
export const modify =
  <A extends Leaf>(f: (leaf: A, path: Path) => A) =>
  <P extends TreeLike<P, A>>(tree: P): P =>
    replaceLeaves(tree, (leaf, path) => {
      // the leaves of P are of type A
      const image = f(leaf as A, path)
      sameSlotAs(leaf, path, image)
      return image
      // every leaf has kept its slot and the structure is kept, so the type is
    }) as P

/**
 * A tree of the images of the leaves of two trees at the same paths; throws one sentence where the paths differ.
 *
 * @param other the second tree
 * @param f takes a leaf of the piped tree, the leaf of `other` at its path, and the path
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { equals, tensor, Tree, type AnyTensor } from 'gradfold/tensor'
 * const same = pipe({ bias: tensor([1]) }, Tree.zipWith({ bias: tensor([1]) }, (a: AnyTensor, b: AnyTensor) => equals(a, b)))
 * const yes: boolean = same.bias
 * @category combinators
 * @since 0.1.0
 */
export const zipWith =
  <A extends Leaf, B extends Leaf, C, Q extends TreeLike<Q, B>>(other: Q, f: (a: A, b: B, path: Path) => C) =>
  <P extends TreeLike<P, A>>(tree: P): Mapped<P, C> => {
    const problem = difference(tree, other)
    if (problem !== undefined) raise(`zipWith: ${problem}`)
    const others = leavesOf(other)
    // the leaves are of types A and B, and the structure is kept
    return withLeaves(
      tree,
      pathsAndLeaves(tree).map(([path, leaf], i) => f(leaf as A, others[i] as B, path))
    ) as Mapped<P, C>
  }

// destructors

/**
 * A fold over the leaves in order.
 *
 * @param initial the value before the first leaf
 * @param f takes the value so far, a leaf and its path
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { size } from 'gradfold/shape'
 * import { tensor, Tree } from 'gradfold/tensor'
 * const parameters: number = pipe({ kernel: tensor([[1, 2]]), bias: tensor([0]) }, Tree.fold(0, (n, leaf) => n + size(leaf.shape)))
 * @category destructors
 * @since 0.1.0
 */
export const fold =
  <A extends Leaf, B>(initial: B, f: (accumulator: B, leaf: A, path: Path) => B) =>
  <P extends TreeLike<P, A>>(tree: P): B =>
    // the leaves are of type A
    pathsAndLeaves(tree).reduce((accumulator, [path, leaf]) => f(accumulator, leaf as A, path), initial)

/**
 * The images of the leaves, joined in order by a monoid.
 *
 * @param monoid an fp-ts monoid
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { MonoidSum } from 'fp-ts/lib/number.js'
 * import { tensor, Tree } from 'gradfold/tensor'
 * const leaves: number = pipe([tensor(1), tensor(2)], Tree.foldMap(MonoidSum)(() => 1))
 * @category destructors
 * @since 0.1.0
 */
export const foldMap =
  <M>(monoid: Monoid<M>) =>
  <A extends Leaf>(f: (leaf: A, path: Path) => M): (<P extends TreeLike<P, A>>(tree: P) => M) =>
    fold<A, M>(monoid.empty, (accumulator, leaf, path) => monoid.concat(accumulator, f(leaf, path)))

/**
 * The leaves in order.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const [kernel, bias] = Tree.leaves({ kernel: tensor([[1, 2]]), bias: tensor([0, 0]) })
 * @category destructors
 * @since 0.1.0
 */
export const leaves = <P extends TreeLike<P, Leaf>>(tree: P): readonly LeafOf<P>[] =>
  // LeafOf follows the same structure
  leavesOf(tree) as readonly LeafOf<P>[]

/**
 * The paths to the leaves in order, each a list of keys.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const paths = Tree.paths({ fc1: { kernel: tensor([[1]]), bias: tensor([0]) } }) // [['fc1', 'kernel'], ['fc1', 'bias']]
 * @category destructors
 * @since 0.1.0
 */
export const paths = <P extends TreeLike<P, Leaf>>(tree: P): readonly Path[] =>
  pathsAndLeaves(tree).map(([path]) => path)

/**
 * The paths to the leaves in order, each as one text: `fc1.kernel`.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const names: readonly ('kernel' | 'bias')[] = Tree.names({ kernel: tensor([[1]]), bias: tensor([0]) })
 * @category destructors
 * @since 0.1.0
 */
export const names = <P extends TreeLike<P, Leaf>>(tree: P): readonly LeafPaths<P>[] =>
  // LeafPaths follows the same structure
  paths(tree).map(nameOf) as readonly string[] as readonly LeafPaths<P>[]

/**
 * The leaf at a path, which has to be one of `names`; throws one sentence where there is none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { tensor, Tree } from 'gradfold/tensor'
 * const bias = pipe({ fc1: { kernel: tensor([[1]]), bias: tensor([0]) } }, Tree.at('fc1.bias')) // Tensor<[1], 'f32'>
 * @category destructors
 * @since 0.1.0
 */
export const at =
  <const Name extends string>(name: Name) =>
  <P extends TreeLike<P, Leaf>>(tree: [Name] extends [LeafPaths<P>] ? P : NoLeaf<Name>): LeafAt<P, Name> => {
    const found = pathsAndLeaves(tree).find(([path]) => nameOf(path) === name)
    // LeafAt follows the same structure
    return (found?.[1] ?? raise(noLeaf(name))) as LeafAt<P, Name>
  }

type NoLeaf<Name extends string> = `tree: there is no leaf '${Name}'`
const noLeaf = <Name extends string>(name: Name): NoLeaf<Name> => `tree: there is no leaf '${name}'`

/**
 * A tree taken apart into its leaves, with the way back: `unflatten(leaves)` is the tree again.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const { leaves, unflatten, refill } = Tree.flatten({ kernel: tensor([[1, 2]]), bias: tensor([0, 0]) })
 * const texts = unflatten(leaves.map((leaf) => leaf.dtype)) // { kernel: 'f32', bias: 'f32' }
 * const again = refill(leaves)
 * @category destructors
 * @since 0.1.0
 */
export const flatten = <P extends TreeLike<P, Leaf>>(tree: P): Flat<P> => {
  const places = pathsAndLeaves(tree)
  return {
    leaves: leaves(tree),
    // the structure is kept
    unflatten: <B>(others: readonly B[]) => withLeaves(tree, others) as Mapped<P, B>,
    refill: (others) => {
      others.forEach((leaf, i) => {
        const [path, expected] = places[i] ?? raise(`tree: has ${places.length} leaves, got ${others.length}`)
        // the leaves of a tree of leaves are leaves
        sameSlotAs(expected, path, leaf as unknown as Leaf)
      })
      // every leaf has kept its slot and the structure is kept, so the type is
      return withLeaves(tree, others) as P
    }
  }
}

/**
 * The shapes and element types of the leaves, in a tree of the same structure.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const plan = Tree.slots({ bias: tensor([0, 0]) }) // { bias: { shape: [2], dtype: 'f32' } }
 * @category destructors
 * @since 0.1.0
 */
export const slots = <P extends TreeLike<P, Leaf>>(tree: P): Slots<P> =>
  // the structure is kept
  replaceLeaves(tree, slotOf) as Slots<P>

// predicates

/**
 * Whether two trees have leaves at the same paths, in the same order; the leaves themselves do not matter.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const yes: boolean = Tree.structureEquals({ bias: tensor([0]) }, { bias: tensor([[1, 2]]) })
 * @category predicates
 * @since 0.1.0
 */
export const structureEquals = <P extends TreeLike<P, Leaf>, Q extends TreeLike<Q, Leaf>>(a: P, b: Q): boolean =>
  difference(a, b) === undefined

/**
 * Whether two trees of tensors have the same paths, in the same order, and the same tensors, byte for byte.
 *
 * @example
 * import { tensor, Tree } from 'gradfold/tensor'
 * const no: boolean = Tree.equals({ bias: tensor([0]) }, { bias: tensor([1]) })
 * @category predicates
 * @since 0.1.0
 */
export const equals = <P extends TreeLike<P, AnyTensor>, Q extends TreeLike<Q, AnyTensor>>(a: P, b: Q): boolean => {
  const others = leavesOf(b)
  // the leaves of a tree of tensors are tensors
  return (
    difference(a, b) === undefined &&
    leavesOf(a).every((leaf, i) => tensorEquals(leaf as AnyTensor, others[i] as AnyTensor))
  )
}
