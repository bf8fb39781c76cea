/**
 * Transforms: chains of atoms, as data. An optimizer is a transform that makes updates of gradients.
 *
 * Updates are what is *added* to the parameters, θ ← θ + u, so an optimizer's last word is −η times a direction.
 *
 * @since 0.1.0
 */
import type { Monoid } from 'fp-ts/lib/Monoid.js'
import { showValue } from '../codec/index.ts'
import { raise } from '../shape/index.ts'
import { anyDefinition, specOf, type AnyAtomDefinition, type AtomDefinition, type AtomSpec } from './atom.ts'

// model

/**
 * A chain of atoms with specs A, first to last.
 *
 * @category model
 * @since 0.1.0
 */
export interface Transform<out A extends readonly AtomSpec[]> {
  /** the specs: all that is encoded, compared and printed */
  readonly atoms: A
  /** what the specs mean, by tag */
  readonly definitions: Readonly<Record<string, AnyAtomDefinition>>
}

/**
 * A transform of any atoms.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyTransform = Transform<readonly AtomSpec[]>

/**
 * The atoms of several transforms, one after the other.
 *
 * @category types
 * @since 0.1.0
 */
export type Concatenated<
  Ts extends readonly AnyTransform[],
  Out extends readonly AtomSpec[] = []
> = Ts extends readonly [Transform<infer A>, ...infer Rest extends readonly AnyTransform[]]
  ? Concatenated<Rest, readonly [...Out, ...A]>
  : number extends Ts['length']
    ? readonly AtomSpec[]
    : Out

// constructors

/**
 * The transform of one atom: for those who define their own.
 *
 * An atom that keeps something names its state in `AtomStates`, one that needs more than updates and parameters says so
 * in `AtomNeeds`; this one does neither.
 *
 * @param definition what the spec means.
 * @param options the options of the spec.
 * @param defaults of the options that may be left out.
 * @throws where an option is misspelt, missing or out of its range.
 * @example
 * import { taggedRecord } from 'gradfold/codec'
 * import { sign } from 'gradfold/expr'
 * import { atom, chain, mapTree, scaleByLearningRate, type AtomDefinition } from 'gradfold/optimizer'
 *
 * interface Sign {
 *   readonly tag: 'sign'
 * }
 * const definition: AtomDefinition<Sign> = {
 *   tag: 'sign',
 *   codec: taggedRecord<Sign>('sign', {}),
 *   init: () => ({}),
 *   update: (_, updates, state) => [mapTree((u) => sign(u))(updates), state]
 * }
 * const signDescent = chain(atom(definition, {}), scaleByLearningRate({ learningRate: 0.01 }))
 * @category constructors
 * @since 0.1.0
 */
export const atom = <A extends AtomSpec>(
  definition: AtomDefinition<A>,
  options: object,
  defaults: object = {}
): Transform<readonly [A]> =>
  Object.freeze({
    atoms: Object.freeze([specOf(definition, options, defaults)] as const),
    definitions: Object.freeze({ [definition.tag]: anyDefinition(definition) })
  })

/**
 * The transform that changes nothing: the empty chain.
 *
 * @category constructors
 * @since 0.1.0
 */
export const identity: Transform<readonly []> = Object.freeze({ atoms: Object.freeze([] as const), definitions: {} })

/** What is given as a transform: `adam` in place of `adam()` would be a function. */
const transformIn = (u: unknown): AnyTransform =>
  typeof u === 'object' && u !== null && 'atoms' in u && 'definitions' in u
    ? // nothing else has atoms and their definitions
      (u as AnyTransform)
    : raise(`chain: expected a transform such as adam(), got ${showValue(u)}`)

const clash = (a: AnyTransform, b: AnyTransform): string | undefined =>
  Object.keys(a.definitions).find(
    (tag) => b.definitions[tag] !== undefined && b.definitions[tag] !== a.definitions[tag]
  )

const joined = (a: AnyTransform, b: AnyTransform): AnyTransform => {
  const twice = clash(a, b)
  return twice === undefined
    ? Object.freeze({
        atoms: Object.freeze([...a.atoms, ...b.atoms]),
        definitions: Object.freeze({ ...a.definitions, ...b.definitions })
      })
    : raise(`chain: two different atoms have the tag '${twice}'; rename one of them`)
}

/**
 * One transform after the other: the updates of each are given to the next.
 *
 * Chaining is associative and `identity` is its unit: only the atoms and their order count, so bracketing changes
 * neither the updates nor the state.
 *
 * @param transforms any number of them.
 * @throws where two atoms of one tag have different definitions.
 * @example
 * import { adam, chain, clipByGlobalNorm } from 'gradfold/optimizer'
 * const optimizer = chain(clipByGlobalNorm(1), adam())
 * @category combinators
 * @since 0.1.0
 */
export const chain = <const Ts extends readonly AnyTransform[]>(...transforms: Ts): Transform<Concatenated<Ts>> =>
  // reducing forgets the tuple of atoms that Concatenated computes
  transforms.map(transformIn).reduce(joined, identity) as unknown as Transform<Concatenated<Ts>>

// instances

/**
 * Transforms form a monoid under `chain`.
 *
 * @example
 * import { concatAll } from 'fp-ts/lib/Monoid.js'
 * import { adam, clipByGlobalNorm, Monoid } from 'gradfold/optimizer'
 * const optimizer = concatAll(Monoid)([clipByGlobalNorm(1), adam()])
 * @category instances
 * @since 0.1.0
 */
export const transformMonoid: Monoid<AnyTransform> = { concat: joined, empty: identity }
