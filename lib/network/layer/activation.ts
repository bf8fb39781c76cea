/**
 * Activations without settings: functions of each element, and softmax over the last axis.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { identity as same, pipe } from 'fp-ts/lib/function.js'
import { oneOf, taggedRecord } from '../../codec/index.ts'
import * as Operators from '../../expr/index.ts'
import type { Expr } from '../../expr/index.ts'
import { show, type Shape, type Show } from '../../shape/index.ts'
import { defineLayer, nothing, stateless } from '../definition.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'

// model

/**
 * The activations of each element by itself.
 *
 * @category model
 * @since 0.1.0
 */
export type Pointwise =
  'identity' | 'sigmoid' | 'tanh' | 'relu' | 'selu' | 'gelu' | 'geluTanh' | 'silu' | 'softplus' | 'step'

/**
 * The activations over the last axis.
 *
 * @category model
 * @since 0.1.0
 */
export type OverLastAxis = 'softmax' | 'logSoftmax'

/**
 * The names of the activations without settings.
 *
 * @category model
 * @since 0.1.0
 */
export type ActivationName = Pointwise | OverLastAxis

/**
 * The description of an activation without settings.
 *
 * @category model
 * @since 0.1.0
 */
export interface Activation<N extends ActivationName> extends Spec {
  readonly tag: 'activation'
  readonly fn: N
}

// sentences

type NoAxis<N extends string, O extends string> = `${N}: expected at least one axis to normalise over, got ${O}`
const noAxis = <N extends string, O extends string>(fn: N, shape: O): NoAxis<N, O> =>
  `${fn}: expected at least one axis to normalise over, got ${shape}`

// rule

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly activation: S extends Activation<Pointwise>
      ? { message: never; output: O }
      : S extends Activation<infer N>
        ? { message: O extends readonly [] ? NoAxis<N, Show<O>> : never; output: O }
        : never
  }
}

const isOverLastAxis = (fn: ActivationName): fn is OverLastAxis => fn === 'softmax' || fn === 'logSoftmax'

// interpretation

const functions: { readonly [N in ActivationName]: (x: Expr<Shape>) => Expr<Shape> } = {
  identity: same,
  sigmoid: (x) => pipe(x, Operators.sigmoid),
  tanh: (x) => pipe(x, Operators.tanh),
  relu: (x) => pipe(x, Operators.relu),
  selu: (x) => pipe(x, Operators.selu),
  gelu: (x) => pipe(x, Operators.gelu('erf')),
  geluTanh: (x) => pipe(x, Operators.gelu('tanh')),
  silu: (x) => pipe(x, Operators.silu),
  softplus: (x) => pipe(x, Operators.softplus),
  step: (x) => pipe(x, Operators.step),
  softmax: (x) => pipe(x, Operators.softmax(-1)),
  logSoftmax: (x) => pipe(x, Operators.logSoftmax(-1))
}

const names: readonly ActivationName[] = [
  'identity',
  'sigmoid',
  'tanh',
  'relu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'softplus',
  'step',
  'softmax',
  'logSoftmax'
]

/**
 * The definition of the activations without settings.
 *
 * @category definitions
 * @since 0.1.0
 */
export const activationDefinition = defineLayer<Activation<ActivationName>>({
  tag: 'activation',
  documentation: `Activation: a function of each element, or softmax and logSoftmax over the last axis.

Parameters: none. State: none.`,
  label: ({ fn }) => fn,
  rule: ({ fn }, shape) =>
    isOverLastAxis(fn) && shape.length === 0 ? Either.left(noAxis(fn, show(shape))) : Either.right(shape),
  params: nothing,
  state: nothing,
  apply: stateless(({ fn }, { x }) => functions[fn](x)),
  codec: () => taggedRecord('activation', { fn: oneOf(...names) })
})

// constructors

/**
 * An activation by its name.
 *
 * @param fn the name of an activation without settings.
 * @returns a layer that keeps the shape.
 * @example
 * import { activation, dense, input, network } from 'gradfold/network'
 * network(input(8), dense(4), activation('relu'))
 * @category activations
 * @since 0.1.0
 */
export const activation = <const N extends ActivationName>(fn: N): Layer<Activation<N>> =>
  layer(activationDefinition, { tag: 'activation', fn })

/**
 * The identity: `y = x`, for a place where a layer is asked for and none is wanted.
 *
 * @example
 * import { dense, identity, input, network } from 'gradfold/network'
 * network(input(8), dense(4), identity)
 * @category activations
 * @since 0.1.0
 */
export const identity: Layer<Activation<'identity'>> = activation('identity')

