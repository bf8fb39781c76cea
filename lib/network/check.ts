/**
 * Whether layers fit, for the compiler: where one does not, the type of the parameter is the sentence.
 *
 * @since 0.1.0
 */
import type { Shape } from '../shape/index.ts'
import type { GivenName, Message, NameMessage, Output, Spec } from './rules.ts'

// one layer

/** N where layer S may follow layers Before on shape O, else the complaint. */
export type Step<S extends Spec, O extends Shape, Before extends readonly Spec[], N> = [Message<S, O>] extends [never]
  ? [GivenName<S>] extends [never]
    ? N
    : [NameMessage<S, GivenName<Before[number]>>] extends [never]
      ? N
      : NameMessage<S, GivenName<Before[number]>>
  : Message<S, O>

/** L where its description fits, else the complaint. */
type Fit<S extends Spec, O extends Shape, Names, L> = [Message<S, O>] extends [never]
  ? [NameMessage<S, Names>] extends [never]
    ? L
    : NameMessage<S, Names>
  : Message<S, O>

// lists

/** How far the check of a list has come: the shape, the names given, and the layers or complaints so far. */
interface Checked<O extends Shape, Names, Done extends readonly unknown[]> {
  readonly shape: O
  readonly names: Names
  readonly done: Done
}
type CheckNext<P, L> =
  P extends Checked<infer O, infer Names, infer Done>
    ? L extends { readonly spec: infer S extends Spec }
      ? Checked<Output<S, O>, Names | GivenName<S>, [...Done, Fit<S, O, Names, L>]>
      : Checked<Shape, Names, [...Done, NoLayer<L>]>
    : never
type CheckAll<P, Ls extends readonly unknown[]> = Ls extends readonly [infer A, infer B, infer C, infer D, ...infer R]
  ? CheckAll<CheckNext<CheckNext<CheckNext<CheckNext<P, A>, B>, C>, D>, R>
  : Ls extends readonly [infer L, ...infer R]
    ? CheckAll<CheckNext<P, L>, R>
    : P extends Checked<Shape, unknown, infer Done>
      ? Done
      : never

/** Each layer, or in its place the complaint. */
export type Check<O extends Shape, Ls extends readonly unknown[], Names = never> =
  // an array and no tuple: the compiler's first look at the arguments, or a list that was made at run time
  number extends Ls['length'] ? Ls : CheckAll<Checked<O, Names, []>, Ls>

// what is no layer

type NoCall = 'network: expected a layer, got a function; call it, as in dense(10)'
const noCall: NoCall = 'network: expected a layer, got a function; call it, as in dense(10)'
type NoLayerBut<L extends string> = `network: expected a layer such as dense(10) or relu, got ${L}`
const noLayerBut = <L extends string>(got: L): NoLayerBut<L> =>
  `network: expected a layer such as dense(10) or relu, got ${got}`
type WordFor<L> = L extends number
  ? 'a number'
  : L extends string
    ? 'a text'
    : L extends boolean
      ? 'a boolean'
      : 'something else'
const wordFor = (u: unknown): string =>
  typeof u === 'number'
    ? 'a number'
    : typeof u === 'string'
      ? 'a text'
      : typeof u === 'boolean'
        ? 'a boolean'
        : 'something else'
type NoLayer<L> = L extends (...args: never) => unknown ? NoCall : NoLayerBut<WordFor<L>>

/** The sentence about an argument that is no layer: the run-time twin of `NoLayer`. */
export const noLayer = (u: unknown): string => (typeof u === 'function' ? noCall : noLayerBut(wordFor(u)))
