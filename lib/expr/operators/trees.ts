/**
 * Trees of expressions as arguments and results of functions that are traced: their values, and whether two of them agree.
 *
 * @internal
 */
import { raise, type SameShape, type Show } from '../../shape/index.ts'
import { pathsAndLeaves, showSlot, withLeaves, type Path } from '../../tensor/index.ts'
import type { MeetDType } from '../kind.ts'
import { isExpr, type AnyExpr, type Expr, type Value } from '../node.ts'

// sentence

/** Two trees that differ at a place: `scan: the carry 'h' is f32[3] at the start, but f32[4] after a step`. */
type Differ<
  What extends string,
  Path extends string,
  A extends string,
  Here extends string,
  B extends string,
  There extends string
> = `${What}${Path} is ${A} ${Here}, but ${B} ${There}`
const differ = <
  What extends string,
  Path extends string,
  A extends string,
  Here extends string,
  B extends string,
  There extends string
>(
  what: What,
  path: Path,
  a: A,
  here: Here,
  b: B,
  there: There
): Differ<What, Path, A, Here, B, There> => `${what}${path} is ${a} ${here}, but ${b} ${there}`

/** Where two trees come from, for the sentence. */
export interface Sides<What extends string, Here extends string, There extends string> {
  readonly what: What
  readonly here: Here
  readonly there: There
}
type AnySides = Sides<string, string, string>

// types

type Describe<V> =
  V extends Expr<infer S, infer T>
    ? `${T}${Show<S>}`
    : V extends readonly unknown[]
      ? 'a list'
      : V extends undefined
        ? 'missing'
        : 'a record'

type Quoted<P extends string> = P extends '' ? '' : ` '${P}'`
type Under<P extends string, K extends string> = P extends '' ? K : `${P}.${K}`

/** The names of the children of a node; none where they are not known, so that types which hold themselves end here. */
type Keys<V> = V extends readonly unknown[]
  ? Extract<keyof V, `${number}`>
  : string extends keyof V
    ? never
    : Extract<keyof V, string>
type Child<V, K> = K extends keyof V ? V[K] : undefined
/** The names of the children of either of two nodes; none where one is a list of unknown length. */
type EitherKeys<A, B> = IsOpen<A> extends true ? never : IsOpen<B> extends true ? never : Keys<A> | Keys<B>
type IsOpen<V> = V extends readonly unknown[] ? (number extends V['length'] ? true : false) : false

type SentenceOf<A, B, W extends AnySides, P extends string> = Differ<
  W['what'],
  Quoted<P>,
  Describe<A>,
  W['here'],
  Describe<B>,
  W['there']
>

/** The complaints that two trees of expressions differ, one for each place, or `never`. */
export type TreeMessage<A, B, W extends AnySides, P extends string = ''> = unknown extends A
  ? never
  : unknown extends B
    ? never
    : A extends Expr<infer S, infer T>
      ? B extends Expr<infer R, infer U>
        ? [MeetDType<T, U>] extends [never]
          ? SentenceOf<A, B, W, P>
          : SameShape<S, R> extends true
            ? never
            : SentenceOf<A, B, W, P>
        : SentenceOf<A, B, W, P>
      : B extends AnyExpr
        ? SentenceOf<A, B, W, P>
        : A extends undefined
          ? SentenceOf<A, B, W, P>
          : B extends undefined
            ? SentenceOf<A, B, W, P>
            : { [K in EitherKeys<A, B>]: TreeMessage<Child<A, K>, Child<B, K>, W, Under<P, K>> }[EitherKeys<A, B>]

// values

/** The expressions of a tree, in order; throws where a leaf is something else. */
export const valuesOf = (what: string, tree: unknown): readonly Value[] =>
  pathsAndLeaves(tree).map(([path, leaf]) =>
    isExpr(leaf)
      ? leaf
      : raise(`${what}: expected expressions, got a tensor or a slot${quoted(path)}; lift a tensor with constant`)
  )

const quoted = (path: Path): string => (path.length === 0 ? '' : ` '${path.join('.')}'`)

/** A tree of the structure of another, with values in place of its leaves. */
export const treeOf = <T>(like: T, values: readonly Value[]): T =>
  // the structure is the same, and the caller gives values of the same shapes and types
  withLeaves(like, values) as T

const describe = (tree: unknown): string =>
  tree === undefined ? 'missing' : isExpr(tree) ? showSlot(tree) : Array.isArray(tree) ? 'a list' : 'a record'

const childrenOf = (node: unknown): Readonly<Record<string, unknown>> =>
  // a node that is no leaf is a list or a record
  ({ ...(node as object) })

const isNode = (tree: unknown): boolean => tree !== undefined && !isExpr(tree)

/** The first place where two trees differ, as a sentence, or nothing: the run-time twin of `TreeMessage`. */
const treeDifference = (a: unknown, b: unknown, sides: AnySides, path: Path = []): string | undefined => {
  const sentence = differ(sides.what, quoted(path), describe(a), sides.here, describe(b), sides.there)
  if (!isNode(a) || !isNode(b)) return describe(a) === describe(b) && !isNode(a) ? undefined : sentence
  const [left, right] = [childrenOf(a), childrenOf(b)]
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return names.reduce<string | undefined>(
    (found, name) => found ?? treeDifference(left[name], right[name], sides, [...path, name]),
    undefined
  )
}

/** The expressions of a tree in the order in which another tree of the same structure has them. */
export const arranged = (what: string, like: unknown, tree: unknown): readonly Value[] => {
  const values = valuesOf(what, tree)
  const places = new Map(pathsAndLeaves(tree).map(([path], i) => [keyOf(path), i]))
  return pathsAndLeaves(like).flatMap(([path]) => values[places.get(keyOf(path)) ?? -1] ?? [])
}

const keyOf = (path: Path): string => path.join('\u0000')

/** Throws the first difference of two trees. */
export const requireSameTree = (a: unknown, b: unknown, sides: AnySides): void => {
  const difference = treeDifference(a, b, sides)
  if (difference !== undefined) raise(difference)
}
