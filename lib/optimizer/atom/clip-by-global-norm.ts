/**
 * Clipping gradients by their norm.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { nonNegative, positive, taggedRecord } from '../../codec/index.ts'
import { add, divide, greater, multiply, select, sqrt, square, sum } from '../../expr/index.ts'
import type { AtomDefinition } from '../atom.ts'
import { hyperParameters, type HyperParameters } from '../hyper-parameters.ts'
import { atom, type Transform } from '../transform.ts'
import { floatTypeOf, mapTree, sumTree, type Leaf, type ParameterTree, type Scalar } from '../tree.ts'

/**
 * The spec of `clipByGlobalNorm`.
 *
 * @category model
 * @since 0.1.0
 */
export interface ClipByGlobalNorm {
  readonly tag: 'clipByGlobalNorm'
  readonly maximum: number
  readonly epsilon: number
}

declare module '../atom.ts' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- every declaration of an interface has its parameters
  interface AtomStates<A, P> {
    readonly clipByGlobalNorm: HyperParameters<ClipByGlobalNorm>
  }
}

/**
 * Shortens gradients that are longer than a maximum, all leaves together, and leaves others as they are.
 *
 *     n = √(Σ g²) + ε over all elements of all leaves;   g ← g · (c / n) where n > c, else g
 *
 * The squares are summed leaf by leaf, then the leaves in the order of the tree. ε is 0, as in Optax; PyTorch's
 * `clip_grad_norm_` has 1e-6. A gradient that is not finite is passed on, so that training can say where.
 *
 * State, under `clipByGlobalNorm`: `{ maximum: [], epsilon: [] }`.
 *
 * @param maximum c > 0, the longest gradient.
 * @param options.epsilon ε ≥ 0, added to the norm. Default 0.
 * @throws where an option is misspelt or out of its range.
 * @see Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063
 * @example
 * import { adam, chain, clipByGlobalNorm } from 'gradfold/optimizer'
 * const optimizer = chain(clipByGlobalNorm(1), adam())
 * @category transforms
 * @since 0.1.0
 */
export const clipByGlobalNorm = (
  maximum: number,
  options: { readonly epsilon?: number } = {}
): Transform<readonly [ClipByGlobalNorm]> => atom(clipByGlobalNormDefinition, options, { maximum, epsilon: 0 })

/**
 * The length of a tree of gradients: √(Σ g²) over all elements of all leaves, for those who define their own atoms.
 *
 * @example
 * import { globalNorm, type ParameterTree, type Scalar } from 'gradfold/optimizer'
 * const lengthOf: (updates: ParameterTree) => Scalar = globalNorm
 * @category destructors
 * @since 0.1.0
 */
export const globalNorm = (tree: ParameterTree): Scalar =>
  pipe(
    tree,
    sumTree((leaf): Scalar => pipe(leaf, square, sum())),
    (total): Scalar => pipe(total, sqrt)
  )

/**
 * What `clipByGlobalNorm` means.
 *
 * @category definitions
 * @since 0.1.0
 */
export const clipByGlobalNormDefinition: AtomDefinition<ClipByGlobalNorm> = {
  tag: 'clipByGlobalNorm',
  codec: taggedRecord<ClipByGlobalNorm>('clipByGlobalNorm', { maximum: positive, epsilon: nonNegative }),
  init: (spec, params) => hyperParameters(spec, floatTypeOf(params)),
  update: (_, updates, state) => {
    const norm = pipe(globalNorm(updates), add(state.epsilon))
    const isLong = pipe(norm, greater(state.maximum))
    const factor = pipe(state.maximum, divide(norm))
    return [mapTree((g): Leaf => pipe(isLong, select(pipe(g, multiply(factor)), g)))(updates), state]
  }
}
