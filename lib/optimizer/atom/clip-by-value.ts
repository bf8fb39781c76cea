/**
 * Clipping gradients element by element.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { positive, taggedRecord } from '../../codec/index.ts'
import { maximum as atLeast, minimum as atMost, negate } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree, type Leaf } from '../tree.ts'

/**
 * The spec of `clipByValue`.
 *
 * @category model
 * @since 0.1.0
 */
export interface ClipByValue {
  readonly tag: 'clipByValue'
  readonly maximum: number
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly clipByValue: HyperParameters<ClipByValue>
  }
}

/**
 * Keeps every element of the gradients between two bounds.
 *
 *     g ← min(max(g, −c), c)
 *
 * This changes the direction of the gradient; `clipByGlobalNorm` does not.
 *
 * State, under `clipByValue`: `{ maximum: [] }`.
 *
 * @param maximum c > 0.
 * @throws where it is not.
 * @example
 * import { adam, chain, clipByValue } from 'gradfold/optimizer'
 * const optimizer = chain(clipByValue(0.5), adam())
 * @category transforms
 * @since 0.1.0
 */
export const clipByValue = (maximum: number): Transform<readonly [ClipByValue]> =>
  atom(clipByValueDefinition, { maximum })

/**
 * What `clipByValue` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const clipByValueDefinition: AtomDefinition<ClipByValue> = {
  tag: 'clipByValue',
  codec: taggedRecord<ClipByValue>('clipByValue', { maximum: positive }),
  init: (spec, params) => hyperParameters(spec, floatTypeOf(params)),
  update: (_, updates, state) => {
    const lowest = pipe(state.maximum, negate)
    return [mapTree((g): Leaf => pipe(g, atLeast(lowest), atMost(state.maximum)))(updates), state]
  }
}
