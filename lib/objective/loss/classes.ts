/**
 * What losses over classes share: the axis of the classes, and label smoothing.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { fraction, record, type Codec } from '../../codec/index.ts'
import type { Shape } from '../../shape/index.ts'
import { withOptions, type Loss, type Reduction } from '../loss.ts'

type NoClassesSentence<Tag extends string> =
  `${Tag}: the network gives one number for an example; it has to give one for each class`
const noClasses = <Tag extends string>(tag: Tag): NoClassesSentence<Tag> =>
  `${tag}: the network gives one number for an example; it has to give one for each class`

/** The complaint that an output has no axis of classes, or `never`. */
export type NoClasses<Tag extends string, O extends Shape> = O extends readonly [] ? NoClassesSentence<Tag> : never

/** The output without its last axis, that of the classes: the run-time twin of `NoClasses`. */
export const classAxis = (tag: string, output: Shape): Either.Either<string, Shape> =>
  output.length === 0 ? Either.left(noClasses(tag)) : Either.right(output.slice(0, -1))

/** The options of losses over classes. */
export interface Smoothing {
  readonly labelSmoothing: number
}

export const smoothing: Codec<Smoothing> = record<Smoothing>('options', { labelSmoothing: fraction })

/**
 * The same loss with smoothed labels: a part of the probability is spread evenly over all classes.
 *
 *     p ← (1 − s) p + s / classes
 *
 * @param labelSmoothing s; 0 ≤ s < 1.
 * @see Szegedy et al. 2016, arXiv 1512.00567, section 7
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { sparseSoftmaxCrossEntropy, withLabelSmoothing } from 'gradfold/objective'
 * const loss = pipe(sparseSoftmaxCrossEntropy, withLabelSmoothing(0.1))
 * @category combinators
 * @since 0.1.0
 */
export const withLabelSmoothing =
  (labelSmoothing: number) =>
  <Tag extends 'softmaxCrossEntropy' | 'sparseSoftmaxCrossEntropy', R extends Reduction>(
    self: Loss<Tag, R>
  ): Loss<Tag, R> =>
    withOptions({ labelSmoothing })(self)
