/**
 * Networks and layers: plain data whose literal types carry the shapes.
 *
 * A network is its input shape and the list of its layers' descriptions. A layer holds its description and is also a
 * function on networks, so the same value is an argument of `network` and a step of `pipe`.
 *
 * @since 0.1.0
 */
import type { Shape } from '../shape/index.ts'
import type { Step } from './check.ts'
import { definitionsOf, type Definitions } from './definition.ts'
import type { CountList, Output, ParamsList, Spec, StateList } from './rules.ts'

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

/**
 * The descriptions of a list of layers.
 *
 * @category types
 * @since 0.1.0
 */
export type Specs<Ls extends readonly unknown[]> = {
  -readonly [K in keyof Ls]: Ls[K] extends { readonly spec: infer S extends Spec } ? S : never
}

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

// the hidden part: what a network carries beside its data

/** Outside of encoding, hash and equality. */
interface Made {
  readonly definitions: Definitions
  readonly output: Shape
}

/** A network whose output the caller has computed by the rules. */
export const networkOf = (input: Shape, layers: readonly Spec[], definitions: Definitions, output: Shape): AnyNetwork =>
  // the phantom output exists in the type only; the callers have computed it with the same rules
  Object.freeze({
    input: Object.freeze([...input]),
    layers: Object.freeze([...layers]),
    [made]: Object.freeze<Made>({ definitions, output })
  }) as unknown as AnyNetwork

const madeOf = (net: AnyNetwork): Made =>
  // `made` is not part of the public type
  (net as unknown as { readonly [made]: Made })[made]

// destructors

/**
 * Whether a value is a network.
 *
 * @example
 * import { dense, input, isNetwork, network } from 'gradfold/network'
 * isNetwork(network(input(2), dense(1))) // true
 * isNetwork(dense(1)) // false
 * @category predicates
 * @since 0.1.0
 */
export const isNetwork = (u: unknown): u is AnyNetwork => typeof u === 'object' && u !== null && made in u

/**
 * Whether a value is a layer.
 *
 * @example
 * import { dense, input, isLayer } from 'gradfold/network'
 * isLayer(dense(1)) // true
 * isLayer(input(2)) // false
 * @category predicates
 * @since 0.1.0
 */
export const isLayer = (u: unknown): u is AnyLayer => typeof u === 'function' && definitionsOf in u

/**
 * The shape that a network gives, without the batch.
 *
 * @example
 * import { conv2d, flatten, input, network, outputShape } from 'gradfold/network'
 * outputShape(network(input(28, 28, 1), conv2d({ filters: 8, kernel: 5 }), flatten)) // [4608]
 * @category destructors
 * @since 0.1.0
 */
export const outputShape = (net: AnyNetwork): Shape => madeOf(net).output

/** The definitions that a network carries. */
export const definitionsIn = (net: AnyNetwork): Definitions => madeOf(net).definitions
