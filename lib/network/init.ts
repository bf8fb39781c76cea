/**
 * The initial parameters and state of a network.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { evaluate } from '../engine/index.ts'
import { convert, type Expr } from '../expr/index.ts'
import { foldIn, initialise, type KeyLike } from '../random/index.ts'
import { size, type Shape } from '../shape/index.ts'
import { isFloat, replaceLeaves, type DType, type FloatDType, type Slot, type Tensors } from '../tensor/index.ts'
import { isWeight, type Plan, type Weight } from './definition.ts'
import { planList, type Kind } from './fold.ts'
import { definitionsIn, type AnyNetwork, type Network } from './model.ts'
import type { ParamsList, Spec, StateList } from './rules.ts'

// model

/**
 * What a network begins with: parameters P and state S as tensors, their floats of type F.
 *
 * @category model
 * @since 0.1.0
 */
export interface Initial<P, S, F extends FloatDType> {
  readonly params: Tensors<P, F>
  readonly state: Tensors<S, F>
}

/**
 * The element type that a network is made in.
 *
 * @category model
 * @since 0.1.0
 */
export interface InitOptions<F extends FloatDType> {
  readonly dtype?: F
}

// interpreters

/**
 * The plan of a network's parameters or state: shape, element type and initialiser of every leaf, by name.
 *
 * @category interpreters
 * @since 0.1.0
 */
export const planFor = (kind: Kind, net: AnyNetwork): Plan =>
  planList(kind, definitionsIn(net), net.layers, net.input) ?? {}

const dtypeOf = (weight: Weight, float: FloatDType): DType => (weight.dtype === 'float' ? float : weight.dtype)

/** The first value of a leaf; initialisers give floats, from which whole numbers are made. */
const begun = (weight: Weight, float: FloatDType, key: KeyLike): Expr<Shape, DType> => {
  const dtype = dtypeOf(weight, float)
  return isFloat(dtype)
    ? initialise(weight.initialiser, { shape: weight.shape, dtype })(key)
    : pipe(initialise(weight.initialiser, { shape: weight.shape, dtype: 'f64' })(key), convert(dtype))
}

/** Each weight of a plan replaced by its image. */
const mapPlan = (plan: Plan, image: (weight: Weight, path: readonly string[]) => unknown): unknown =>
  // the leaves of a plan are weights
  replaceLeaves(plan, (leaf, path) => image(leaf as unknown as Weight, path))

/**
 * The initial parameters and state of a network.
 *
 * The key of a leaf is `foldIn(foldIn(key, 'init'), path)`, the path folded name by name; that of a state leaf
 * `foldIn(foldIn(key, 'state'), path)`. So inserting a named layer leaves all other initial values unchanged.
 *
 * @param net a network whose parameters depend on known sizes only.
 * @param options.dtype `'f32'` or `'f64'`, the type of all floats. Default `'f32'`.
 * @returns a function from a key to `{ params, state }`, trees of tensors by the names of the layers.
 * @example
 * import { dense, init, input, network, relu } from 'gradfold/network'
 * import { key } from 'gradfold/random'
 * const { params } = init(network(input(784), dense(128), relu, dense(10)))(key(42))
 * params.dense_0.kernel // Tensor<[784, 128]>
 * @category interpreters
 * @since 0.1.0
 */
export const init =
  <I extends Shape, O extends Shape, Ls extends readonly Spec[], F extends FloatDType = 'f32'>(
    net: Network<I, O, Ls>,
    options: InitOptions<F> = {}
  ): ((key: KeyLike) => Initial<ParamsList<I, Ls>, StateList<I, Ls>, F>) =>
  (key) => {
    const float = options.dtype ?? 'f32'
    const grown = (kind: Kind, mark: string): unknown => {
      const root = foldIn(key, mark)
      return mapPlan(planFor(kind, net), (weight, path) => begun(weight, float, foldIn(root, path)))
    }
    // the plan has the structure and the shapes of the types, by the same rules
    return evaluate({ params: grown('params', 'init'), state: grown('state', 'state') }) as Initial<
      ParamsList<I, Ls>,
      StateList<I, Ls>,
      F
    >
  }

/**
 * The slots of a network's parameters and state, as data.
 *
 * @param net a network.
 * @param options.dtype `'f32'` or `'f64'`, the type of all floats. Default `'f32'`.
 * @returns `{ params, state }`, trees of `{ shape, dtype }` by the names of the layers.
 * @example
 * import { dense, input, network, slots } from 'gradfold/network'
 * slots(network(input(784), dense(10, { useBias: false }))).params
 * // { dense_0: { kernel: { shape: [784, 10], dtype: 'f32' } } }
 * @category interpreters
 * @since 0.1.0
 */
export const slots = (
  net: AnyNetwork,
  options: InitOptions<FloatDType> = {}
): { readonly params: unknown; readonly state: unknown } => {
  const slotOf = (weight: Weight): Slot => ({ shape: weight.shape, dtype: dtypeOf(weight, options.dtype ?? 'f32') })
  return { params: mapPlan(planFor('params', net), slotOf), state: mapPlan(planFor('state', net), slotOf) }
}

/**
 * How many numbers the parameters of a network are; `ParamCount` is the same as a type.
 *
 * @example
 * import { countParameters, dense, input, network, relu } from 'gradfold/network'
 * countParameters(network(input(784), dense(128), relu, dense(10))) // 101770
 * @category interpreters
 * @since 0.1.0
 */
export const countParameters = (net: AnyNetwork): number => countOf(planFor('params', net))

/** How many numbers the weights of a plan are. */
export const countOf = (plan: Plan | null): number =>
  plan === null
    ? 0
    : isWeight(plan)
      ? size(plan.shape)
      : Object.values(plan).reduce((sum, child) => sum + countOf(child), 0)
