/**
 * Atoms: the single transformations of gradients that optimizers are chained from.
 *
 * An atom is a spec (a tagged record: data) and a definition (what the spec means). The types of its state and of what
 * else it needs are in open interfaces by tag, which the file of an atom extends; a user's own atom does the same.
 *
 * @since 0.1.0
 */
import { build, type Codec, type Tagged } from '../codec/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import type { Working } from './hyper-parameters.ts'
import type { ParameterTree } from './tree.ts'

// model

/**
 * A spec: the tag of an atom and its options.
 *
 * @category model
 * @since 0.1.0
 */
export type AtomSpec = Tagged

/**
 * The state of each atom, by tag: a tree of slots for an atom with spec A and parameters P.
 *
 *     declare module 'gradfold/optimizer' {
 *       interface AtomStates<A, P> { readonly sign: HyperParameters<A> }
 *     }
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- the files of the atoms extend it
export interface AtomStates<A, P> {}

/**
 * What an atom needs besides updates and parameters, by tag, in a network of float type F: `{ value: Expr<[], F> }`, the
 * loss, for one that takes steps by it. Atoms that need nothing else are not in it.
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- a user's own atoms extend it
export interface AtomNeeds<F extends FloatDType> {}

/**
 * The state of an atom with spec A over parameters P; a record without fields where it has none.
 *
 * @category types
 * @since 0.1.0
 */
export type AtomState<A extends AtomSpec, P> = A['tag'] extends keyof AtomStates<A, P>
  ? AtomStates<A, P>[A['tag']]
  : unknown

/**
 * What an atom with a tag needs besides updates and parameters.
 *
 * @category types
 * @since 0.1.0
 */
export type NeedsOf<Tag extends string, F extends FloatDType> = Tag extends keyof AtomNeeds<F>
  ? AtomNeeds<F>[Tag]
  : unknown

/**
 * What a definition sees of its state: expressions for its numbers, closed trees for what has the parameters' structure.
 *
 * @category model
 * @since 0.1.0
 */
export type WorkingState<A extends AtomSpec> = Working<AtomState<A, ParameterTree>>

/**
 * What an update may look at.
 *
 * @category model
 * @since 0.1.0
 */
export type AtomContext<Tag extends string> = { readonly params: ParameterTree } & NeedsOf<Tag, 'f32'>

/**
 * What a spec means.
 *
 * @category model
 * @since 0.1.0
 */
export interface AtomDefinition<A extends AtomSpec> {
  readonly tag: A['tag']
  /** from and to plain data, keys closed, every number finite and in its range */
  readonly codec: Codec<A>
  /** the names of what it needs in the context, as in `AtomNeeds`; none if it is left out */
  readonly needs?: readonly string[]
  /** the state before the first step */
  readonly init: (spec: A, params: ParameterTree) => WorkingState<A>
  /** updates and state after one step */
  readonly update: (
    spec: A,
    updates: ParameterTree,
    state: WorkingState<A>,
    context: AtomContext<A['tag']>
  ) => readonly [updates: ParameterTree, state: WorkingState<A>]
}

/**
 * A definition whose spec is not known; it is only ever given specs with its tag.
 *
 * @category model
 * @since 0.1.0
 */
export interface AnyAtomDefinition {
  readonly tag: string
  readonly codec: Codec<AtomSpec>
  readonly needs?: readonly string[]
  readonly init: (spec: AtomSpec, params: ParameterTree) => object
  readonly update: (
    spec: AtomSpec,
    updates: ParameterTree,
    state: unknown,
    context: { readonly params: ParameterTree }
  ) => readonly [updates: ParameterTree, state: object]
}

// constructors

/**
 * Forgets which spec a definition is for: for tables of definitions.
 *
 * @example
 * import { anyDefinition, scaleDefinition } from 'gradfold/optimizer'
 * anyDefinition(scaleDefinition).tag // 'scale'
 * @category constructors
 * @since 0.1.0
 */
export const anyDefinition = <A extends AtomSpec>(definition: AtomDefinition<A>): AnyAtomDefinition =>
  // a table finds a definition by the tag of the spec that it is given
  definition as unknown as AnyAtomDefinition

/**
 * A spec with the options of an atom over their defaults, checked by its codec.
 *
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { scaleDefinition, specOf } from 'gradfold/optimizer'
 * specOf(scaleDefinition, { factor: 2 }) // { tag: 'scale', factor: 2 }
 * @category constructors
 * @since 0.1.0
 */
export const specOf = <A extends AtomSpec>(definition: AtomDefinition<A>, options: object, defaults: object = {}): A =>
  build<A>(definition.tag, definition.codec, defaults)(options)
