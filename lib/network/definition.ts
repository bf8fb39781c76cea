/**
 * What a layer is at run time: one value that holds its rule, its parameters, its computation, its codec and its
 * documentation.
 *
 * A network carries the definitions of its layers, so nothing is registered anywhere.
 *
 * @since 0.1.0
 */
import type { Either } from 'fp-ts/lib/Either.js'
import type { Codec } from '../codec/index.ts'
import type { Expr, Exprs } from '../expr/index.ts'
import type { Initialiser } from '../random/index.ts'
import { raise, type Shape, type Sizes } from '../shape/index.ts'
import type { DType, TypedSlot } from '../tensor/index.ts'
import type { ParamsAt, Spec, StateAt } from './rules.ts'

// model

/**
 * One parameter before it has a value: its shape, its element type (`'float'` is the network's own), and how it begins.
 *
 * @category model
 * @since 0.1.0
 */
export interface Weight {
  readonly shape: Sizes
  readonly dtype: DType | 'float'
  readonly initialiser: Initialiser
}

/**
 * A tree of weights, or nothing.
 *
 * @category model
 * @since 0.1.0
 */
export type Plan = Weight | { readonly [name: string]: Plan }

/** The plan of a tree of slots: the same keys, a weight at each leaf. */
export type PlanOf<P> =
  P extends TypedSlot<Shape, DType | 'float'>
    ? Weight
    : P extends null
      ? null
      : // a layer that holds layers: nothing is known of its tree
        string extends keyof P
        ? Plan | null
        : { readonly [K in keyof P]: PlanOf<P[K]> }

/**
 * Whether a network is being trained, and then with which key.
 *
 * The key has the layer's path folded in; a function, so that a layer that draws nothing costs nothing.
 *
 * @category model
 * @since 0.1.0
 */
export type LayerMode = { readonly tag: 'train'; readonly key: () => Expr<[2], 'u32'> } | { readonly tag: 'evaluate' }

/** A tree of expressions as the interpreters see it. */
export interface Branch {
  readonly [name: string]: Expr<Shape> | Branch
}

/** The trees of every description in a union; inference alone would merge a tree with one that has fewer keys. */
type ParamsOver<S> = S extends Spec ? ParamsAt<S, Shape> : never
type StateOver<S> = S extends Spec ? StateAt<S, Shape> : never
type Grown<P> = P extends null ? Branch : string extends keyof P ? Branch : Exprs<P>

/**
 * What reaches a layer when a network is applied.
 *
 * Definitions are written as if everything were f32; in a network made in f64 the same code computes in f64.
 *
 * @category model
 * @since 0.1.0
 */
export interface Context<S extends Spec> {
  readonly params: Grown<ParamsOver<S>>
  readonly state: Grown<StateOver<S>>
  /** [batch, ...shape] */
  readonly x: Expr<Shape>
  readonly mode: LayerMode
  readonly within: Definitions
}

/**
 * What a layer gives: the output, and its state afterwards.
 *
 * @category model
 * @since 0.1.0
 */
export type Applied = readonly [output: Expr<Shape>, state: object]

/**
 * A kind of layer.
 *
 * - `rule`: the run-time twin of the layer's entry in `Rules`, with the same sentences
 * - `params`, `state`: what it keeps, for a shape that its rule admits
 * - `apply`: what it computes, as expressions on a batch
 * - `codec`: how its description is read and written; it is given the codec of any layer, for layers that hold others
 * - `label`: its text in a summary, as one would write it: `dense(10)`
 *
 * @category model
 * @since 0.1.0
 */
export interface LayerDefinition<S extends Spec> {
  readonly tag: S['tag']
  readonly documentation: string
  readonly label: (spec: S, within: Definitions) => string
  readonly rule: (spec: S, shape: Shape, within: Definitions) => Either<string, Shape>
  readonly params: (spec: S, shape: Shape, within: Definitions) => PlanOf<ParamsOver<S>>
  readonly state: (spec: S, shape: Shape, within: Definitions) => PlanOf<StateOver<S>>
  readonly apply: (spec: S, context: Context<S>) => Applied
  readonly codec: (anyLayer: Codec<Spec>) => Codec<S>
}

