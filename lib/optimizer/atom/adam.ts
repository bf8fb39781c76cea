/**
 * Adam: steps of about the learning rate, in the direction of the averaged gradient over its root mean square.
 *
 * @since 0.1.0
 */
import { taggedRecord } from '../../codec/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
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

// model

/**
 * The spec of `adam`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Adam<R extends Rate = Rate, M extends Amsgrad = Amsgrad> extends AdamRule<R, M> {
  readonly tag: 'adam'
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly adam: A extends Adam<infer R, infer M> ? HyperParameters<Adam<R, M>> & AdamMoments<M, P> : never
  }
}

// constructors

/**
 * Adam.
 *
 *     m ← β₁ m + (1 − β₁) g        m̂ = m / (1 − β₁ᵗ)
 *     v ← β₂ v + (1 − β₂) g²       v̂ = v / (1 − β₂ᵗ)
 *     θ ← θ − η m̂ / (√v̂ + ε)                                  epsilonPlacement 'outside': PyTorch, Optax
 *     θ ← θ − η m̂ / √(v̂ + ε)                                  'inside': `eps_root` of Optax
 *     θ ← θ − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)          'hat': Keras, with ε = 1e-7
 *
 * State, under `adam`: `{ step: i32 [], learningRate: [], beta1: [], beta2: [], epsilon: [], beta1Power: [],
 * beta2Power: [], mu: P, nu: P }`, P the parameters' tree, and `nuMaximum: P` with `amsgrad`; with a schedule,
 * `learningRate` is the tree of its numbers. The powers are running products, so that a step has one scalar reciprocal
 * for each correction.
 *
 * @param options.learningRate η > 0, or a schedule. Default 1e-3.
 * @param options.beta1 of the average of gradients; 0 ≤ β₁ < 1. Default 0.9.
 * @param options.beta2 of the average of squares; 0 ≤ β₂ < 1. Default 0.999.
 * @param options.epsilon ε > 0. Default 1e-8.
 * @param options.epsilonPlacement `'outside'`, `'inside'` or `'hat'`. Default `'outside'`.
 * @param options.amsgrad `'raw'` or `'corrected'` to use the largest v so far. Default `'none'`.
 * @throws where an option is misspelt or out of its range.
 * @see Kingma & Ba 2015, arXiv 1412.6980; for `amsgrad` Reddi, Kale & Kumar 2018
 * @example
 * import { adam, linear } from 'gradfold/optimizer'
 * const constantRate = adam({ learningRate: 3e-4 })
 * const fallingRate = adam({ learningRate: linear({ initial: 1e-3, steps: 1000 }) })
 * @category optimizers
 * @since 0.1.0
 */
export const adam = <const R extends Rate = number, const M extends Amsgrad = 'none'>(
  options: Partial<AdamRule<R, M>> = {}
): Transform<readonly [Adam<Widened<R>, M>]> =>
  // the codec gives back the options that were given
  atom(adamDefinition, options, adamDefaults) as unknown as Transform<readonly [Adam<Widened<R>, M>]>

// interpretation

/**
 * What `adam` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const adamDefinition: AtomDefinition<Adam> = {
  tag: 'adam',
  codec: taggedRecord<Adam>('adam', adamFields),
  init: (spec, params) => {
    const numbers = hyperParameters(spec, floatTypeOf(params))
    return { step: firstStep(), ...numbers, ...adamMoments(spec, numbers, params) }
  },
  update: (spec, gradient, state) => {
    const { updates, state: next } = adamStep(spec, gradient, state)
    return [updates, next]
  }
}
