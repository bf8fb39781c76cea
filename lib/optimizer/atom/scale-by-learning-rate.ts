/**
 * The last word of a chain: the negative learning rate.
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
 * The spec of `scaleByLearningRate`.
 *
 * @category model
 * @since 0.1.0
 */
export interface ScaleByLearningRate<R extends Rate = Rate> {
  readonly tag: 'scaleByLearningRate'
  readonly learningRate: R
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly scaleByLearningRate: A extends ScaleByLearningRate<infer R>
      ? HyperParameters<ScaleByLearningRate<R>> & { readonly step: TypedSlot<[], 'i32'> }
      : never
  }
}

// constructors

/**
 * Multiplies updates by the negative learning rate: the end of a chain that makes a direction.
 *
 *     u ← −η u
 *
 * State, under `scaleByLearningRate`: `{ step: i32 [], learningRate: [] }`.
 *
 * @param options.learningRate η > 0, or a schedule.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { chain, scaleByLearningRate, trace } from 'gradfold/optimizer'
 * const heavyBall = chain(trace({ decay: 0.9 }), scaleByLearningRate({ learningRate: 0.1 }))
 * @category transforms
 * @since 0.1.0
 */
export const scaleByLearningRate = <const R extends Rate>(options: {
  readonly learningRate: R
}): Transform<readonly [ScaleByLearningRate<Widened<R>>]> =>
  // the codec gives back the options that were given
  atom(scaleByLearningRateDefinition, options) as unknown as Transform<readonly [ScaleByLearningRate<Widened<R>>]>

// interpretation

/**
 * What `scaleByLearningRate` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const scaleByLearningRateDefinition: AtomDefinition<ScaleByLearningRate> = {
  tag: 'scaleByLearningRate',
  codec: taggedRecord<ScaleByLearningRate>('scaleByLearningRate', { learningRate: rate }),
  init: (spec, params) => ({ step: firstStep(), ...hyperParameters(spec, floatTypeOf(params)) }),
  update: (spec, gradient, state) => {
    const factor = pipe(rateAt(spec.learningRate, state.learningRate, state.step), negate)
    return [mapTree((g) => pipe(g, multiply(factor)))(gradient), { ...state, step: nextStep(state.step) }]
  }
}
