/**
 * Nesterov's momentum.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { fraction, oneOf, taggedRecord } from '../../codec/index.ts'
import { add, multiply, negate, subtract } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep, rate, rateAt, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, zerosTree, zipTrees, type Leaf } from '../tree.ts'

// model

/**
 * What the buffer holds: as in `MomentumConvention`.
 *
 * @category model
 * @since 0.1.0
 */
export type NesterovConvention = 'classical' | 'rateInside'

/**
 * The spec of `nesterov`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Nesterov<R extends Rate = Rate> {
  readonly tag: 'nesterov'
  readonly learningRate: R
  readonly momentum: number
  readonly convention: NesterovConvention
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly nesterov: A extends Nesterov<infer R>
      ? HyperParameters<Nesterov<R>> & { readonly step: TypedSlot<[], 'i32'>; readonly velocity: P }
      : never
  }
}

// constructors

/**
 * Nesterov's accelerated gradient, in the form that takes the gradient at the parameters themselves.
 *
 *     classical     b ← μ b + g       θ ← θ − η (g + μ b)      PyTorch, Optax
 *     rateInside    v ← μ v − η g     θ ← θ + μ v − η g        Keras
 *
 * State, under `nesterov`: `{ step: i32 [], learningRate: [], momentum: [], velocity: P }`, P the parameters' tree.
 *
 * @param options.learningRate η > 0, or a schedule.
 * @param options.momentum μ; 0 ≤ μ < 1. Default 0.9.
 * @param options.convention `'classical'` or `'rateInside'`, equal while the rate is constant. Default `'classical'`.
 * @throws where an option is misspelt or out of its range.
 * @see Sutskever et al. 2013
 * @example
 * import { nesterov } from 'gradfold/optimizer'
 * const optimizer = nesterov({ learningRate: 0.1, momentum: 0.95 })
 * @category optimizers
 * @since 0.1.0
 */
export const nesterov = <const R extends Rate>(options: {
  readonly learningRate: R
  readonly momentum?: number
  readonly convention?: NesterovConvention
}): Transform<readonly [Nesterov<Widened<R>>]> =>
  // the codec gives back the options that were given
  atom(nesterovDefinition, options, { momentum: 0.9, convention: 'classical' }) as unknown as Transform<
    readonly [Nesterov<Widened<R>>]
  >

// interpretation

/**
 * What `nesterov` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const nesterovDefinition: AtomDefinition<Nesterov> = {
  tag: 'nesterov',
  codec: taggedRecord<Nesterov>('nesterov', {
    learningRate: rate,
    momentum: fraction,
    convention: oneOf('classical', 'rateInside')
  }),
  init: (spec, params) => ({
    step: firstStep(),
    ...hyperParameters(spec, floatTypeOf(params)),
    velocity: zerosTree(params)
  }),
  update: (spec, gradient, state) => {
    const learningRate = rateAt(spec.learningRate, state.learningRate, state.step)
    const { momentum: mu } = state
    const next = { ...state, step: nextStep(state.step) }
    if (spec.convention === 'classical') {
      const factor = pipe(learningRate, negate)
      const velocity = zipTrees((b, g): Leaf => pipe(b, multiply(mu), add(g)), state.velocity, gradient)
      const updates = zipTrees((b, g): Leaf => pipe(b, multiply(mu), add(g), multiply(factor)), velocity, gradient)
      return [updates, { ...next, velocity }]
    }
    const ahead = (v: Leaf, g: Leaf): Leaf => pipe(v, multiply(mu), subtract(pipe(g, multiply(learningRate))))
    const velocity = zipTrees(ahead, state.velocity, gradient)
    return [zipTrees(ahead, velocity, gradient), { ...next, velocity }]
  }
}
