/**
 * Dampening: PyTorch's weakening of gradients before momentum.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { fraction, taggedRecord } from '../../codec/index.ts'
import { equal, multiply, select } from '../../expr/index.ts'
import type { TypedSlot } from '../../tensor/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { firstStep, nextStep } from '../rate.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree, type Leaf } from '../tree.ts'
import { oneMinus } from './moments.ts'

/**
 * The spec of `dampen`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dampen {
  readonly tag: 'dampen'
  readonly dampening: number
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly dampen: HyperParameters<Dampen> & { readonly step: TypedSlot<[], 'i32'> }
  }
}

/**
 * Multiplies all updates but those of the first step by 1 − τ: before `momentum` it is the `dampening` of PyTorch's SGD.
 *
 *     u ← u at the first step, else (1 − τ) u
 *
 * State, under `dampen`: `{ step: i32 [], dampening: [] }`.
 *
 * @param dampening τ; 0 ≤ τ < 1.
 * @throws where it is not.
 * @example
 * import { chain, dampen, momentum } from 'gradfold/optimizer'
 * const optimizer = chain(dampen(0.5), momentum({ learningRate: 0.1 }))
 * @category transforms
 * @since 0.1.0
 */
export const dampen = (dampening: number): Transform<readonly [Dampen]> => atom(dampenDefinition, { dampening })

/**
 * What `dampen` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const dampenDefinition: AtomDefinition<Dampen> = {
  tag: 'dampen',
  codec: taggedRecord<Dampen>('dampen', { dampening: fraction }),
  init: (spec, params) => ({ step: firstStep(), ...hyperParameters(spec, floatTypeOf(params)) }),
  update: (_, updates, state) => {
    const isFirst = pipe(state.step, equal(0))
    const factor = oneMinus(state.dampening)
    return [
      mapTree((u): Leaf => pipe(isFirst, select(u, pipe(u, multiply(factor)))))(updates),
      { ...state, step: nextStep(state.step) }
    ]
  }
}
