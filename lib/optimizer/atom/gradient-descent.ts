/**
 * Gradient descent.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { taggedRecord } from '../../codec/index.ts'
import { multiply, negate } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep, rate, rateAt, type Rate, type Widened } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree } from '../tree.ts'

// model

/**
 * The spec of `gradientDescent`.
 *
 * @category model
 * @since 0.1.0
 */
export interface GradientDescent<R extends Rate = Rate> {
  readonly tag: 'gradientDescent'
  readonly learningRate: R
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly gradientDescent: A extends GradientDescent<infer R>
      ? HyperParameters<GradientDescent<R>> & { readonly step: TypedSlot<[], 'i32'> }
      : never
  }
}

// constructors

/**
 * Gradient descent: batch, mini-batch or stochastic, as the batches are.
 *
 *     θ ← θ − η g
 *
 * State, under `gradientDescent`: `{ step: i32 [], learningRate: [] }`.
 *
 * @param options.learningRate η > 0, or a schedule.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { gradientDescent } from 'gradfold/optimizer'
 * const optimizer = gradientDescent({ learningRate: 0.1 })
 * @category optimizers
 * @since 0.1.0
 */
export const gradientDescent = <const R extends Rate>(options: {
  readonly learningRate: R
}): Transform<readonly [GradientDescent<Widened<R>>]> =>
  // the codec gives back the options that were given
  atom(gradientDescentDefinition, options) as unknown as Transform<readonly [GradientDescent<Widened<R>>]>

// interpretation

/**
 * What `gradientDescent` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const gradientDescentDefinition: AtomDefinition<GradientDescent> = {
  tag: 'gradientDescent',
  codec: taggedRecord<GradientDescent>('gradientDescent', { learningRate: rate }),
  init: (spec, params) => ({ step: firstStep(), ...hyperParameters(spec, floatTypeOf(params)) }),
  update: (spec, gradient, state) => {
    const factor = pipe(rateAt(spec.learningRate, state.learningRate, state.step), negate)
    return [mapTree((g) => pipe(g, multiply(factor)))(gradient), { ...state, step: nextStep(state.step) }]
  }
}
