/**
 * AdamW: Adam with decoupled weight decay.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { nonNegative, oneOf, taggedRecord } from '../../codec/index.ts'
import { multiply } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { everything, pathFilter, type PathFilter } from '../path-filter.ts'
import { firstStep, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf } from '../tree.ts'
import {
  adamDefaults,
  adamFields,
  adamMoments,
  adamStep,
  type AdamMoments,
  type AdamRule,
  type Amsgrad
} from './adam-rule.ts'
import { decayed } from './decay.ts'

// model

/**
 * The options of AdamW.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdamWOptions<R extends Rate, M extends Amsgrad> extends AdamRule<R, M> {
  readonly weightDecay: number
  readonly decayScale: 'rate' | 'none'
  readonly only: PathFilter
}

/**
 * The spec of `adamW`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdamW<R extends Rate = Rate, M extends Amsgrad = Amsgrad> extends AdamWOptions<R, M> {
  readonly tag: 'adamW'
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly adamW: A extends AdamW<infer R, infer M> ? HyperParameters<AdamW<R, M>> & AdamMoments<M, P> : never
  }
}

// constructors

/**
 * Decoupled weight decay: Adam's step and a pull of the parameters towards 0 that does not go through the moments.
 *
 *     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *     θ ← θ − η ( m̂ / (√v̂ + ε) + λ θ )
 *
 * State, under `adamW`: as of `adam`, and `weightDecay: []`.
 *
 * @param options.learningRate η > 0, or a schedule. Default 1e-3.
 * @param options.beta1 of the average of gradients; 0 ≤ β₁ < 1. Default 0.9.
 * @param options.beta2 of the average of squares; 0 ≤ β₂ < 1. Default 0.999.
 * @param options.epsilon ε > 0. Default 1e-8.
 * @param options.epsilonPlacement as in `adam`. Default `'outside'`.
 * @param options.amsgrad as in `adam`. Default `'none'`.
 * @param options.weightDecay λ ≥ 0. Default 1e-2, as in PyTorch (Optax 1e-4, Keras 4e-3).
 * @param options.decayScale what λ is multiplied by: `'rate'`, η, as in PyTorch, Optax and Keras, or `'none'`, as in the
 *   paper. Default `'rate'`.
 * @param options.only the parameters that decay: `named('kernel')` spares the biases. Default everything.
 * @throws where an option is misspelt or out of its range.
 * @see Loshchilov & Hutter 2019, arXiv 1711.05101
 * @example
 * import { adamW, named } from 'gradfold/optimizer'
 * const optimizer = adamW({ learningRate: 3e-4, weightDecay: 0.1, only: named('kernel') })
 * @category optimizers
 * @since 0.1.0
 */
export const adamW = <const R extends Rate = number, const M extends Amsgrad = 'none'>(
  options: Partial<AdamWOptions<R, M>> = {}
): Transform<readonly [AdamW<Widened<R>, M>]> =>
  // the codec gives back the options that were given
  atom(adamWDefinition, options, {
    ...adamDefaults,
    weightDecay: 1e-2,
    decayScale: 'rate',
    only: everything
  }) as unknown as Transform<readonly [AdamW<Widened<R>, M>]>

// interpretation

/**
 * What `adamW` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const adamWDefinition: AtomDefinition<AdamW> = {
  tag: 'adamW',
  codec: taggedRecord<AdamW>('adamW', {
    ...adamFields,
    weightDecay: nonNegative,
    decayScale: oneOf('rate', 'none'),
    only: pathFilter
  }),
  init: (spec, params) => {
    const numbers = hyperParameters(spec, floatTypeOf(params))
    return { step: firstStep(), ...numbers, ...adamMoments(spec, numbers, params) }
  },
  update: (spec, gradient, state, { params }) => {
    const { updates, state: next, learningRate } = adamStep(spec, gradient, state)
    const pull = spec.decayScale === 'rate' ? pipe(learningRate, multiply(state.weightDecay)) : state.weightDecay
    return [decayed(spec.only, pull, updates, params), next]
  }
}
