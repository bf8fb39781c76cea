/**
 * Momentum, in the conventions that are in use.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { fraction, oneOf, taggedRecord } from '../../codec/index.ts'
import { add, multiply, negate, onesLike, subtract } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep, rate, rateAt, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree, zerosTree, zipTrees, type Leaf, type ParameterTree, type Scalar } from '../tree.ts'
import { biasCorrection, movingAverage } from './moments.ts'

// model

/**
 * What a momentum buffer holds.
 *
 * - `'classical'`: a decaying sum of gradients, as in PyTorch and in Optax's `trace`
 * - `'rateInside'`: a decaying sum of steps, the rate inside, as in Keras; differs from classical when the rate changes
 * - `'movingAverage'`: an exponential moving average of gradients, 1 − μ times as long as classical
 * - `'debiased'`: the moving average divided by 1 − μᵗ, so that it begins at the size of the gradients
 *
 * @category model
 * @since 0.1.0
 */
export type MomentumConvention = 'classical' | 'rateInside' | 'movingAverage' | 'debiased'

/**
 * The spec of `momentum`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Momentum<R extends Rate = Rate, C extends MomentumConvention = MomentumConvention> {
  readonly tag: 'momentum'
  readonly learningRate: R
  readonly momentum: number
  readonly convention: C
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly momentum: A extends Momentum<infer R, infer C>
      ? HyperParameters<Momentum<R, C>> & {
          readonly step: TypedSlot<[], 'i32'>
          readonly velocity: P
        } & MomentumPower<C>
      : never
  }
}

/** The running product of μ, which only debiasing needs. */
type MomentumPower<C extends MomentumConvention> = C extends 'debiased'
  ? { readonly momentumPower: TypedSlot<[]> }
  : object

// constructors

/**
 * Gradient descent with momentum.
 *
 *     classical        b ← μ b + g                 θ ← θ − η b
 *     rateInside       v ← μ v − η g               θ ← θ + v
 *     movingAverage    m ← μ m + (1 − μ) g         θ ← θ − η m
 *     debiased         m ← μ m + (1 − μ) g         θ ← θ − η m / (1 − μᵗ)
 *
 * State, under `momentum`: `{ step: i32 [], learningRate: [], momentum: [], velocity: P }`, P the parameters' tree, and
 * `momentumPower: []` when debiased.
 *
 * @param options.learningRate η > 0, or a schedule.
 * @param options.momentum μ; 0 ≤ μ < 1. Default 0.9.
 * @param options.convention see `MomentumConvention`. Default `'classical'`.
 * @throws where an option is misspelt or out of its range.
 * @see Polyak 1964; PyTorch's `dampening` is `dampen` before this
 * @example
 * import { momentum } from 'gradfold/optimizer'
 * const heavyBall = momentum({ learningRate: 0.1 })
 * const averaged = momentum({ learningRate: 0.1, convention: 'movingAverage' })
 * @category optimizers
 * @since 0.1.0
 */
export const momentum = <const R extends Rate, const C extends MomentumConvention = 'classical'>(options: {
  readonly learningRate: R
  readonly momentum?: number
  readonly convention?: C
}): Transform<readonly [Momentum<Widened<R>, C>]> =>
  // the codec gives back the options that were given
  atom(momentumDefinition, options, { momentum: 0.9, convention: 'classical' }) as unknown as Transform<
    readonly [Momentum<Widened<R>, C>]
  >

// interpretation

const scaled = (factor: Scalar): ((tree: ParameterTree) => ParameterTree) =>
  mapTree((leaf): Leaf => pipe(leaf, multiply(factor)))

/**
 * What `momentum` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const momentumDefinition: AtomDefinition<Momentum> = {
  tag: 'momentum',
  codec: taggedRecord<Momentum>('momentum', {
    learningRate: rate,
    momentum: fraction,
    convention: oneOf('classical', 'rateInside', 'movingAverage', 'debiased')
  }),
  init: (spec, params) => {
    const numbers = hyperParameters(spec, floatTypeOf(params))
    const state = { step: firstStep(), ...numbers, velocity: zerosTree(params) }
    return spec.convention === 'debiased' ? { ...state, momentumPower: onesLike(numbers.momentum) } : state
  },
  update: (spec, gradient, state) => {
    const learningRate = rateAt(spec.learningRate, state.learningRate, state.step)
    const { momentum: mu } = state
    const next = { ...state, step: nextStep(state.step) }
    switch (spec.convention) {
      case 'classical': {
        const velocity = zipTrees((b, g): Leaf => pipe(b, multiply(mu), add(g)), state.velocity, gradient)
        return [scaled(pipe(learningRate, negate))(velocity), { ...next, velocity }]
      }
      case 'rateInside': {
        const velocity = zipTrees(
          (v, g): Leaf => pipe(v, multiply(mu), subtract(pipe(g, multiply(learningRate)))),
          state.velocity,
          gradient
        )
        return [velocity, { ...next, velocity }]
      }
      case 'movingAverage': {
        const velocity = movingAverage(mu, state.velocity, gradient)
        return [scaled(pipe(learningRate, negate))(velocity), { ...next, velocity }]
      }
      case 'debiased': {
        const velocity = movingAverage(mu, state.velocity, gradient)
        const momentumPower = pipe('momentumPower' in state ? state.momentumPower : onesLike(mu), multiply(mu))
        const factor = pipe(learningRate, multiply(biasCorrection(momentumPower)), negate)
        return [scaled(factor)(velocity), { ...next, velocity, momentumPower }]
      }
    }
  }
}
