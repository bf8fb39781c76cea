/**
 * Weight decay as a transform of its own.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { nonNegative, taggedRecord } from '../../codec/index.ts'
import { add, multiply } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { chooses, everything, pathFilter, type PathFilter } from '../path-filter.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, zipTreesWithPath, type Leaf } from '../tree.ts'

/**
 * The spec of `addDecayedWeights`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AddDecayedWeights {
  readonly tag: 'addDecayedWeights'
  readonly weightDecay: number
  readonly only: PathFilter
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly addDecayedWeights: HyperParameters<AddDecayedWeights>
  }
}

/**
 * Adds a multiple of the parameters to the updates.
 *
 *     u ← u + λ θ
 *
 * Before an optimizer it is L2 regularisation, coupled into the gradient: the `weight_decay` of SGD, Adam and RMSprop in
 * PyTorch. Between a direction and `scaleByLearningRate` it is decoupled decay, as in `adamW`.
 *
 * State, under `addDecayedWeights`: `{ weightDecay: [] }`.
 *
 * @param weightDecay λ ≥ 0.
 * @param options.only the parameters that decay: `named('kernel')` spares the biases. Default everything.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { addDecayedWeights, chain, gradientDescent } from 'gradfold/optimizer'
 * const optimizer = chain(addDecayedWeights(1e-4), gradientDescent({ learningRate: 0.1 }))
 * @category transforms
 * @since 0.1.0
 */
export const addDecayedWeights = (
  weightDecay: number,
  options: { readonly only?: PathFilter } = {}
): Transform<readonly [AddDecayedWeights]> =>
  atom(addDecayedWeightsDefinition, options, { weightDecay, only: everything })

/**
 * What `addDecayedWeights` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const addDecayedWeightsDefinition: AtomDefinition<AddDecayedWeights> = {
  tag: 'addDecayedWeights',
  codec: taggedRecord<AddDecayedWeights>('addDecayedWeights', { weightDecay: nonNegative, only: pathFilter }),
  init: (spec, params) => hyperParameters(spec, floatTypeOf(params)),
  update: ({ only }, updates, state, { params }) => {
    const decays = chooses(only)
    const decayed = zipTreesWithPath(
      (path, u, theta): Leaf => (decays(path) ? pipe(u, add(pipe(theta, multiply(state.weightDecay)))) : u),
      updates,
      params
    )
    return [decayed, state]
  }
}
