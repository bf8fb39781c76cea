/**
 * A moving average of updates.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { flag, fraction, taggedRecord } from '../../codec/index.ts'
import { multiply, onesLike } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree, zerosTree, type Leaf } from '../tree.ts'
import { biasCorrection, movingAverage } from './moments.ts'

/**
 * The spec of `ema`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Ema<D extends boolean = boolean> {
  readonly tag: 'ema'
  readonly decay: number
  readonly debias: D
}

declare module '../atom.ts' {
  interface AtomStates<A, P> {
    readonly ema: A extends Ema<infer D>
      ? HyperParameters<Ema<D>> & { readonly average: P } & (D extends true
            ? { readonly decayPower: TypedSlot<[]> }
            : object)
      : never
  }
}

/**
 * An exponential moving average of updates.
 *
 *     m ← β m + (1 − β) u      u ← m, or m / (1 − βᵗ) with `debias`
 *
 * State, under `ema`: `{ decay: [], average: P }`, P the parameters' tree, and `decayPower: []` with `debias`.
 *
 * @param options.decay β; 0 ≤ β < 1.
 * @param options.debias whether the zeros at the beginning are divided out. Default false.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { chain, ema, scaleByLearningRate } from 'gradfold/optimizer'
 * const optimizer = chain(ema({ decay: 0.9, debias: true }), scaleByLearningRate({ learningRate: 0.1 }))
 * @category transforms
 * @since 0.1.0
 */
export const ema = <const D extends boolean = false>(options: {
  readonly decay: number
  readonly debias?: D
}): Transform<readonly [Ema<D>]> =>
  // the codec gives back the options that were given
  atom(emaDefinition, options, { debias: false }) as unknown as Transform<readonly [Ema<D>]>

/**
 * What `ema` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const emaDefinition: AtomDefinition<Ema> = {
  tag: 'ema',
  codec: taggedRecord<Ema>('ema', { decay: fraction, debias: flag }),
  init: (spec, params) => {
    const numbers = hyperParameters(spec, floatTypeOf(params))
    const state = { ...numbers, average: zerosTree(params) }
    return spec.debias ? { ...state, decayPower: onesLike(numbers.decay) } : state
  },
  update: (_, updates, state) => {
    const average = movingAverage(state.decay, state.average, updates)
    if (!('decayPower' in state)) return [average, { ...state, average }]
    const decayPower = pipe(state.decayPower, multiply(state.decay))
    const correction = biasCorrection(decayPower)
    return [mapTree((m): Leaf => pipe(m, multiply(correction)))(average), { ...state, average, decayPower }]
  }
}