/**
 * The logistic function.
 *
 *     y = 1 / (1 + exp(−x))
 *
 * Values between 0 and 1.
 *
 * @example
 * import { dense, sigmoid, input, network } from 'gradfold/network'
 * network(input(8), dense(4), sigmoid)
 * @category activations
 * @since 0.1.0
 */
export const sigmoid: Layer<Activation<'sigmoid'>> = activation('sigmoid')

/**
 * The hyperbolic tangent.
 *
 *     y = tanh(x)
 *
 * Values between −1 and 1.
 *
 * @example
 * import { dense, tanh, input, network } from 'gradfold/network'
 * network(input(8), dense(4), tanh)
 * @category activations
 * @since 0.1.0
 */
export const tanh: Layer<Activation<'tanh'>> = activation('tanh')

/**
 * Rectified linear unit.
 *
 *     y = x where x > 0, else 0
 *
 * Its derivative at 0 is 0, as in PyTorch and JAX. NaN stays NaN.
 *
 * @example
 * import { dense, relu, input, network } from 'gradfold/network'
 * network(input(8), dense(4), relu)
 * @category activations
 * @since 0.1.0
 */
export const relu: Layer<Activation<'relu'>> = activation('relu')

/**
 * Scaled exponential linear unit, whose activations tend to mean 0 and variance 1.
 *
 *     y = 1.0507 x where x > 0, else 1.0507 · 1.6733 (exp(x) − 1)
 *
 * Wants LeCun normal kernels. See Klambauer et al. 2017, arXiv 1706.02515.
 *
 * @example
 * import { dense, selu, input, network } from 'gradfold/network'
 * network(input(8), dense(4), selu)
 * @category activations
 * @since 0.1.0
 */
export const selu: Layer<Activation<'selu'>> = activation('selu')

/**
 * Gaussian error linear unit, by the error function; PyTorch's default (JAX's is `geluTanh`).
 *
 *     y = x · ½ (1 + erf(x / √2))
 *
 * See Hendrycks & Gimpel 2016, arXiv 1606.08415.
 *
 * @example
 * import { dense, gelu, input, network } from 'gradfold/network'
 * network(input(8), dense(4), gelu)
 * @category activations
 * @since 0.1.0
 */
export const gelu: Layer<Activation<'gelu'>> = activation('gelu')

/**
 * Gaussian error linear unit, approximated by tanh; the default of JAX and of GPT-2.
 *
 *     y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))
 *
 * See Hendrycks & Gimpel 2016, arXiv 1606.08415.
 *
 * @example
 * import { dense, geluTanh, input, network } from 'gradfold/network'
 * network(input(8), dense(4), geluTanh)
 * @category activations
 * @since 0.1.0
 */
export const geluTanh: Layer<Activation<'geluTanh'>> = activation('geluTanh')

/**
 * Sigmoid linear unit, also called swish.
 *
 *     y = x / (1 + exp(−x))
 *
 * See Ramachandran et al. 2017, arXiv 1710.05941.
 *
 * @example
 * import { dense, silu, input, network } from 'gradfold/network'
 * network(input(8), dense(4), silu)
 * @category activations
 * @since 0.1.0
 */
export const silu: Layer<Activation<'silu'>> = activation('silu')

/**
 * The smooth rectifier, computed without overflow.
 *
 *     y = log(1 + exp(x))
 *
 * Values above 0.
 *
 * @example
 * import { dense, softplus, input, network } from 'gradfold/network'
 * network(input(8), dense(4), softplus)
 * @category activations
 * @since 0.1.0
 */
export const softplus: Layer<Activation<'softplus'>> = activation('softplus')

/**
 * The step function; its derivative is 0 everywhere.
 *
 *     y = 1 where x > 0, else 0
 *
 * @example
 * import { dense, step, input, network } from 'gradfold/network'
 * network(input(8), dense(4), step)
 * @category activations
 * @since 0.1.0
 */
export const step: Layer<Activation<'step'>> = activation('step')

/**
 * Softmax over the last axis, computed without overflow.
 *
 *     yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)
 *
 * For training take the loss that takes logits (`softmaxCrossEntropy`) and leave this layer out.
 *
 * @example
 * import { dense, softmax, input, network } from 'gradfold/network'
 * network(input(8), dense(4), softmax)
 * @category activations
 * @since 0.1.0
 */
export const softmax: Layer<Activation<'softmax'>> = activation('softmax')

/**
 * The logarithm of softmax over the last axis, computed without overflow.
 *
 *     yᵢ = xᵢ − log Σⱼ exp(xⱼ)
 *
 * @example
 * import { dense, logSoftmax, input, network } from 'gradfold/network'
 * network(input(8), dense(4), logSoftmax)
 * @category activations
 * @since 0.1.0
 */
export const logSoftmax: Layer<Activation<'logSoftmax'>> = activation('logSoftmax')
