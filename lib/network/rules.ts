/**
 * What the compiler knows of layers: for each tag a rule, from the shape that reaches a layer to a complaint, the shape it
 * gives, its parameters, its state, and how many numbers the parameters are.
 *
 * Nothing else at the type level knows any layer. A layer's own file extends `Rules`, so does a user's.
 *
 * @since 0.1.0
 */
import type { Add, Dim, Shape } from '../shape/index.ts'
import type { NameAutomatic, NameNumber, NameTwice } from './names.ts'

// model

/**
 * What the types ask of a layer's description; kept this small because it is checked at every step.
 *
 * @category model
 * @since 0.1.0
 */
export interface Spec {
  readonly tag: string
}

/**
 * The rule of each layer by its tag. S is the description, O the shape that reaches the layer, without the batch.
 *
 * - `message`: `never` where the layer fits, else the sentence that the compiler prints
 * - `output`: the shape it gives
 * - `params`: the tree of its parameters, with leaves `TypedSlot<shape>`; left out or `null` for none
 * - `state`: the tree of its state, likewise
 * - `count`: how many numbers the parameters are; left out for none
 *
 * @example
 * import type { Shape } from 'gradfold/shape'
 * import type { Spec } from 'gradfold/network'
 * interface Halve extends Spec {
 *   readonly tag: 'halve'
 * }
 * declare module 'gradfold/network' {
 *   interface Rules<S, O extends Shape> {
 *     readonly halve: { message: never; output: O }
 *   }
 * }
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- open: layers extend it
export interface Rules<S, O extends Shape> {}

// one layer

type RuleOf<S extends Spec, O extends Shape> = string extends S['tag']
  ? OpenRule
  : Rules<S, O>[S['tag'] & keyof Rules<S, O>]
/** The rule of a layer of which nothing is known. */
interface OpenRule {
  message: never
  output: Shape
  params: OpenTree
  state: OpenTree
  count: number
}
/** A tree of which nothing is known. */
interface OpenTree {
  readonly [name: string]: unknown
}

/**
 * The complaint of a layer S about a shape O, or `never`.
 *
 * @category rules
 * @since 0.1.0
 */
export type Message<S extends Spec, O extends Shape> = RuleOf<S, O> extends { message: infer V } ? V : never

/**
 * The shape that a layer S makes of a shape O.
 *
 * @category rules
 * @since 0.1.0
 */
export type Output<S extends Spec, O extends Shape> = RuleOf<S, O> extends { output: infer V extends Shape } ? V : Shape

/**
 * The parameters of a layer S that a shape O reaches: a tree of slots, or `null`.
 *
 * @category rules
 * @since 0.1.0
 */
export type ParamsAt<S extends Spec, O extends Shape> = RuleOf<S, O> extends { params: infer V } ? V : null

/**
 * The state of a layer S that a shape O reaches: a tree of slots, or `null`.
 *
 * @category rules
 * @since 0.1.0
 */
export type StateAt<S extends Spec, O extends Shape> = RuleOf<S, O> extends { state: infer V } ? V : null

/**
 * How many numbers the parameters of a layer S are.
 *
 * @category rules
 * @since 0.1.0
 */
export type CountAt<S extends Spec, O extends Shape> = RuleOf<S, O> extends { count: infer V extends Dim } ? V : 0

// lists of layers

// Walking a list costs the compiler its length at every step, so long lists are walked four layers at a time: that makes deep
// networks several times cheaper, and lists of up to 4,000 layers possible.

/**
 * The shape after all layers of a list.
 *
 * @category lists
 * @since 0.1.0
 */
export type Run<O extends Shape, Ls extends readonly Spec[]> = Ls extends readonly [
  infer A extends Spec,
  infer B extends Spec,
  infer C extends Spec,
  infer D extends Spec,
  ...infer R extends readonly Spec[]
]
  ? Run<Output<D, Output<C, Output<B, Output<A, O>>>>, R>
  : Ls extends readonly [infer S extends Spec, ...infer R extends readonly Spec[]]
    ? Run<Output<S, O>, R>
    : // an array and no tuple: a list that was made at run time
      number extends Ls['length']
      ? Shape
      : O

/**
 * The first complaint of a list of layers, or `never`.
 *
 * @category lists
 * @since 0.1.0
 */
export type FirstMessage<O extends Shape, Ls extends readonly Spec[], Names = never> = Ls extends readonly [
  infer S extends Spec,
  ...infer R extends readonly Spec[]
]
  ? [Message<S, O>] extends [never]
    ? [NameMessage<S, Names>] extends [never]
      ? FirstMessage<Output<S, O>, R, Names | GivenName<S>>
      : NameMessage<S, Names>
    : Message<S, O>
  : never

/**
 * How many numbers the parameters of a list of layers are.
 *
 * @category lists
 * @since 0.1.0
 */
