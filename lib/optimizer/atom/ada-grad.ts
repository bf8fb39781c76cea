/**
 * AdaGrad: each element's rate falls with the squares that it has seen.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { nonNegative, oneOf, positive, taggedRecord } from '../../codec/index.ts'
import { add, divide, multiply, negate, square } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep, rate, rateAt, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { filledTree, floatTypeOf, zipTrees, type Leaf } from '../tree.ts'
import { root, type RootEpsilon } from './moments.ts'

// model

/**
 * The options of AdaGrad.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdaGradOptions<R extends Rate> {
  readonly learningRate: R
  readonly epsilon: number
  readonly epsilonPlacement: RootEpsilon
  readonly initialAccumulator: number
}

/**
 * The spec of `adaGrad`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdaGrad<R extends Rate = Rate> extends AdaGradOptions<R> {
  readonly tag: 'adaGrad'
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly adaGrad: A extends AdaGrad<infer R>
      ? HyperParameters<Omit<AdaGrad<R>, 'initialAccumulator'>> & {
          readonly step: TypedSlot<[], 'i32'>
          readonly accumulator: P
        }
      : never
  }
}

/**
 * Makes an AdaGrad; the options have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdaGradBuilder {
  <const R extends Rate = number>(options?: Partial<AdaGradOptions<R>>): Transform<readonly [AdaGrad<Widened<R>>]>
}

// constructors

const withDefaults =
  (defaults: AdaGradOptions<number>): AdaGradBuilder =>
  <const R extends Rate>(options: Partial<AdaGradOptions<R>> = {}) =>
    // the codec gives back the options that were given
    atom(adaGradDefinition, options, defaults) as unknown as Transform<readonly [AdaGrad<Widened<R>>]>

const torch: AdaGradOptions<number> = {
  learningRate: 1e-2,
  epsilon: 1e-10,
  epsilonPlacement: 'outside',
  initialAccumulator: 0
}

/**
 * AdaGrad.
 *
 *     a ← a + g²       θ ← θ − η g / (√a + ε)      epsilonPlacement 'outside'
 *                      θ ← θ − η g / √(a + ε)      epsilonPlacement 'inside'
 *
 * `adaGrad` and `adaGrad.torch` have the defaults of PyTorch, `adaGrad.keras` those of Keras and Optax: `{ learningRate:
 * 1e-3, epsilon: 1e-7, epsilonPlacement: 'inside', initialAccumulator: 0.1 }`. The `lr_decay` of PyTorch is the schedule
 * `inverseTime`.
 *
 * State, under `adaGrad`: `{ step: i32 [], learningRate: [], epsilon: [], accumulator: P }`, P the parameters' tree.
 *
 * @param options.learningRate η > 0, or a schedule. Default 1e-2.
 * @param options.epsilon ε > 0. Default 1e-10.
 * @param options.epsilonPlacement `'outside'` or `'inside'` the root. Default `'outside'`.
 * @param options.initialAccumulator a before the first step; ≥ 0. Default 0.
 * @throws where an option is misspelt or out of its range.
 * @see Duchi, Hazan & Singer 2011
 * @example
 * import { adaGrad } from 'gradfold/optimizer'
 * const optimizer = adaGrad({ learningRate: 0.1 })
 * const asInKeras = adaGrad.keras()
 * @category optimizers
 * @since 0.1.0
 */
export const adaGrad: AdaGradBuilder & { readonly torch: AdaGradBuilder; readonly keras: AdaGradBuilder } =
  Object.assign(withDefaults(torch), {
    torch: withDefaults(torch),
    keras: withDefaults({
      learningRate: 1e-3,
      epsilon: 1e-7,
      epsilonPlacement: 'inside',
      initialAccumulator: 0.1
    })
  })

// interpretation

/**
 * What `adaGrad` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const adaGradDefinition: AtomDefinition<AdaGrad> = {
  tag: 'adaGrad',
  codec: taggedRecord<AdaGrad>('adaGrad', {
    learningRate: rate,
    epsilon: positive,
    epsilonPlacement: oneOf('outside', 'inside'),
    initialAccumulator: nonNegative
  }),
  init: ({ initialAccumulator, ...used }, params) => ({
    step: firstStep(),
    ...hyperParameters(used, floatTypeOf(params)),
    accumulator: filledTree(initialAccumulator)(params)
  }),
  update: (spec, gradient, state) => {
    const factor = pipe(rateAt(spec.learningRate, state.learningRate, state.step), negate)
    const divisor = root(spec.epsilonPlacement, state.epsilon)
    const accumulator = zipTrees((a, g): Leaf => pipe(g, square, add(a)), state.accumulator, gradient)
    const updates = zipTrees((a, g): Leaf => pipe(g, multiply(factor), divide(divisor(a))), accumulator, gradient)
    return [updates, { ...state, step: nextStep(state.step), accumulator }]
  }
}
