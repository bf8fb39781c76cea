/**
 * The state of a transform: a record with an entry for each atom that keeps something, and its first value.
 *
 * Entries are named by the tags of their atoms; the second atom of a tag is `adam_1`, the third `adam_2`.
 *
 * @since 0.1.0
 */
import type { Expr, Exprs } from '../expr/index.ts'
import { raise, type Shape } from '../shape/index.ts'
import type { DType, FloatDType, TypedSlot } from '../tensor/index.ts'
import type { AnyAtomDefinition, AtomSpec, AtomState } from './atom.ts'
import { asParameterTree, type ParameterTree } from './tree.ts'
import type { AnyTransform, Transform } from './transform.ts'

// types

/** How often a tag occurs in a list of tags, as a list of that length. */
type Occurrences<
  Tag extends string,
  Seen extends readonly string[],
  Count extends readonly string[] = []
> = Seen extends readonly [infer H, ...infer R extends readonly string[]]
  ? Occurrences<Tag, R, H extends Tag ? [...Count, Tag] : Count>
  : Count

/** The name of an atom that comes after atoms with the tags Seen. */
type NameAfter<Tag extends string, Seen extends readonly string[]> =
  Occurrences<Tag, Seen> extends infer Before extends readonly string[]
    ? Before['length'] extends 0
      ? Tag
      : `${Tag}_${Before['length']}`
    : never

/** The entries of the atoms A, atoms with the tags Seen having come before. */
type Entries<A extends readonly AtomSpec[], P, Seen extends readonly string[]> = A extends readonly [
  infer H extends AtomSpec,
  ...infer R extends readonly AtomSpec[]
]
  ? Entry<NameAfter<H['tag'], Seen>, AtomState<H, P>> & Entries<R, P, [...Seen, H['tag']]>
  : unknown

/** An entry, or nothing for an atom that keeps nothing. */
type Entry<Name extends string, S> = keyof S extends never ? unknown : { readonly [N in Name]: S }

/** The same record with its intersections resolved. */
type Resolved<R> = { readonly [K in keyof R]: R[K] }

/**
 * The state of a transform over parameters P (a tree of slots), as a tree of slots.
 *
 * @example
 * import type { StateOf, Transform, Adam } from 'gradfold/optimizer'
 * import type { TypedSlot } from 'gradfold/tensor'
 * type State = StateOf<Transform<[Adam]>, { readonly kernel: TypedSlot<[2, 3]> }>
 * type Moment = State['adam']['mu']['kernel'] // TypedSlot<[2, 3]>
 * @category model
 * @since 0.1.0
 */
export type StateOf<O extends AnyTransform, P> =
  O extends Transform<infer A>
    ? number extends A['length']
      ? Readonly<Record<string, unknown>>
      : Resolved<Entries<A, P, []>>
    : never

/**
 * The tree of slots of a tree of expressions.
 *
 * @category types
 * @since 0.1.0
 */
export type SlotsIn<E> =
  E extends Expr<infer S extends Shape, infer T extends DType>
    ? TypedSlot<S, T extends FloatDType ? 'float' : T>
    : { readonly [K in keyof E]: SlotsIn<E[K]> }

/** The float types in a tree of expressions. */
type FloatsIn<E> =
  E extends Expr<Shape, infer T extends DType>
    ? Extract<T, FloatDType>
    : E extends readonly (infer X)[]
      ? FloatsIn<X>
      : { readonly [K in keyof E]: FloatsIn<E[K]> }[keyof E]

/**
 * The float type of a tree of expressions; f32 for an empty one.
 *
 * @category types
 * @since 0.1.0
 */
export type FloatIn<E> = [FloatsIn<E>] extends [never] ? 'f32' : FloatsIn<E>

/**
 * The state of a transform with atoms A over a tree of expressions E, as a tree of expressions.
 *
 * @category model
 * @since 0.1.0
 */
export type StateFor<A extends readonly AtomSpec[], E> = Exprs<StateOf<Transform<A>, SlotsIn<E>>, FloatIn<E>>

// destructors

/**
 * The names of the atoms, under which those that keep something have their entries in the state, in order.
 *
 * @example
 * import { adam, atomNames, chain, scale } from 'gradfold/optimizer'
 * atomNames(chain(adam(), scale(2), adam())) // ['adam', 'scale', 'adam_1']
 * @category destructors
 * @since 0.1.0
 */
export const atomNames = (self: AnyTransform): readonly string[] =>
  self.atoms.map(({ tag }, i) => {
    const before = self.atoms.slice(0, i).filter((other) => other.tag === tag).length
    return before === 0 ? tag : `${tag}_${before}`
  })

/** An atom as it is run. */
export interface NamedAtom {
  readonly name: string
  readonly spec: AtomSpec
  readonly definition: AnyAtomDefinition
}

/** The atoms with their names and definitions, in order. */
export const namedAtoms = (self: AnyTransform): readonly NamedAtom[] => {
  const names = atomNames(self)
  return self.atoms.map((spec, i) => ({
    name: names[i] ?? spec.tag,
    spec,
    definition: self.definitions[spec.tag] ?? raise(`optimizer: the atom '${spec.tag}' has no definition`)
  }))
}

/** Whether an atom's state has anything in it. */
export const keepsState = (state: object): boolean => Object.keys(state).length > 0

// interpretation

/** The state before the first step, of trees whose types are not known. */
export const initTree = (self: AnyTransform, params: ParameterTree): Readonly<Record<string, object>> =>
  Object.freeze(
    Object.fromEntries(
      namedAtoms(self).flatMap(({ name, spec, definition }) => {
        const state = definition.init(spec, params)
        return keepsState(state) ? [[name, state] as const] : []
      })
    )
  )

/**
 * The state before the first step, as expressions.
 *
 * @param self the transform.
 * @returns a function of the parameters, a tree of f32 or of f64 expressions; it gives the tree `StateOf`.
 * @throws where a leaf is not a float, or leaves are of two float types.
 * @example
 * import { evaluate } from 'gradfold/engine'
 * import { constant } from 'gradfold/expr'
 * import { adam, init } from 'gradfold/optimizer'
 * import { tensor } from 'gradfold/tensor'
 * const state = evaluate(init(adam())({ weight: constant(tensor([1, 2])) }))
 * const zeros = state.adam.mu.weight // Tensor<[2]>
 * @category interpretation
 * @since 0.1.0
 */
export const init =
  <const A extends readonly AtomSpec[]>(self: Transform<A>) =>
  <E>(params: E): StateFor<A, E> =>
    // the rule of the types is the rule of initTree
    initTree(self, asParameterTree('init')(params)) as StateFor<A, E>
