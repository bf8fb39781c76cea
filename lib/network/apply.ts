/**
 * A network applied to a batch: expressions in, expressions out.
 *
 * @since 0.1.0
 */
import type { Expr, Exprs } from '../expr/index.ts'
import { foldIn } from '../random/index.ts'
import { raise, show, type Dim, type SameShape, type Shape, type Show, type Sizes } from '../shape/index.ts'
import { pathsAndLeaves, type DType, type FloatDType } from '../tensor/index.ts'
import type { Branch, LayerMode } from './definition.ts'
import { applyList } from './fold.ts'
import { slots } from './init.ts'
import type { Mode } from './mode.ts'
import { definitionsIn, type AnyNetwork, type Network } from './network.ts'
import type { ParamsList, Spec, StateList } from './rules.ts'

// sentences

type NoBatch<I extends string, X extends string> = `apply: the network takes a batch ${I}, got ${X}`
const noBatch = <I extends string, X extends string>(takes: I, got: X): NoBatch<I, X> =>
  `apply: the network takes a batch ${takes}, got ${got}`

type OtherParams<D extends string> = `apply: these are the parameters of another network: ${D}`
const otherParams = <D extends string>(difference: D): OtherParams<D> =>
  `apply: these are the parameters of another network: ${difference}`

type OtherState<D extends string> = `apply: this is the state of another network: ${D}`
const otherState = <D extends string>(difference: D): OtherState<D> =>
  `apply: this is the state of another network: ${difference}`

type HasToBe<At extends string, A extends string, B extends string> = `${At} has to be ${A}, got ${B}`
const hasToBe = <At extends string, A extends string, B extends string>(
  at: At,
  expected: A,
  got: B
): HasToBe<At, A, B> => `${at} has to be ${expected}, got ${got}`

type Missing<At extends string> = `${At} is missing`
const missing = <At extends string>(at: At): Missing<At> => `${at} is missing`

// types

/** A batch of examples of shape I, or the complaint. */
type BatchFit<I extends Shape, X extends Shape, N> = X extends readonly [Dim, ...infer R extends Shape]
  ? SameShape<I, R> extends true
    ? N
    : NoBatch<Show<['batch', ...I]>, Show<X>>
  : number extends X['length']
    ? N
    : NoBatch<Show<['batch', ...I]>, Show<X>>
type BatchOf<X extends Shape> = X extends readonly [infer B extends Dim, ...Shape] ? B : Dim

/** The text of an expression's type: f32[784, 128]. */
type Kind<S extends Shape, T extends string> = `${T}${Show<S>}`

/** Every place where tree Q is not what tree P asks for, as a union of sentences. */
export type TreeDifference<P, Q, At extends string = ''> = {
  [K in keyof P & string]: K extends keyof Q
    ? P[K] extends Expr<infer A, infer T>
      ? Q[K] extends Expr<infer B, infer U>
        ? Q[K] extends P[K]
          ? never
          : HasToBe<`${At}${K}`, Kind<A, T>, Kind<B, U>>
        : Missing<`${At}${K}`>
      : TreeDifference<P[K], Q[K], `${At}${K}.`>
    : Missing<`${At}${K}`>
}[keyof P & string]

type ParamsFit<P, Q> = Q extends P ? Q : OtherParams<TreeDifference<P, Q>>
type StateFit<P, Q> = Q extends P ? Q : OtherState<TreeDifference<P, Q>>

/** The float type of a network on a batch of type T: the batch's own, else that of the parameters. */
type FloatOf<T extends DType, P> = T extends FloatDType ? T : HasDouble<P> extends true ? 'f64' : 'f32'
type HasDouble<P> = true extends {
  [K in keyof P]: P[K] extends Expr<Shape, infer T> ? ('f64' extends T ? true : false) : HasDouble<P[K]>
}[keyof P]
  ? true
  : false

/**
 * A network that waits for its parameters, its state, a batch and a mode.
 *
 * @category model
 * @since 0.1.0
 */
export interface Applying<I extends Shape, O extends Shape, Ls extends readonly Spec[]> {
  <P, S, X extends Shape, T extends DType>(
    params: ParamsFit<Exprs<ParamsList<I, Ls>, FloatOf<T, P>>, P>,
    state: StateFit<Exprs<StateList<I, Ls>, FloatOf<T, P>>, S>,
    x: BatchFit<I, X, Expr<X, T>>,
    mode: Mode
  ): readonly [output: Expr<[BatchOf<X>, ...O], FloatOf<T, P>>, state: Exprs<StateList<I, Ls>, FloatOf<T, P>>]
}

