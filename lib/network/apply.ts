/**
 * A network applied to a batch: expressions in, expressions out.
 *
 * @since 0.1.0
 */
import type { Expr, Exprs } from '../expr/index.ts'
import { foldIn } from '../random/index.ts'
import {
  raise,
  show,
  type Dim,
  type SameShape,
  type Shape,
  type Show,
  type Sizes,
  type Unnamed
} from '../shape/index.ts'
import {
  isTensor,
  pathsAndLeaves,
  showSlot,
  type DType,
  type FloatDType,
  type Leaf,
  type Tensor
} from '../tensor/index.ts'
import type { Branch, LayerMode } from './definition.ts'
import { applyList } from './fold.ts'
import { slots } from './init.ts'
import type { Mode } from './mode.ts'
import { definitionsIn, type AnyNetwork, type Network } from './model.ts'
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

type NoExpression<At extends string> =
  `${At} is a tensor where an expression is expected; trace with run, or lift it with constant`
const noExpression = <At extends string>(at: At): NoExpression<At> =>
  `${at} is a tensor where an expression is expected; trace with run, or lift it with constant`

type OtherType<
  F extends string,
  G extends string
> = `apply: the parameters are ${G}, the batch is ${F}; make both of one type`
const otherType = <F extends string, G extends string>(batch: F, params: G): OtherType<F, G> =>
  `apply: the parameters are ${params}, the batch is ${batch}; make both of one type`

type Missing<At extends string> = `${At} is missing`
const missing = <At extends string>(at: At): Missing<At> => `${at} is missing`

// types

/** A batch of examples of shape I, or the complaint. */
export type BatchFit<I extends Shape, X extends Shape, N> = X extends readonly [Dim, ...infer R extends Shape]
  ? SameShape<Unnamed<I>, R> extends true
    ? N
    : NoBatch<Show<['batch', ...I]>, Show<X>>
  : number extends X['length']
    ? N
    : NoBatch<Show<['batch', ...I]>, Show<X>>

/** The outputs O for a batch X of inputs I; where X gives sizes for names of I, those that follow from them are not known. */
export type OutputsFor<I extends Shape, O extends Shape, X extends Shape> = X extends readonly [
  infer B extends Dim,
  ...infer R extends Shape
]
  ? I extends Readonly<R>
    ? [B, ...O]
    : [B, ...Unnamed<O>]
  : [Dim, ...Unnamed<O>]

/** The text of an expression's type: f32[784, 128]. */
type Kind<S extends Shape, T extends string> = `${T}${Show<S>}`

/** Every place where tree Q is not what tree P asks for, as a union of sentences. */
type TreeDifference<P, Q, At extends string = ''> = {
  [K in keyof P & string]: K extends keyof Q
    ? P[K] extends Expr<infer A, infer T>
      ? Q[K] extends Expr<infer B, infer U>
        ? Q[K] extends P[K]
          ? never
          : HasToBe<`${At}${K}`, Kind<A, T>, Kind<B, U>>
        : Q[K] extends Tensor<Shape, DType>
          ? NoExpression<`${At}${K}`>
          : Missing<`${At}${K}`>
      : TreeDifference<P[K], Q[K], `${At}${K}.`>
    : Missing<`${At}${K}`>
}[keyof P & string]

type Other<F extends FloatDType> = F extends 'f32' ? 'f64' : 'f32'
type ParamsFit<P, F extends FloatDType, Q> =
  Q extends Exprs<P, F>
    ? Q
    : Q extends Exprs<P, Other<F>>
      ? OtherType<F, Other<F>>
      : OtherParams<TreeDifference<Exprs<P, F>, Q>>
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
    params: ParamsFit<ParamsList<I, Ls>, FloatOf<T, P>, P>,
    state: StateFit<Exprs<StateList<I, Ls>, FloatOf<T, P>>, S>,
    x: BatchFit<I, X, Expr<X, T>>,
    mode: Mode
  ): readonly [output: Expr<OutputsFor<I, O, X>, FloatOf<T, P>>, state: Exprs<StateList<I, Ls>, FloatOf<T, P>>]
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
 * import type { Expr, Exprs } from 'gradfold/expr'
 * import { apply, dense, evaluate, init, input, network, type ParamsOf } from 'gradfold/network'
 * import { key } from 'gradfold/random'
 * import { tensor } from 'gradfold/tensor'
 * const net = network(input(2), dense(3))
 * const forward = run((params: Exprs<ParamsOf<typeof net>>, x: Expr<[1, 2]>) => apply(net)(params, {}, x, evaluate)[0])
 * forward(init(net)(key(42)).params, tensor([[1, 2]])) // Tensor<[1, 3]>
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
    checkParams(net, float, params)
    checkState(net, float, state)
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
export const binds = (shape: Shape, sizes: Sizes): boolean =>
  shape.length === sizes.length &&
  shape.every((dim, axis) =>
    typeof dim === 'number' ? dim === sizes[axis] : sizes[shape.indexOf(dim)] === sizes[axis]
  )

const floatOf = (x: Expr<Shape, DType>, params: unknown): FloatDType =>
  x.dtype === 'f64' || (x.dtype !== 'f32' && pathsAndLeaves(params).some(([, leaf]) => leaf.dtype === 'f64'))
    ? 'f64'
    : 'f32'

/** The leaves of a tree by their paths. */
const leavesByPath = (tree: unknown): ReadonlyMap<string, Leaf> =>
  new Map(pathsAndLeaves(tree).map(([path, leaf]) => [path.join('.'), leaf]))

/** The first place where a tree is not what the plan asks for. */
const differenceIn = (plan: unknown, tree: unknown): string | undefined => {
  const wanted = leavesByPath(plan)
  const given = leavesByPath(tree)
  const differences = [...wanted].flatMap(([at, leaf]) => {
    const got = given.get(at)
    if (got === undefined) return [missing(at)]
    if (isTensor(got)) return [noExpression(at)]
    const [a, b] = [showSlot(leaf), showSlot(got)]
    return a === b ? [] : [hasToBe(at, a, b)]
  })
  const unknowns = [...given.keys()].filter((at) => !wanted.has(at)).map((at) => `${at} is not among them`)
  return [...differences, ...unknowns][0]
}
const checkParams = (net: AnyNetwork, float: FloatDType, params: unknown): void => {
  const difference = differenceIn(slots(net, { dtype: float }).params, params)
  if (difference === undefined) return
  const other = float === 'f32' ? 'f64' : 'f32'
  raise(
    differenceIn(slots(net, { dtype: other }).params, params) === undefined
      ? otherType(float, other)
      : otherParams(difference)
  )
}

const checkState = (net: AnyNetwork, float: FloatDType, state: unknown): void => {
  const difference = differenceIn(slots(net, { dtype: float }).state, state)
  if (difference !== undefined) raise(otherState(difference))
}
