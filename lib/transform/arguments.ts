/**
 * Arguments of differentiated functions: trees of expressions, seen as lists of values.
 *
 * @since 0.1.0
 */
import { dependents, inputValue, isExpr, substitute, type Expr, type Node, type Value } from '../expr/internal.ts'
import { raise, show, type Dim, type Shape, type Show } from '../shape/index.ts'
import { leavesOf, pathsAndLeaves, replaceLeaves, sameSlot, showSlot, withLeaves } from '../tensor/index.ts'
import { hasTangent } from './build.ts'

// types

type NotScalar<
  Name extends string,
  S extends string
> = `${Name}: the function has to give a scalar [], it gives ${S}; reduce it with sum() or mean()`
const notScalar = <Name extends string, S extends string>(name: Name, shape: S): NotScalar<Name, S> =>
  `${name}: the function has to give a scalar [], it gives ${shape}; reduce it with sum() or mean()`

/** Why a function cannot be differentiated to a gradient: it does not give a scalar. */
export type ScalarMessage<Name extends string, S extends Shape> = S extends readonly []
  ? never
  : Shape extends S
    ? never
    : NotScalar<Name, Show<S>>

/**
 * A tree with the same structure and one more axis in front of every expression.
 *
 * @category model
 * @since 0.1.0
 */
export type Lift<T, N extends Dim> =
  T extends Expr<infer S, infer D> ? Expr<[N, ...S], D> : { readonly [K in keyof T]: Lift<T[K], N> }

// destructors

/** The values of a tree of expressions; throws where a leaf is something else. */
export const valuesOf = (name: string, tree: unknown): readonly Value[] =>
  leavesOf(tree).map((leaf) =>
    isExpr(leaf) ? leaf : raise(`${name}: expected expressions, got a tensor; lift it with constant(tensor)`)
  )

/** A tree of the shape of another, with values in place of its leaves. */
export const treeOf = <T>(like: T, values: readonly unknown[]): T =>
  // the structure is the same and every leaf has the same shape and type
  withLeaves(like, values) as T

/** Throws unless every leaf of a tree has a gradient. */
export const requireFloats = (name: string, tree: unknown): void => {
  pathsAndLeaves(tree).forEach(([path, leaf]) => {
    if (leaf.dtype !== 'f32' && leaf.dtype !== 'f64')
      raise(
        `${name}: only f32 and f64 have a gradient, ${path.length === 0 ? 'the argument' : `'${path.join('.')}'`} is ${leaf.dtype}`
      )
  })
}

/** Throws unless a value is a scalar that has a gradient. */
export const requireScalar = (name: string, value: Value): void => {
  if (value.shape.length !== 0) raise(notScalar(name, show(value.shape)))
  if (!hasTangent(value)) raise(`${name}: the function has to give f32 or f64, it gives ${value.dtype}`)
}

/** Throws unless two trees have leaves of the same shapes and types. */
export const requireSame = (name: string, what: string, expected: readonly Value[], got: readonly Value[]): void => {
  if (expected.length !== got.length) raise(`${name}: expected ${expected.length} ${what}, got ${got.length}`)
  expected.forEach((x, i) => {
    const y = got[i]
    if (y === undefined || !sameSlot(x, y))
      raise(`${name}: expected ${what} of ${showSlot(x)}, got ${y === undefined ? 'none' : showSlot(y)}`)
  })
}

// combinators

/** A function's results at fresh inputs that stand for some values. */
export interface Opened<R> {
  readonly actual: readonly Value[]
  readonly inputs: readonly Value[]
  readonly result: R
}

/** Calls a function with fresh inputs in the place of its arguments' leaves. */
export const open = <A extends readonly unknown[], R>(name: string, f: (...args: A) => R, args: A): Opened<R> => {
  const actual = valuesOf(name, args)
  const inputs = actual.map(inputValue)
  return { actual, inputs, result: f(...treeOf(args, inputs)) }
}

/** Results with the fresh inputs replaced by what they stood for. */
export const close = (
  inputs: readonly Value[],
  actual: readonly Value[],
  results: readonly Value[]
): readonly Value[] => {
  const stand = new Map(inputs.map((input, i) => [input, actual[i] ?? input] as const))
  const inside: ReadonlySet<Node> = dependents(results, inputs)
  return substitute(
    results,
    (value) => stand.get(value) ?? value,
    (node) => inside.has(node)
  )
}

/** A tree of expressions with each replaced by its image. */
export const mapTree = <T>(tree: T, image: (value: Value) => Value): T =>
  // the image of an expression has its shape and type
  replaceLeaves(tree, (leaf) => (isExpr(leaf) ? image(leaf) : leaf)) as T