export type CountList<O extends Shape, Ls extends readonly Spec[], Sum extends Dim = 0> = Ls extends readonly [
  infer S extends Spec,
  ...infer R extends readonly Spec[]
]
  ? CountList<Output<S, O>, R, Add<Sum, CountAt<S, O>>>
  : number extends Ls['length']
    ? number
    : Sum

/** One layer's place in a tree: its name, and its parameters or its state. */
type Entry = readonly [name: string, tree: unknown]
/** How often each tag has occurred unnamed: a union of pairs. */
type Tally = readonly [tag: string, times: readonly 0[]]
type TimesOf<Seen, Tag extends string> = Seen extends readonly [Tag, infer Times extends readonly 0[]] ? Times : never
type Times<Seen, Tag extends string> = [TimesOf<Seen, Tag>] extends [never] ? [] : TimesOf<Seen, Tag>
type Counted<Seen, Tag extends string, Before extends readonly 0[]> =
  Exclude<Seen, readonly [Tag, unknown]> | [Tag, [...Before, 0]]
type EntryOf<Name extends string, Tree> = Tree extends null ? never : [Name, Tree]

/** The two kinds of tree that a layer may bring. */
type Kind = 'params' | 'state'
type TreeAt<K extends Kind, S extends Spec, O extends Shape> = K extends 'params' ? ParamsAt<S, O> : StateAt<S, O>

/** How far a walk has come: the shape, the tally of unnamed layers, and the entries found, as a union. */
interface Progress<O extends Shape, Seen extends Tally, Found> {
  readonly shape: O
  readonly seen: Seen
  readonly found: Found
}
type Advance<K extends Kind, P, S extends Spec> =
  P extends Progress<infer O, infer Seen, infer Found>
    ? S['tag'] extends 'named'
      ? Progress<Output<S, O>, Seen, Found | EntryOf<GivenName<S>, TreeAt<K, S, O>>>
      : Times<Seen, S['tag']> extends infer Before extends readonly 0[]
        ? Progress<
            Output<S, O>,
            Counted<Seen, S['tag'], Before>,
            Found | EntryOf<`${S['tag']}_${Before['length']}`, TreeAt<K, S, O>>
          >
        : never
    : never
type Walk<K extends Kind, P, Ls extends readonly Spec[]> = Ls extends readonly [
  infer A extends Spec,
  infer B extends Spec,
  infer C extends Spec,
  infer D extends Spec,
  ...infer R extends readonly Spec[]
]
  ? Walk<K, Advance<K, Advance<K, Advance<K, Advance<K, P, A>, B>, C>, D>, R>
  : Ls extends readonly [infer S extends Spec, ...infer R extends readonly Spec[]]
    ? Walk<K, Advance<K, P, S>, R>
    : number extends Ls['length']
      ? Progress<Shape, never, [string, unknown]>
      : P
type Entries<K extends Kind, O extends Shape, Ls extends readonly Spec[]> = Walk<K, Progress<O, never, never>, Ls>

/**
 * The parameters of a list of layers: one entry for each layer that has some, by its name.
 *
 * @category lists
 * @since 0.1.0
 */
export type ParamsList<O extends Shape, Ls extends readonly Spec[]> =
  // the conditional ends the circle between this type and the rules
  Entries<'params', O, Ls> extends infer P extends Progress<Shape, Tally, Entry>
    ? { readonly [E in P['found'] as E[0]]: E[1] }
    : never

/**
 * The state of a list of layers: one entry for each layer that has some, by its name.
 *
 * @category lists
 * @since 0.1.0
 */
export type StateList<O extends Shape, Ls extends readonly Spec[]> =
  Entries<'state', O, Ls> extends infer P extends Progress<Shape, Tally, Entry>
    ? { readonly [E in P['found'] as E[0]]: E[1] }
    : never

/**
 * A tree of a layer that holds others: `null` where none of them has an entry, so that no empty record stays behind.
 *
 * @category lists
 * @since 0.1.0
 */
export type OrNull<P> = [keyof P] extends [never] ? null : P

// names

/**
 * The name that a layer was given, or `never`.
 *
 * @category names
 * @since 0.1.0
 */
export type GivenName<S> = S extends { readonly tag: 'named'; readonly name: infer K extends string } ? K : never

/**
 * The complaint about a given name, or `never`; Names are those given before it on its level.
 *
 * @category names
 * @since 0.1.0
 */
export type NameMessage<S, Names> =
  GivenName<S> extends infer K extends string
    ? [K] extends [never]
      ? never
      : K extends Names
        ? NameTwice<K>
        : K extends '' | `${bigint}`
          ? NameNumber<K>
          : K extends `${keyof Rules<Spec, Shape>}_${bigint}`
            ? NameAutomatic<K>
            : never
    : never

/**
 * A complaint with the place it comes from in front.
 *
 * @category messages
 * @since 0.1.0
 */
export type Inside<Where extends string, M> = M extends string ? `${Where} > ${M}` : never