// interpreters

/**
 * Applies a network to a batch.
 *
 * Everything is an expression: trace it with `run` of gradfold/engine or `program` of gradfold/expr, differentiate it with
 * gradfold/transform. The batch is the first axis, which the network's shapes leave out.
 *
 * @param net a network from shape I to shape O.
 * @returns a function of
 * - `params`: expressions for the tree of the network's parameters; those of another network are refused
 * - `state`: likewise for its state; `{}` where it has none
 * - `x`: [batch, ...I], f32 or f64 as the parameters are
 * - `mode`: `train(key)` or `evaluate`
 *
 * to `[y, state]`: y [batch, ...O], and the state afterwards.
 * @throws where a tree or the batch does not belong to the network.
 * @example
 * import { run } from 'gradfold/engine'
 * import { apply, dense, evaluate, init, input, network } from 'gradfold/network'
 * import { key } from 'gradfold/random'
 * import { tensor } from 'gradfold/tensor'
 * const net = network(input(2), dense(3))
 * const { params, state } = init(net)(key(42))
 * const [y] = run((p: typeof params, s: typeof state, x) => apply(net)(p, s, x, evaluate))(params, state, tensor([[1, 2]]))
 * @category interpreters
 * @since 0.1.0
 */
export const apply = <I extends Shape, O extends Shape, Ls extends readonly Spec[]>(
  net: Network<I, O, Ls>
): Applying<I, O, Ls> =>
  // the untyped interpreter computes the shapes by the run-time twins of the rules in the type
  applyUntyped(net) as unknown as Applying<I, O, Ls>

/**
 * As `apply`, for a network and trees of which nothing is known; the checks are the same, at run time.
 *
 * @internal
 */
export const applyUntyped =
  (net: AnyNetwork) =>
  (params: unknown, state: unknown, x: Expr<Shape>, mode: Mode): readonly [output: Expr<Shape>, state: object] => {
    const shape = x.shape.slice(1)
    if (x.shape.length === 0 || !binds(net.input, shape)) raise(noBatch(show(['batch', ...net.input]), show(x.shape)))
    const float = floatOf(x, params)
    const plan = slots(net, { dtype: float })
    checkTree(plan.params, params, otherParams)
    checkTree(plan.state, state, otherState)
    // the trees have been compared with the plan, leaf by leaf
    const [output, after] = applyList(net.layers, {
      params: params as Branch,
      state: state as Branch,
      x,
      mode: started(mode),
      within: definitionsIn(net)
    })
    return [output, after]
  }

const started = (mode: Mode): LayerMode =>
  mode.tag === 'evaluate' ? mode : { tag: 'train', key: () => foldIn(mode.key, []) }

/** Whether sizes are of a shape, each name standing for one size throughout. */
const binds = (shape: Shape, sizes: Sizes): boolean =>
  shape.length === sizes.length &&
  shape.every((dim, axis) =>
    typeof dim === 'number' ? dim === sizes[axis] : sizes[shape.indexOf(dim)] === sizes[axis]
  )

const floatOf = (x: Expr<Shape, DType>, params: unknown): FloatDType =>
  x.dtype === 'f64' || (x.dtype !== 'f32' && pathsAndLeaves(params).some(([, leaf]) => leaf.dtype === 'f64'))
    ? 'f64'
    : 'f32'

/** Refuses a tree whose leaves are not those of the plan. */
const checkTree = (plan: unknown, tree: unknown, sentence: (difference: string) => string): void => {
  const wanted = pathsAndLeaves(plan).map(([path, leaf]) => [path.join('.'), leaf] as const)
  const given = new Map(pathsAndLeaves(tree).map(([path, leaf]) => [path.join('.'), leaf]))
  const difference = wanted.flatMap(([at, leaf]) => {
    const got = given.get(at)
    if (got === undefined) return [missing(at)]
    const [a, b] = [`${leaf.dtype}${show(leaf.shape)}`, `${got.dtype}${show(got.shape)}`]
    return a === b ? [] : [hasToBe(at, a, b)]
  })
  const known = new Set(wanted.map(([at]) => at))
  const extra = [...given.keys()].filter((at) => !known.has(at)).map((at) => `${at} is not one of its leaves`)
  const first = [...difference, ...extra][0]
  if (first !== undefined) raise(sentence(first))
}
