/**
 * Networks and layers: plain data whose literal types carry the shapes.
 *
 * A network is its input shape and the list of its layers' descriptions. A layer holds its description and is also a
 * function on networks, so the same value is an argument of `network` and a step of `pipe`.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity, pipe } from 'fp-ts/lib/function.js'
import { isWhole, raise, sameShape, show, type Dim, type SameShape, type Shape, type Show } from '../shape/index.ts'
import { definitionsOf, mergeDefinitions, type AnyDefinition, type Definitions } from './definition.ts'
import { ruleOf } from './fold.ts'
import { nameComplaint } from './names.ts'
import type { CountList, GivenName, Message, NameMessage, Output, ParamsList, Run, Spec, StateList } from './rules.ts'

// model

declare const outputOf: unique symbol
const made: unique symbol = Symbol('gradfold/network')

/**
 * Layers Ls, which take an example of shape I to one of shape O; the batch is part of neither.
 *
 * @category model
 * @since 0.1.0
 */
export interface Network<I extends Shape, O extends Shape, Ls extends readonly Spec[]> {
  readonly input: Readonly<I>
  readonly layers: Readonly<Ls>
  /** there at compile time only */
  readonly [outputOf]: O
}

/**
 * A network of which nothing is known, such as one that was read from a file.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyNetwork = Network<Shape, Shape, readonly Spec[]>

/**
 * A layer, described by S: an argument of `network`, and a step of `pipe`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Layer<S extends Spec> {
  readonly spec: S
  /** the definitions of this layer and of those inside it */
  readonly [definitionsOf]: Definitions
  <I extends Shape, O extends Shape, Ls extends readonly Spec[]>(
    net: Step<S, O, Ls, Network<I, O, Ls>>
  ): Network<I, Output<S, O>, [...Ls, S]>
}

/**
 * A layer of which nothing is known but that it is one.
 *
 * @category model
 * @since 0.1.0
 */
export interface AnyLayer {
  readonly spec: Spec
  readonly [definitionsOf]: Definitions
}

/** The descriptions of a list of layers. */
export type Specs<Ls extends readonly unknown[]> = {
  -readonly [K in keyof Ls]: Ls[K] extends { readonly spec: infer S extends Spec } ? S : never
}

// checks: where a layer does not fit, the type of the parameter is the sentence

/** N where layer S may follow layers Before on shape O, else the complaint. */
type Step<S extends Spec, O extends Shape, Before extends readonly Spec[], N> = [Message<S, O>] extends [never]
  ? [GivenName<S>] extends [never]
    ? N
    : [NameMessage<S, GivenName<Before[number]>>] extends [never]
      ? N
      : NameMessage<S, GivenName<Before[number]>>
  : Message<S, O>

type Fit<S extends Spec, O extends Shape, Names, L> = [Message<S, O>] extends [never]
  ? [NameMessage<S, Names>] extends [never]
    ? L
    : NameMessage<S, Names>
  : Message<S, O>

/** Each layer, or in its place the complaint. */
export type Check<
  O extends Shape,
  Ls extends readonly unknown[],
  Names = never,
  Done extends readonly unknown[] = []
> = Ls extends readonly [infer L, ...infer R]
  ? L extends { readonly spec: infer S extends Spec }
    ? Check<Output<S, O>, R, Names | GivenName<S>, [...Done, Fit<S, O, Names, L>]>
    : Check<Shape, R, Names, [...Done, NoLayer<L>]>
  : // an array and no tuple: the compiler's first look at the arguments, or a list that was made at run time
    number extends Ls['length']
    ? Ls
    : Done

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

const inputMessage = (dim: Dim): string =>
  `input: expected positive whole sizes or names, got ${typeof dim === 'string' ? `'${dim}'` : dim}`
const isDim = (dim: Dim): boolean => (typeof dim === 'number' ? isWhole(dim) : !/^-?[0-9]*$|[ ,*?]/.test(dim))

// types of a network

/**
 * The shape that a network takes, without the batch.
 *
 * @category types
 * @since 0.1.0
 */
export type InputOf<N> = N extends Network<infer I, Shape, readonly Spec[]> ? I : never

/**
 * The shape that a network gives, without the batch.
 *
 * @category types
 * @since 0.1.0
 */
export type OutputOf<N> = N extends Network<Shape, infer O, readonly Spec[]> ? O : never

/**
 * The parameters of a network: a tree of slots by the names of its layers.
 *
 * @category types
 * @since 0.1.0
 */
export type ParamsOf<N> = N extends Network<infer I, Shape, infer Ls> ? ParamsList<I, Ls> : never

/**
 * The state of a network (running statistics and the like): a tree of slots by the names of its layers.
 *
 * @category types
 * @since 0.1.0
 */
