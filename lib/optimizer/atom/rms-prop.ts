/**
 * RMSProp: the gradient over its root mean square.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { flag, fraction, nonNegative, oneOf, orNull, positive, taggedRecord } from '../../codec/index.ts'
import { add, divide, maximum, multiply, negate, square, subtract } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep, rate, rateAt, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { filledTree, floatTypeOf, mapTree, zerosTree, zipTrees, type Leaf, type ParameterTree } from '../tree.ts'
import { movingAverage, movingSquares, root, type RootEpsilon } from './moments.ts'

// model

/**
 * The options of RMSProp.
 *
 * @category model
 * @since 0.1.0
 */
export interface RmsPropOptions<R extends Rate, C extends boolean, M extends number | null> {
  readonly learningRate: R
  readonly decay: number
  readonly epsilon: number
  readonly epsilonPlacement: RootEpsilon
  readonly initialAccumulator: number
  readonly centered: C
  readonly momentum: M
  readonly ratePlacement: 'outside' | 'inside'
}

/**
 * The spec of `rmsProp`.
 *
 * @category model
 * @since 0.1.0
 */
export interface RmsProp<
  R extends Rate = Rate,
  C extends boolean = boolean,
  M extends number | null = number | null
> extends RmsPropOptions<R, C, M> {
  readonly tag: 'rmsProp'
}

/** What centering and momentum keep. */
type RmsPropBuffers<C extends boolean, M extends number | null, P> = (C extends true ? { readonly mean: P } : object) &
  (M extends number ? { readonly momentum: TypedSlot<[]>; readonly velocity: P } : object)

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly rmsProp: A extends RmsProp<infer R, infer C, infer M>
      ? HyperParameters<Omit<RmsProp<R, C, M>, 'initialAccumulator' | 'momentum'>> & {
          readonly step: TypedSlot<[], 'i32'>
          readonly nu: P
        } & RmsPropBuffers<C, M, P>
      : never
  }
}

/**
 * Makes an RMSProp; the options have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface RmsPropBuilder {
  <const R extends Rate = number, const C extends boolean = false, const M extends number | null = null>(
    options?: Partial<RmsPropOptions<R, C, M>>
  ): Transform<readonly [RmsProp<Widened<R>, C, Widened<M>>]>
}

// constructors

const withDefaults =
  (defaults: RmsPropOptions<number, false, null>): RmsPropBuilder =>
  <const R extends Rate, const C extends boolean, const M extends number | null>(
    options: Partial<RmsPropOptions<R, C, M>> = {}
  ) =>
    // the codec gives back the options that were given
    atom(rmsPropDefinition, options, defaults) as unknown as Transform<readonly [RmsProp<Widened<R>, C, Widened<M>>]>

const torch: RmsPropOptions<number, false, null> = {
  learningRate: 1e-2,
  decay: 0.99,
  epsilon: 1e-8,
  epsilonPlacement: 'outside',
  initialAccumulator: 0,
  centered: false,
  momentum: null,
  ratePlacement: 'outside'
}

const keras: RmsPropOptions<number, false, null> = {
  ...torch,
  learningRate: 1e-3,
  decay: 0.9,
  epsilon: 1e-7,
  epsilonPlacement: 'inside',
  ratePlacement: 'inside'
}

/**
 * RMSProp.
 *
 *     v ← ρ v + (1 − ρ) g²
 *     d = g / (√v + ε)                                     epsilonPlacement 'outside'
 *     d = g / √(v + ε)                                     epsilonPlacement 'inside'
 *     centered: m ← ρ m + (1 − ρ) g, and v − m² in place of v (not below 0, which rounding could give)
 *     θ ← θ − η d                                          without momentum
 *     b ← μ b + d         θ ← θ − η b                      ratePlacement 'outside'
 *     b ← μ b + η d       θ ← θ − b                        ratePlacement 'inside'
 *
 * `rmsProp` and `rmsProp.torch` have the defaults of PyTorch; `rmsProp.keras` those of Keras: `{ learningRate: 1e-3,
 * decay: 0.9, epsilon: 1e-7, epsilonPlacement: 'inside', ratePlacement: 'inside' }`; `rmsProp.optax` those of Keras but
 * ε = 1e-8; `rmsProp.tensorflow1` those of Keras but ε = 1e-10 and v = 1 at first.
 *
 * State, under `rmsProp`: `{ step: i32 [], learningRate: [], decay: [], epsilon: [], nu: P }`, P the parameters' tree;
 * `mean: P` when centered; `momentum: []` and `velocity: P` with momentum.
 *
 * @param options.learningRate η > 0, or a schedule. Default 1e-2.
 * @param options.decay ρ; 0 ≤ ρ < 1. Default 0.99.
 * @param options.epsilon ε > 0. Default 1e-8.
 * @param options.epsilonPlacement `'outside'` or `'inside'` the root. Default `'outside'`.
 * @param options.initialAccumulator v before the first step; ≥ 0. Default 0.
 * @param options.centered whether the squared mean is taken from the mean square. Default false.
 * @param options.momentum μ; 0 ≤ μ < 1; or null for none. Default null.
 * @param options.ratePlacement `'outside'` or `'inside'` the momentum buffer. Default `'outside'`.
 * @throws where an option is misspelt or out of its range.
 * @see Tieleman & Hinton 2012, lecture 6.5
 * @example
 * import { rmsProp } from 'gradfold/optimizer'
 * const optimizer = rmsProp({ learningRate: 1e-3, centered: true, momentum: 0.9 })
 * const asInKeras = rmsProp.keras()
 * @category optimizers
 * @since 0.1.0
 */
