/**
 * A decaying sum of updates.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { flag, fraction, taggedRecord } from '../../codec/index.ts'
import { add, multiply } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, zerosTree, zipTrees, type Leaf } from '../tree.ts'

/**
 * The spec of `trace`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Trace {
  readonly tag: 'trace'
  readonly decay: number
  readonly nesterov: boolean
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly trace: HyperParameters<Trace> & { readonly velocity: P }
  }
}

/**
 * A decaying sum of updates: the direction of classical momentum.
 *
 *     b ← μ b + u      u ← b, or u + μ b with `nesterov`
 *
 * State, under `trace`: `{ decay: [], velocity: P }`, P the parameters' tree.
 *
 * @param options.decay μ; 0 ≤ μ < 1.
 * @param options.nesterov whether to look ahead by one decay. Default false.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { chain, scaleByLearningRate, trace } from 'gradfold/optimizer'
 * const optimizer = chain(trace({ decay: 0.9 }), scaleByLearningRate({ learningRate: 0.1 }))
 * @category transforms
 * @since 0.1.0
 */
export const trace = (options: { readonly decay: number; readonly nesterov?: boolean }): Transform<readonly [Trace]> =>
  atom(traceDefinition, options, { nesterov: false })

/**
 * What `trace` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const traceDefinition: AtomDefinition<Trace> = {
  tag: 'trace',
  codec: taggedRecord<Trace>('trace', { decay: fraction, nesterov: flag }),
  init: (spec, params) => ({ ...hyperParameters(spec, floatTypeOf(params)), velocity: zerosTree(params) }),
  update: ({ nesterov }, updates, state) => {
    const decayedSum = (b: Leaf, u: Leaf): Leaf => pipe(b, multiply(state.decay), add(u))
    const velocity = zipTrees(decayedSum, state.velocity, updates)
    return [nesterov ? zipTrees(decayedSum, velocity, updates) : velocity, { ...state, velocity }]
  }
}