export type StateOf<N> = N extends Network<infer I, Shape, infer Ls> ? StateList<I, Ls> : never

/**
 * How many numbers the parameters of a network are.
 *
 * @category types
 * @since 0.1.0
 */
export type ParamCount<N> = N extends Network<infer I, Shape, infer Ls> ? CountList<I, Ls> : never

// constructors

interface Made {
  readonly definitions: Definitions
  readonly output: Shape
}

const networkOf = <N extends AnyNetwork>(
  input: Shape,
  layers: readonly Spec[],
  definitions: Definitions,
  output: Shape
): N =>
  // the phantom output exists in the type only; the callers have computed it with the same rules
  Object.freeze({
    input: Object.freeze([...input]),
    layers: Object.freeze([...layers]),
    [made]: Object.freeze<Made>({ definitions, output })
  }) as unknown as N

const madeOf = (net: AnyNetwork): Made =>
  // `made` is not part of the public type
  (net as unknown as { readonly [made]: Made })[made]

/** Whether a value is a network. */
export const isNetwork = (u: unknown): u is AnyNetwork => typeof u === 'object' && u !== null && made in u

/** Whether a value is a layer. */
export const isLayer = (u: unknown): u is AnyLayer => typeof u === 'function' && definitionsOf in u

/** The network with more layers behind it, or the first complaint. */
export const extend = (net: AnyNetwork, layers: readonly AnyLayer[]): Either.Either<string, AnyNetwork> => {
  const { output, definitions } = madeOf(net)
  const merged = mergeDefinitions([definitions, ...layers.map((layer) => layer[definitionsOf])])
  return extendWith(
    net,
    layers.map((layer) => layer.spec),
    merged,
    output
  )
}

const extendWith = (
  net: AnyNetwork,
  specs: readonly Spec[],
  definitions: Definitions,
  from: Shape
): Either.Either<string, AnyNetwork> => {
  const all = [...net.layers, ...specs]
  const output = specs.reduce<Either.Either<string, Shape>>(
    (before, spec, i) =>
      pipe(
        before,
        Either.flatMap((shape) => ruleOf(definitions, spec, shape)),
        Either.flatMap((shape) => {
          const complaint = nameComplaint(all.slice(0, net.layers.length + i), spec, definitions)
          return complaint === undefined ? Either.right(shape) : Either.left(complaint)
        })
      ),
    Either.right(from)
  )
  return pipe(
    output,
    Either.map((shape) => networkOf(net.input, all, definitions, shape))
  )
}

/**
 * A layer from its definition and its description: what the constructor of a layer of one's own calls.
 *
 * @param definition made by `defineLayer`.
 * @param spec the description, with the definition's tag.
 * @param inside the layers that this layer holds, whose definitions it then carries as well.
 * @example
 * import { dropoutDefinition, layer } from 'gradfold/network'
 * layer(dropoutDefinition, { tag: 'dropout', rate: 0.5 })
 * @category constructors
 * @since 0.1.0
 */
export const layer = <S extends Spec>(
  definition: AnyDefinition,
  spec: S,
  inside: readonly AnyLayer[] = []
): Layer<S> => {
  if (definition.tag !== spec.tag)
    raise(`layer: the definition is of '${definition.tag}', the description of '${spec.tag}'`)
  const own: Definitions = new Map([[spec.tag, definition]])
  // the shapes exist in the type only
  return carrying(spec, mergeDefinitions([...inside.map((other) => other[definitionsOf]), own])) as unknown as Layer<S>
}

/** A layer that carries the given definitions. */
const carrying = (spec: Spec, definitions: Definitions): AnyLayer => {
  const step = (net: AnyNetwork): AnyNetwork =>
    isNetwork(net)
      ? pipe(extend(net, [self]), Either.match(raise, identity<AnyNetwork>))
      : raise(`${spec.tag}: expected a network, got something else; begin with input(...)`)
  const self: AnyLayer = Object.freeze(Object.assign(step, { spec: Object.freeze(spec), [definitionsOf]: definitions }))
  return self
}

/**
 * The beginning of a network: the shape of one example, without the batch.
 *
 * @param shape positive whole sizes, or names of sizes that are not known (`'time'`).
 * @returns a network without layers.
 * @example
 * import { input } from 'gradfold/network'
 * input(28, 28, 1)
 * @category constructors
 * @since 0.1.0
 */
export const input = <const I extends Shape>(...shape: I): Network<Mutable<I>, Mutable<I>, []> => {
  const wrong = shape.find((dim) => !isDim(dim))
  return wrong === undefined ? networkOf(shape, [], new Map(), shape) : raise(inputMessage(wrong))
}
type Mutable<I extends Shape> = { -readonly [K in keyof I]: I[K] }

