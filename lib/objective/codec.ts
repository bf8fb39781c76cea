/**
 * Losses as plain data.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { byTag, decodeWith, list, literal, oneOf, record, type Codec } from '../codec/index.ts'
import { defineLoss, type AnyLoss, type AnyLossDefinition, type Reduction } from './loss.ts'
import { binaryCrossEntropy } from './loss/binary-cross-entropy.ts'
import { halfSquaredError, meanSquaredError } from './loss/mean-squared-error.ts'
import { softmaxCrossEntropy } from './loss/softmax-cross-entropy.ts'
import { sparseSoftmaxCrossEntropy } from './loss/sparse-softmax-cross-entropy.ts'
import { regularizer, type Regularizer } from './regularizer.ts'

// model

/**
 * A loss as plain data.
 *
 * @category model
 * @since 0.1.0
 */
export interface EncodedLoss {
  readonly tag: string
  readonly reduction: Reduction
  readonly options: unknown
  readonly regularizers: readonly unknown[]
}

/**
 * The definitions of the losses of this library.
 *
 * @category model
 * @since 0.1.0
 */
export const builtInLosses: readonly AnyLossDefinition[] = [
  meanSquaredError,
  halfSquaredError,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  binaryCrossEntropy
].map(({ definition }: AnyLoss) => definition)

// codec

interface Fields {
  readonly tag: string
  readonly reduction: Reduction
  readonly options: object
  readonly regularizers: readonly Regularizer[]
}

const fieldsOf = (definition: AnyLossDefinition): Codec<Fields> =>
  record<Fields>(definition.tag, {
    tag: literal(definition.tag),
    reduction: oneOf('mean', 'sum', 'none'),
    options: definition.codec,
    regularizers: list(regularizer)
  })

/**
 * A loss as plain data: its tag, reduction, options and regularisers.
 *
 * @example
 * import { encode, meanSquaredError } from 'gradfold/objective'
 * encode(meanSquaredError) // { tag: 'meanSquaredError', reduction: 'mean', options: {}, regularizers: [] }
 * @category codec
 * @since 0.1.0
 */
export const encode = ({ tag, reduction, options, regularizers, definition }: AnyLoss): EncodedLoss =>
  // a closed record encodes to the record of its encoded fields
  fieldsOf(definition).encode({ tag, reduction, options, regularizers }) as EncodedLoss

/**
 * The loss in some plain data, or all that is wrong with it.
 *
 * @param definitions the losses to know. Default those of this library.
 * @example
 * import { decode, encode, softmaxCrossEntropy } from 'gradfold/objective'
 * decode()(encode(softmaxCrossEntropy)) // right(softmaxCrossEntropy)
 * @category codec
 * @since 0.1.0
 */
export const decode =
  (definitions: readonly AnyLossDefinition[] = builtInLosses) =>
  (u: unknown): Either.Either<readonly string[], AnyLoss> =>
    pipe(
      u,
      decodeWith('loss', byTag('loss', definitions)),
      Either.flatMap((definition) =>
        pipe(
          u,
          decodeWith(definition.tag, fieldsOf(definition)),
          Either.map((fields) => Object.freeze({ ...defineLoss(definition), ...fields }))
        )
      )
    )
