/**
 * Losses: what training makes small, as data with a definition.
 *
 * @since 0.1.0
 */
import type * as Either from 'fp-ts/lib/Either.js'
import type { Expr } from '../expr/index.ts'
import { parseWith, type Codec } from '../codec/index.ts'
import type { Shape } from '../shape/index.ts'
import type { DType } from '../tensor/index.ts'
import type { Regularizer } from './regularizer.ts'

// model

/**
 * What is done with the losses of the elements: their mean, their sum, or nothing.
 *
 * @category model
 * @since 0.1.0
 */
export type Reduction = 'mean' | 'sum' | 'none'

/**
 * A loss with a tag and a reduction.
 *
 * @category model
 * @since 0.1.0
 */
export interface Loss<out Tag extends string, out R extends Reduction = 'mean'> {
  readonly tag: Tag
  readonly reduction: R
  /** the options of this kind of loss */
  readonly options: object
  /** penalties on the parameters that training adds */
  readonly regularizers: readonly Regularizer[]
  /** what the tag means: outside encoding and equality */
  readonly definition: AnyLossDefinition
}

/**
 * A loss of any kind.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyLoss = Loss<string, Reduction>

/**
 * What labels have to be for a network whose output for one example has shape O, by tag:
 *
 * - `msg` the sentence that refuses the output itself, or `never`
 * - `label` the shape of the label of one example
 * - `dtype` its element type; `'float'` is the float type of the network
 * - `element` the shape of the loss of one example before it is reduced
 *
 * The file of a loss extends it; a user's own loss does the same.
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- the files of the losses extend it
export interface LabelRules<O extends Shape> {}

/**
 * What a label rule says of one output shape, as a value.
 *
 * @category model
 * @since 0.1.0
 */
export interface LabelRule {
  readonly label: Shape
  readonly dtype: DType | 'float'
}

/**
 * The predictions and the losses as a definition sees them: of any shape; written in f32, traced in either type.
 *
 * @category model
 * @since 0.1.0
 */
export type Batch = Expr<Shape>

/**
 * What a kind of loss means, for labels of element type T; f32 stands for the float type of the network.
 *
 * @category model
 * @since 0.1.0
 */
export interface LossDefinition<Tag extends string, Options extends object, T extends DType = 'f32'> {
  readonly tag: Tag
  /** from and to plain data, keys closed */
  readonly codec: Codec<Options>
  readonly defaults: Options
  /** the run-time twin of `LabelRules`: what labels have to be, or why the output does not fit */
  readonly rule: (output: Shape) => Either.Either<string, LabelRule>
  /** the loss of each element of a batch, not reduced; its labels have passed the rule */
  readonly elements: (options: Options, predictions: Batch, labels: Expr<Shape, T>) => Batch
}

/**
 * A definition whose options are not known; it is only ever given options that its codec made.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyLossDefinition = LossDefinition<string, object, DType>

// constructors

/**
 * A kind of loss with its default options and the mean as its reduction: for those who define their own.
 *
 * What its labels have to be is said twice: by `rule` for run time and in `LabelRules` for the compiler, which takes any
 * labels for a loss that is not there.
 *
 * @param definition what the tag means; where its labels are not floats, say so: `(options, predictions, labels: Expr<Shape, 'i32'>) => …`.
 * @example
 * import * as Either from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { record } from 'gradfold/codec'
 * import { abs, subtract } from 'gradfold/expr'
 * import { defineLoss } from 'gradfold/objective'
 *
 * const meanAbsoluteError = defineLoss({
 *   tag: 'meanAbsoluteError',
 *   codec: record<object>('options', {}),
 *   defaults: {},
 *   rule: (output) => Either.right({ label: output, dtype: 'float' }),
 *   elements: (_, predictions, labels) => pipe(predictions, subtract(labels), abs)
 * })
 * @category constructors
 * @since 0.1.0
 */
export const defineLoss = <Tag extends string, Options extends object, T extends DType = 'f32'>(
  definition: LossDefinition<Tag, Options, T>
): Loss<Tag> =>
  Object.freeze({
    tag: definition.tag,
    reduction: 'mean',
    options: definition.defaults,
    regularizers: Object.freeze([]),
    // options and definition of a loss belong together
    definition: definition as unknown as AnyLossDefinition
  })

// combinators

/**
 * The same loss, reduced in another way.
 *
 * @param reduction `'mean'` over all elements of the batch, `'sum'` of them, or `'none'`, which keeps them.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { meanSquaredError, withReduction } from 'gradfold/objective'
 * const total = pipe(meanSquaredError, withReduction('sum'))
 * @category combinators
 * @since 0.1.0
 */
export const withReduction =
  <const R extends Reduction>(reduction: R) =>
  <Tag extends string>(self: Loss<Tag, Reduction>): Loss<Tag, R> =>
    Object.freeze({ ...self, reduction })

/**
 * The same loss with penalties on the parameters, which training adds to it.
 *
 * @param regularizers for example `l2(1e-4)`.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { l2, softmaxCrossEntropy, withRegularizer } from 'gradfold/objective'
 * const loss = pipe(softmaxCrossEntropy, withRegularizer(l2(1e-4)))
 * @category combinators
 * @since 0.1.0
 */
export const withRegularizer =
  (...regularizers: readonly Regularizer[]) =>
  <Tag extends string, R extends Reduction>(self: Loss<Tag, R>): Loss<Tag, R> =>
    Object.freeze({ ...self, regularizers: Object.freeze([...self.regularizers, ...regularizers]) })

/**
 * The same loss with some of its options changed, checked by its codec: for those who define their own.
 *
 * @param options over those that the loss has.
 * @throws where an option is misspelt or out of its range.
 * @example
 * import { softmaxCrossEntropy, withOptions } from 'gradfold/objective'
 * const smoothed = withOptions({ labelSmoothing: 0.1 })(softmaxCrossEntropy)
 * @category combinators
 * @since 0.1.0
 */
export const withOptions =
  (options: object) =>
  <Tag extends string, R extends Reduction>(self: Loss<Tag, R>): Loss<Tag, R> =>
    Object.freeze({ ...self, options: parseWith(self.tag, self.definition.codec)({ ...self.options, ...options }) })