/**
 * A network of any depth: each layer is checked against the shape that reaches it.
 *
 * A layer that does not fit is one line of the compiler at that layer, and the same sentence at run time where the compiler
 * does not know the shapes.
 *
 * @param from the input, or a network to be continued.
 * @param layers what follows, in order.
 * @returns a network that takes the input of `from` to the output of the last layer.
 * @example
 * import { dense, input, network, relu } from 'gradfold/network'
 * network(input(784), dense(128), relu, dense(10))
 * @category constructors
 * @since 0.1.0
 */
export const network = <
  I extends Shape,
  O extends Shape,
  Ms extends readonly Spec[],
  const Ls extends readonly unknown[]
>(
  from: Network<I, O, Ms>,
  ...layers: Ls extends Check<O, Ls, GivenName<Ms[number]>> ? Ls : Check<O, Ls, GivenName<Ms[number]>>
): Network<I, Run<O, Specs<Ls>>, [...Ms, ...Specs<Ls>]> =>
  pipe(
    extend(from, layersIn(layers)),
    Either.match(raise, (net) => net as Network<I, Run<O, Specs<Ls>>, [...Ms, ...Specs<Ls>]>)
  )

/** The arguments as layers; whatever else there is among them is refused. */
export const layersIn = (list: readonly unknown[]): readonly AnyLayer[] =>
  list.map((u) => (isLayer(u) ? u : raise(typeof u === 'function' ? noCall : noLayerBut(wordFor(u)))))

/** The descriptions of some layers, their types kept. */
export const specsOf = <Ls extends readonly AnyLayer[]>(layers: Ls): Specs<Ls> =>
  // map gives an array where the type is a tuple
  layersIn(layers).map((one) => one.spec) as unknown as Specs<Ls>

type ComposeMessage<B extends string, C extends string> = `compose: the first gives ${B}, the second takes ${C}`
const composeMessage = <B extends string, C extends string>(first: B, second: C): ComposeMessage<B, C> =>
  `compose: the first gives ${first}, the second takes ${second}`
type Joint<B extends Shape, C extends Shape, N> = SameShape<B, C> extends true ? N : ComposeMessage<Show<B>, Show<C>>

/**
 * Two networks, one after the other. Unnamed layers of the second are counted on from the first.
 *
 * @example
 * import { compose, dense, input, network, relu } from 'gradfold/network'
 * compose(network(input(784), dense(128), relu), network(input(128), dense(10)))
 * @category combinators
 * @since 0.1.0
 */
export const compose = <
  A extends Shape,
  B extends Shape,
  Ls extends readonly Spec[],
  C extends Shape,
  D extends Shape,
  Ms extends readonly Spec[]
>(
  first: Network<A, B, Ls>,
  second: Joint<B, C, Network<C, D, Ms>>
): Network<A, D, [...Ls, ...Ms]> => {
  // the conditional is the network itself or, for the compiler's eyes, the sentence
  const next = second as AnyNetwork
  const { output, definitions } = madeOf(first)
  return sameShape(output, next.input)
    ? pipe(
        extendWith(first, next.layers, mergeDefinitions([definitions, madeOf(next).definitions]), output),
        Either.match(raise, (net) => net as unknown as Network<A, D, [...Ls, ...Ms]>)
      )
    : raise(composeMessage(show(output), show(next.input)))
}

/** A network from its parts, checked: for `decode`. */
export const assemble = (
  shape: Shape,
  specs: readonly Spec[],
  definitions: Definitions
): Either.Either<string, AnyNetwork> => {
  const wrong = shape.find((dim) => !isDim(dim))
  return wrong === undefined
    ? extendWith(networkOf(shape, [], definitions, shape), specs, definitions, shape)
    : Either.left(inputMessage(wrong))
}

// destructors

/**
 * The shape that a network gives, without the batch.
 *
 * @category destructors
 * @since 0.1.0
 */
export const outputShape = (net: AnyNetwork): Shape => madeOf(net).output

/**
 * The layers of a network, as values from which another one can be made.
 *
 * @example
 * import { dense, input, layersOf, network, relu } from 'gradfold/network'
 * const net = network(input(8), dense(4), relu, dense(2))
 * network(input(8), ...layersOf(net).slice(0, 2))
 * @category destructors
 * @since 0.1.0
 */
export const layersOf = (net: AnyNetwork): readonly AnyLayer[] =>
  net.layers.map((spec) => carrying(spec, madeOf(net).definitions))

/** The definitions that a network carries. */
export const definitionsIn = (net: AnyNetwork): Definitions => madeOf(net).definitions