export const rmsProp: RmsPropBuilder & {
  readonly torch: RmsPropBuilder
  readonly keras: RmsPropBuilder
  readonly optax: RmsPropBuilder
  readonly tensorflow1: RmsPropBuilder
} = Object.assign(withDefaults(torch), {
  torch: withDefaults(torch),
  keras: withDefaults(keras),
  optax: withDefaults({ ...keras, epsilon: 1e-8 }),
  tensorflow1: withDefaults({ ...keras, epsilon: 1e-10, initialAccumulator: 1 })
})

// interpretation

/** The mean square about the mean, not below 0. */
const centeredSquares = (nu: ParameterTree, mean: ParameterTree): ParameterTree =>
  zipTrees((v, m): Leaf => pipe(v, subtract(pipe(m, square)), maximum(0)), nu, mean)

/**
 * What `rmsProp` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const rmsPropDefinition: AtomDefinition<RmsProp> = {
  tag: 'rmsProp',
  codec: taggedRecord<RmsProp>('rmsProp', {
    learningRate: rate,
    decay: fraction,
    epsilon: positive,
    epsilonPlacement: oneOf('outside', 'inside'),
    initialAccumulator: nonNegative,
    centered: flag,
    momentum: orNull(fraction),
    ratePlacement: oneOf('outside', 'inside')
  }),
  init: ({ initialAccumulator, momentum, ...used }, params) => {
    const dtype = floatTypeOf(params)
    return {
      step: firstStep(),
      ...hyperParameters(used, dtype),
      nu: filledTree(initialAccumulator)(params),
      ...(used.centered ? { mean: zerosTree(params) } : {}),
      ...(momentum === null ? {} : { ...hyperParameters({ momentum }, dtype), velocity: zerosTree(params) })
    }
  },
  update: (spec, gradient, state) => {
    const learningRate = rateAt(spec.learningRate, state.learningRate, state.step)
    const nu = movingSquares(state.decay, state.nu, gradient)
    const centering = 'mean' in state ? { mean: movingAverage(state.decay, state.mean, gradient) } : {}
    const squares = 'mean' in centering ? centeredSquares(nu, centering.mean) : nu
    const divisor = root(spec.epsilonPlacement, state.epsilon)
    const next = { ...state, step: nextStep(state.step), nu, ...centering }
    const factor = pipe(learningRate, negate)
    if (!('velocity' in state)) {
      const updates = zipTrees((v, g): Leaf => pipe(g, multiply(factor), divide(divisor(v))), squares, gradient)
      return [updates, next]
    }
    const { momentum: mu } = state
    const direction = zipTrees((v, g): Leaf => pipe(g, divide(divisor(v))), squares, gradient)
    const isInside = spec.ratePlacement === 'inside'
    const velocity = zipTrees(
      (b, d): Leaf => pipe(b, multiply(mu), add(isInside ? pipe(d, multiply(learningRate)) : d)),
      state.velocity,
      direction
    )
    const updates = mapTree((b): Leaf => (isInside ? pipe(b, negate) : pipe(b, multiply(factor))))(velocity)
    return [updates, { ...next, velocity }]
  }
}