/**
 * A definition whose layer is not known.
 *
 * @category model
 * @since 0.1.0
 */
export interface AnyDefinition {
  readonly tag: string
  readonly documentation: string
  readonly label: (spec: Spec, within: Definitions) => string
  readonly rule: (spec: Spec, shape: Shape, within: Definitions) => Either<string, Shape>
  readonly params: (spec: Spec, shape: Shape, within: Definitions) => Plan | null
  readonly state: (spec: Spec, shape: Shape, within: Definitions) => Plan | null
  readonly apply: (spec: Spec, context: AnyContext) => Applied
  readonly codec: (anyLayer: Codec<Spec>) => Codec<Spec>
}

/** What reaches a layer, its trees of no known type. */
export interface AnyContext {
  readonly params: Branch
  readonly state: Branch
  readonly x: Expr<Shape>
  readonly mode: LayerMode
  readonly within: Definitions
}

/** The definitions that a layer or a network carries, by tag. */
export type Definitions = ReadonlyMap<string, AnyDefinition>

/** Where layers and networks carry them: outside of encoding, hash and equality. */
export const definitionsOf: unique symbol = Symbol('gradfold/network/definitions')

// constructors

/**
 * Makes a definition of a kind of layer.
 *
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { finite, taggedRecord } from 'gradfold/codec'
 * import { multiply } from 'gradfold/expr'
 * import { defineLayer, nothing, stateless, type Spec } from 'gradfold/network'
 * import type { Shape } from 'gradfold/shape'
 *
 * interface Scale extends Spec {
 *   readonly tag: 'scale'
 *   readonly factor: number
 * }
 * declare module 'gradfold/network' {
 *   interface Rules<S, O extends Shape> {
 *     readonly scale: { message: never; output: O }
 *   }
 * }
 * const scaleDefinition = defineLayer<Scale>({
 *   tag: 'scale',
 *   documentation: 'y = factor · x.',
 *   label: ({ factor }) => `scale(${factor})`,
 *   rule: (_, shape) => Either.right(shape),
 *   params: nothing,
 *   state: nothing,
 *   apply: stateless(({ factor }, { x }) => pipe(x, multiply(factor))),
 *   codec: () => taggedRecord('scale', { factor: finite })
 * })
 * @category constructors
 * @since 0.1.0
 */
export const defineLayer = <S extends Spec>(definition: LayerDefinition<S>): AnyDefinition =>
  // a definition is only ever asked about descriptions with its own tag
  Object.freeze(definition) as unknown as AnyDefinition

/**
 * The computation of a layer without state.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { multiply } from 'gradfold/expr'
 * import { stateless, type Spec } from 'gradfold/network'
 * const doubled = stateless((_: Spec, { x }) => pipe(x, multiply(2)))
 * @category constructors
 * @since 0.1.0
 */
export const stateless =
  <S extends Spec>(f: (spec: S, context: Context<S>) => Expr<Shape>) =>
  (spec: S, context: Context<S>): Applied => [f(spec, context), context.state]

/**
 * A weight of a given shape.
 *
 * @example
 * import { weight } from 'gradfold/network'
 * import { zeros } from 'gradfold/random'
 * const bias = weight([10], zeros())
 * @category constructors
 * @since 0.1.0
 */
export const weight = (shape: Sizes, initialiser: Initialiser, dtype: DType | 'float' = 'float'): Weight => ({
  shape,
  dtype,
  initialiser
})

/**
 * For layers that keep nothing.
 *
 * @example
 * import { nothing } from 'gradfold/network'
 * nothing() // null
 * @category constructors
 * @since 0.1.0
 */
export const nothing = (): null => null

// destructors

/** The definition of a description's layer. */
export const definitionFor = (within: Definitions, spec: Spec): AnyDefinition =>
  within.get(spec.tag) ??
  raise(`network: there is no definition of the layer '${spec.tag}'; known are ${[...within.keys()].join(', ')}`)

/** The definitions of several layers together. */
export const mergeDefinitions = (list: readonly Definitions[]): Definitions =>
  new Map(list.flatMap((definitions) => [...definitions]))

export const isWeight = (plan: Plan): plan is Weight => 'initialiser' in plan && typeof plan.dtype === 'string'
