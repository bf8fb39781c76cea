/**
 * Modes: whether a network is being trained, and then with which key.
 *
 * @since 0.1.0
 */
import type { KeyLike } from '../random/index.ts'

/**
 * Training: layers may draw from the key.
 *
 * @category model
 * @since 0.1.0
 */
export interface Train {
  readonly tag: 'train'
  readonly key: KeyLike
}

/**
 * Evaluation: nothing is drawn.
 *
 * @category model
 * @since 0.1.0
 */
export interface Evaluate {
  readonly tag: 'evaluate'
}

/**
 * Whether a network is being trained; training without a key cannot be said.
 *
 * @category model
 * @since 0.1.0
 */
export type Mode = Train | Evaluate

/**
 * The mode of training: each layer that draws (dropout) derives its own key from this one by its path.
 *
 * @param key a key that is used for this step only.
 * @example
 * import { train } from 'gradfold/network'
 * import { foldIn, key } from 'gradfold/random'
 * train(foldIn(key(42), ['train', 0]))
 * @category constructors
 * @since 0.1.0
 */
export const train = (key: KeyLike): Train => Object.freeze({ tag: 'train', key })

/**
 * The mode of evaluation: dropout is the identity.
 *
 * @category constructors
 * @since 0.1.0
 */
export const evaluate: Evaluate = Object.freeze({ tag: 'evaluate' })
