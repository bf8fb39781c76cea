/**
 * Trees of parameters as an atom sees them: any shape, one float type, mapped and zipped but never looked into.
 *
 * An atom is written once, in the types of f32; made for f64 parameters, the same code is traced with f64 leaves.
 *
 * @since 0.1.0
 */
import { add, full, scalar, type Expr } from '../expr/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import { leavesOf, pathsAndLeaves, replaceLeaves, withLeaves, type FloatDType, type Path } from '../tensor/index.ts'

// model

/**
 * One parameter, gradient or buffer: an expression of any shape.
 *
 * @category model
 * @since 0.1.0
 */
export type Leaf = Expr<Shape>

/**
 * A number: an expression of shape [].
 *
 * @category model
 * @since 0.1.0
 */
export type Scalar = Expr<[]>

declare const parameterTree: unique symbol

/**
 * A tree with the structure of the parameters, whatever that is.
 *
 * @category model
 * @since 0.1.0
 */
export interface ParameterTree {
  readonly [parameterTree]: true
}

// combinators

/** The leaves with the paths that lead to them. */
export const leavesWithPaths = (self: ParameterTree): readonly (readonly [Path, Leaf])[] =>
  // the leaves are floats: the types of trees say so, and `asParameterTree` has checked it
  pathsAndLeaves(self) as unknown as readonly (readonly [Path, Leaf])[]

/**
 * A tree of the same structure with each leaf replaced by its image.
 *
 * @param f takes a leaf and the path to it, `['dense_0', 'kernel']`.
 * @example
 * import { abs } from 'gradfold/expr'
 * import { mapTree } from 'gradfold/optimizer'
 * const magnitudes = mapTree((leaf) => abs(leaf))
 * @category combinators
 * @since 0.1.0
 */
export const mapTree =
  (f: (leaf: Leaf, path: Path) => Leaf) =>
  (self: ParameterTree): ParameterTree =>
    // the leaves are floats, as in `leavesWithPaths`
    replaceLeaves(self, (leaf, path) => f(leaf as Leaf, path)) as ParameterTree

/**
 * A tree whose leaves come from the leaves at the same place of several trees of one structure.
 *
 * @param f takes the path to the leaves and a leaf of each tree.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add } from 'gradfold/expr'
 * import { zipTreesWithPath, type ParameterTree } from 'gradfold/optimizer'
 * const decayed = (updates: ParameterTree, params: ParameterTree): ParameterTree =>
 *   zipTreesWithPath((path, u, p) => (path.at(-1) === 'bias' ? u : pipe(u, add(p))), updates, params)
 * @category combinators
 * @since 0.1.0
 */
export const zipTreesWithPath = <Ts extends readonly ParameterTree[]>(
  f: (path: Path, ...leaves: { readonly [I in keyof Ts]: Leaf }) => Leaf,
  ...trees: Ts
): ParameterTree => {
  const columns = trees.map(leavesWithPaths)
  const [first] = trees
  const [paths] = columns
  if (first === undefined || paths === undefined) return raise('zipTrees: takes one tree at least')
  if (columns.some((column) => column.length !== paths.length))
    raise(`zipTrees: trees of ${columns.map(({ length }) => length).join(' and ')} leaves do not have one structure`)
  const images = paths.map(([path], i) =>
    // one leaf of each tree, in the order of the trees
    f(path, ...(columns.map((column) => column[i]?.[1]) as unknown as { readonly [I in keyof Ts]: Leaf }))
  )
  // of the structure of the first
  return withLeaves(first, images) as ParameterTree
}

/**
 * As `zipTreesWithPath`, where the path does not matter.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add } from 'gradfold/expr'
 * import { zipTrees, type ParameterTree } from 'gradfold/optimizer'
 * const plus = (a: ParameterTree, b: ParameterTree): ParameterTree => zipTrees((x, y) => pipe(x, add(y)), a, b)
 * @category combinators
 * @since 0.1.0
 */
export const zipTrees = <Ts extends readonly ParameterTree[]>(
  f: (...leaves: { readonly [I in keyof Ts]: Leaf }) => Leaf,
  ...trees: Ts
): ParameterTree => zipTreesWithPath((_, ...row) => f(...row), ...trees)

/** One value everywhere, in the same shapes. */
export const filledTree = (value: number): ((self: ParameterTree) => ParameterTree) =>
  // atoms are written in the types of f32; the leaf knows its own
  mapTree((leaf) => full(value, leaf.shape, leaf.dtype))

/**
 * Zeros of the same shapes: how most buffers begin.
 *
 * @example
 * import { zerosTree, type ParameterTree } from 'gradfold/optimizer'
 * const begin = (params: ParameterTree): { readonly velocity: ParameterTree } => ({ velocity: zerosTree(params) })
 * @category combinators
 * @since 0.1.0
 */
export const zerosTree: (self: ParameterTree) => ParameterTree = filledTree(0)

/** θ + u, leaf by leaf. */
export const addTrees = (a: ParameterTree, b: ParameterTree): ParameterTree => zipTrees((x, y) => add(y)(x), a, b)

/**
 * The sum of one number from each leaf, first to last; 0 for an empty tree.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { square, sum } from 'gradfold/expr'
 * import { sumTree } from 'gradfold/optimizer'
 * const sumOfSquares = sumTree((leaf) => pipe(leaf, square, sum()))
 * @category destructors
 * @since 0.1.0
 */
export const sumTree =
  (f: (leaf: Leaf) => Scalar) =>
  (self: ParameterTree): Scalar =>
    leavesWithPaths(self)
      .map(([, leaf]) => f(leaf))
      .reduce<Scalar | null>((total, next) => (total === null ? next : add(next)(total)), null) ?? scalar(0)

// destructors

/** The float type of a tree: f32 for one without leaves. */
export const floatTypeOf = (tree: ParameterTree): FloatDType => {
  const found = leavesOf(tree)[0]?.dtype
  return found === 'f64' ? 'f64' : 'f32'
}

/** A tree of parameters, checked: every leaf a float, all of one type. */
export const asParameterTree =
  (name: string) =>
  (u: unknown): ParameterTree => {
    const types = [...new Set(leavesOf(u).map((leaf) => leaf.dtype))]
    if (types.length > 1) raise(`${name}: parameters have to be of one float type, got ${types.join(' and ')}`)
    if (types.some((dtype) => dtype !== 'f32' && dtype !== 'f64'))
      raise(`${name}: parameters have to be f32 or f64, got ${types.join()}`)
    // checked just above
    return u as ParameterTree
  }
