/**
 * The rule that Adam and AdamW share.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { fraction, oneOf, positive, type Codec } from '../../codec/index.ts'
import { add, divide, maximum, multiply, negate, onesLike, sqrt } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import { nextStep, rate, rateAt, type Counter, type Rate } from '../rate.ts'
import { zerosTree, zipTrees, type Leaf, type ParameterTree, type Scalar } from '../tree.ts'
import { biasCorrection, movingAverage, movingSquares, oneMinus } from './moments.ts'

// model

/**
 * Where ε stands: outside the root, inside it, or outside the root of the uncorrected moment (the "ε̂" form of Keras).
 *
 * @category model
 * @since 0.1.0
 */
export type EpsilonPlacement = 'outside' | 'inside' | 'hat'

/**
 * Whether the largest second moment so far is used in place of the current one: the largest of the raw ones (PyTorch,
 * Keras) or of the bias-corrected ones (Optax).
 *
 * @category model
 * @since 0.1.0
 */
export type Amsgrad = 'none' | 'raw' | 'corrected'

/**
 * The options of Adam.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdamRule<R extends Rate, M extends Amsgrad> {
  readonly learningRate: R
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  readonly epsilonPlacement: EpsilonPlacement
  readonly amsgrad: M
}

/** The moments of Adam, and the running products of β₁ and β₂. */
export type AdamMoments<M extends Amsgrad, P> = {
  readonly step: TypedSlot<[], 'i32'>
  readonly beta1Power: TypedSlot<[]>
  readonly beta2Power: TypedSlot<[]>
  readonly mu: P
  readonly nu: P
} & (M extends 'none' ? unknown : { readonly nuMaximum: P })

// codec

export const adamFields: { readonly [K in keyof AdamRule<Rate, Amsgrad>]: Codec<AdamRule<Rate, Amsgrad>[K]> } = {
  learningRate: rate,
  beta1: fraction,
  beta2: fraction,
  epsilon: positive,
  epsilonPlacement: oneOf('outside', 'inside', 'hat'),
  amsgrad: oneOf('none', 'raw', 'corrected')
}

/** The options that may be left out, as in PyTorch. */
export const adamDefaults = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  epsilonPlacement: 'outside',
  amsgrad: 'none'
} as const

// interpretation

/** What the rule sees of the state: the moments and the numbers of the options. */
export interface AdamState {
  readonly learningRate: unknown
  readonly beta1: Scalar
  readonly beta2: Scalar
  readonly epsilon: Scalar
  readonly step: Counter
  readonly beta1Power: Scalar
  readonly beta2Power: Scalar
  readonly mu: ParameterTree
  readonly nu: ParameterTree
  readonly nuMaximum?: ParameterTree
}

/** The moments before the first step. */
export const adamMoments = (
  { amsgrad }: AdamRule<Rate, Amsgrad>,
  { beta1, beta2 }: { readonly beta1: Scalar; readonly beta2: Scalar },
  params: ParameterTree
) => ({
  beta1Power: onesLike(beta1),
  beta2Power: onesLike(beta2),
  mu: zerosTree(params),
  nu: zerosTree(params),
  ...(amsgrad === 'none' ? {} : { nuMaximum: zerosTree(params) })
})

/** The root of the second moment with ε, by which the first moment is divided. */
const denominator = (
  { epsilonPlacement, amsgrad }: AdamRule<Rate, Amsgrad>,
  epsilon: Scalar,
  correction: Scalar
): ((nu: Leaf) => Leaf) => {
  const corrected = (nu: Leaf): Leaf => (amsgrad === 'corrected' ? nu : pipe(nu, multiply(correction)))
  switch (epsilonPlacement) {
    case 'outside':
      return (nu) => pipe(corrected(nu), sqrt, add(epsilon))
    case 'inside':
      return (nu) => pipe(corrected(nu), add(epsilon), sqrt)
    case 'hat':
      return (nu) => pipe(nu, sqrt, add(epsilon))
  }
}

/** One step: the updates, the moments after it, and the learning rate of this step. */
export const adamStep = <S extends AdamState>(
  spec: AdamRule<Rate, Amsgrad>,
  gradient: ParameterTree,
  state: S
): { readonly updates: ParameterTree; readonly state: S; readonly learningRate: Scalar } => {
  const learningRate = rateAt(spec.learningRate, state.learningRate, state.step)
  const beta1Power = pipe(state.beta1Power, multiply(state.beta1))
  const beta2Power = pipe(state.beta2Power, multiply(state.beta2))
  const mu = movingAverage(state.beta1, state.mu, gradient)
  const nu = movingSquares(state.beta2, state.nu, gradient)
  const correction = biasCorrection(beta2Power)
  const nuMaximum = largest(spec.amsgrad, correction, state.nuMaximum, nu)
  const corrected = pipe(learningRate, multiply(biasCorrection(beta1Power)), negate)
  const scale =
    spec.epsilonPlacement === 'hat' ? pipe(corrected, multiply(pipe(beta2Power, oneMinus, sqrt))) : corrected
  const root = denominator(spec, state.epsilon, correction)
  const updates = zipTrees((m, v): Leaf => pipe(m, multiply(scale), divide(root(v))), mu, nuMaximum ?? nu)
  return {
    updates,
    state: {
      ...state,
      step: nextStep(state.step),
      beta1Power,
      beta2Power,
      mu,
      nu,
      ...(nuMaximum === undefined ? {} : { nuMaximum })
    },
    learningRate
  }
}

/** The largest second moment so far, raw or corrected. */
const largest = (
  amsgrad: Amsgrad,
  correction: Scalar,
  before: ParameterTree | undefined,
  nu: ParameterTree
): ParameterTree | undefined => {
  if (before === undefined) return undefined
  return amsgrad === 'corrected'
    ? zipTrees((max, v): Leaf => pipe(v, multiply(correction), maximum(max)), before, nu)
    : zipTrees((max, v): Leaf => pipe(v, maximum(max)), before, nu)
}
