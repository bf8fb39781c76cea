/**
 * Dense (fully connected) layer: `y = x · kernel + bias` over the last axis.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, flag, optional, parseWith, record, taggedRecord } from '../../codec/index.ts'
import { add, matmul, type Expr } from '../../expr/index.ts'
import { glorotUniform, initialiserCodec, zeros, type Initialiser } from '../../random/index.ts'
import {
  isWhole,
  show,
  type Add,
  type Dim,
  type First,
  type Init,
  type Last,
  type Mul,
  type Shape,
  type Show,
  type Unranked,
  type Whole
} from '../../shape/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import { defineLayer, stateless, nothing, weight } from '../definition.ts'
import { lastOf, numericLast, type NumericLast } from '../last.ts'
import { layer } from '../layers.ts'
import type { Layer } from '../model.ts'
import type { Spec } from '../rules.ts'

// model

interface Settings {
  /** how the kernel begins; default Glorot uniform */
  readonly kernelInitialiser: Initialiser
  /** how the bias begins; default zeros */
  readonly biasInitialiser: Initialiser
}

/**
 * The description of a dense layer with U units.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dense<U extends number> extends Spec, Settings {
  readonly tag: 'dense'
  readonly units: U
  readonly useBias: true
}

/**
 * The description of a dense layer with U units and without bias.
 *
 * @category model
 * @since 0.1.0
 */
export interface DenseWithoutBias<U extends number> extends Spec, Settings {
  readonly tag: 'dense'
  readonly units: U
  readonly useBias: false
}

type AnyDense = Dense<number> | DenseWithoutBias<number>

// sentences

type NoCount<U extends number> = `dense: expected a positive whole number of units, got ${U}`
const noCount = <U extends number>(units: U): NoCount<U> =>
  `dense: expected a positive whole number of units, got ${units}`

type NoVector<
  U extends number,
  O extends string
> = `dense(${U}): expected a vector [n] or a sequence [time, n], got ${O}; insert flatten`
const noVector = <U extends number, O extends string>(units: U, shape: O): NoVector<U, O> =>
  `dense(${units}): expected a vector [n] or a sequence [time, n], got ${shape}; insert flatten`

// rule

type DenseMessage<U extends number, O extends Shape> = O extends readonly [Dim] | readonly [Dim, Dim]
  ? First<Whole<U> extends true ? never : NoCount<U>, NumericLast<O, `dense(${U})`>>
  : Unranked<O> extends true
    ? never
    : NoVector<U, Show<O>>

declare module '../rules.ts' {
  interface Rules<S, O extends Shape> {
    readonly dense: S extends Dense<infer U>
      ? {
          message: DenseMessage<U, O>
          output: [...Init<O>, U]
          params: { readonly kernel: TypedSlot<[Last<O>, U]>; readonly bias: TypedSlot<[U]> }
          count: Mul<Add<Last<O>, 1>, U>
        }
      : S extends DenseWithoutBias<infer U>
        ? {
            message: DenseMessage<U, O>
            output: [...Init<O>, U]
            params: { readonly kernel: TypedSlot<[Last<O>, U]> }
            count: Mul<Last<O>, U>
          }
        : never
  }
}

const rule = ({ units }: AnyDense, shape: Shape): Either.Either<string, Shape> =>
  shape.length !== 1 && shape.length !== 2
    ? Either.left(noVector(units, show(shape)))
    : !isWhole(units)
      ? Either.left(noCount(units))
      : pipe(
          numericLast(shape, `dense(${units})`),
          Either.map(() => [...shape.slice(0, -1), units])
        )

// interpretation

/** What has a default, with its codec: for descriptions that are read and for options that are given. */
const settings = {
  useBias: optional(flag, true),
  kernelInitialiser: optional(initialiserCodec, glorotUniform()),
  biasInitialiser: optional(initialiserCodec, zeros())
}

/**
 * The definition of the dense layer.
 *
 * @category definitions
 * @since 0.1.0
 */
export const denseDefinition = defineLayer<AnyDense>({
  tag: 'dense',
  documentation: `Dense layer: y = x · kernel + bias over the last axis.

Parameters: kernel [in, units]; bias [units], unless useBias is false. State: none.`,
  label: ({ units, useBias }) => (useBias ? `dense(${units})` : `dense(${units}, { useBias: false })`),
  rule,
  params: ({ units, useBias, kernelInitialiser, biasInitialiser }, shape) => {
    const kernel = weight([lastOf(shape), units], kernelInitialiser)
    return useBias ? { kernel, bias: weight([units], biasInitialiser) } : { kernel }
  },
  state: nothing,
  apply: stateless((_, { params, x }) => {
    const { kernel, bias }: { readonly kernel: Expr<Shape>; readonly bias?: Expr<Shape> } = params
    const y = pipe(x, matmul(kernel))
    return bias === undefined ? y : pipe(y, add(bias))
  }),
  codec: () => taggedRecord('dense', { units: count, ...settings })
})

// constructors

/**
 * What may be set of a dense layer.
 *
 * @category model
 * @since 0.1.0
 */
export interface DenseOptions<B extends boolean> {
  readonly useBias?: B
  readonly kernelInitialiser?: Initialiser
  readonly biasInitialiser?: Initialiser
}

/** The description for a choice of bias. */
type DenseOf<U extends number, B extends boolean> = B extends false ? DenseWithoutBias<U> : Dense<U>

/**
 * Dense (fully connected) layer over the last axis: a vector [n] becomes [units], a sequence [time, n] becomes [time, units].
 *
 *     y = x · kernel + bias
 *
 * Parameters: `{ kernel: [n, units], bias: [units] }`. State: none.
 *
 * @param units how many outputs, whole, ≥ 1.
 * @param options.useBias whether there is a bias. Default true.
 * @param options.kernelInitialiser how the kernel begins. Default `glorotUniform()`, as in Keras (PyTorch: uniform ± 1/√n).
 * @param options.biasInitialiser how the bias begins. Default `zeros()`.
 * @returns a layer.
 * @throws where an option is misspelt or is none.
 * @see Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks
 * @example
 * import { dense, input, network, relu } from 'gradfold/network'
 * network(input(784), dense(128), relu, dense(10, { useBias: false }))
 * @category layers
 * @since 0.1.0
 */
export const dense = <const U extends number, const B extends boolean = true>(
  units: U,
  options: DenseOptions<B> = {}
): Layer<DenseOf<U, B>> => {
  const set = parseWith('dense', record('dense', settings))(options)
  // where `useBias` is absent its type parameter has the default, true
  return layer(denseDefinition, { tag: 'dense', units, ...set } as DenseOf<U, B>)
}
