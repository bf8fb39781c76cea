/**
 * Multiplying updates by a number.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { finite, taggedRecord } from '../../codec/index.ts'
import { multiply } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree } from '../tree.ts'

/**
 * The spec of `scale`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Scale {
  readonly tag: 'scale'
  readonly factor: number
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly scale: HyperParameters<Scale>
  }
}

/**
 * Multiplies updates by a number.
 *
 *     u ← factor · u
 *
 * State, under `scale`: `{ factor: [] }`.
 *
 * @param factor any finite number.
 * @throws where it is not one.
 * @example
 * import { adam, chain, scale } from 'gradfold/optimizer'
 * const ascent = chain(scale(-1), adam()) // makes the loss large
 * @category transforms
 * @since 0.1.0
 */
export const scale = (factor: number): Transform<readonly [Scale]> => atom(scaleDefinition, { factor })

/**
 * What `scale` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const scaleDefinition: AtomDefinition<Scale> = {
  tag: 'scale',
  codec: taggedRecord<Scale>('scale', { factor: finite }),
  init: (spec, params) => hyperParameters(spec, floatTypeOf(params)),
  update: (_, updates, state) => [mapTree((u) => pipe(u, multiply(state.factor)))(updates), state]
}
