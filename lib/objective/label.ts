/**
 * Labels: what a loss asks of them, checked by the compiler and again at run time, in one sentence.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { sameShape, show, type Dim, type SameShape, type Shape, type Show } from '../shape/index.ts'
import type { DType, FloatDType } from '../tensor/index.ts'
import type { AnyLoss, LabelRules } from './loss.ts'

// sentences

type WrongShape<
  Tag extends string,
  Output extends string,
  Expected extends string,
  Got extends string
> = `${Tag}: the network gives ${Output}, so labels have to be ${Expected}, got ${Got}`
const wrongShape = <Tag extends string, Output extends string, Expected extends string, Got extends string>(
  tag: Tag,
  output: Output,
  expected: Expected,
  got: Got
): WrongShape<Tag, Output, Expected, Got> =>
  `${tag}: the network gives ${output}, so labels have to be ${expected}, got ${got}`

type WrongType<
  Tag extends string,
  Expected extends string,
  Got extends string
> = `${Tag}: labels have to be ${Expected}, got ${Got}`
const wrongType = <Tag extends string, Expected extends string, Got extends string>(
  tag: Tag,
  expected: Expected,
  got: Got
): WrongType<Tag, Expected, Got> => `${tag}: labels have to be ${expected}, got ${got}`

// types

/** What a label rule says, as a type. */
interface AnyRule {
  readonly msg: string
  readonly label: Shape
  readonly dtype: DType | 'float'
  readonly element: Shape
}

/**
 * The rule of a loss for outputs of shape O; a loss without one takes any labels.
 *
 * @category types
 * @since 0.1.0
 */
export type LabelRuleOf<Tag extends string, O extends Shape> = Tag extends keyof LabelRules<O>
  ? LabelRules<O>[Tag] extends infer R extends AnyRule
    ? R
    : never
  : { readonly msg: never; readonly label: readonly Dim[]; readonly dtype: DType; readonly element: readonly Dim[] }

/** The element type that a rule asks for, in a network of float type F. */
type Expected<T extends DType | 'float', F extends FloatDType> = T extends DType ? T : F

/**
 * What is wrong with labels of shape Y and type T for a loss and a network whose output for one example is O: a
 * sentence, or `never`.
 *
 * @example
 * import type { LabelMessage } from 'gradfold/objective'
 * type Fine = LabelMessage<'softmaxCrossEntropy', [10], ['batch', 10], 'f32'> // never
 * @category types
 * @since 0.1.0
 */
export type LabelMessage<
  Tag extends string,
  O extends Shape,
  Y extends Shape,
  T extends DType,
  F extends FloatDType = 'f32',
  B extends Dim = 'batch'
> =
  LabelRuleOf<Tag, O> extends infer R extends AnyRule
    ? [R['msg']] extends [never]
      ? T extends Expected<R['dtype'], F>
        ? SameShape<readonly [B, ...R['label']], Y> extends true
          ? never
          : WrongShape<Tag, Show<['batch', ...O]>, Show<[B, ...R['label']]>, Show<Y>>
        : WrongType<Tag, Expected<R['dtype'], F>, T>
      : R['msg']
    : never

// values

/**
 * What is wrong with the labels of a batch: the run-time twin of `LabelMessage`.
 *
 * @param self the loss.
 * @param output the shape of the network's output for one example, and its float type.
 * @param labels the shape of the labels, batch axis first, and their element type.
 * @param batch the size of the batch. Default that of the labels.
 * @returns the labels, or the sentence.
 * @example
 * import { checkLabels, softmaxCrossEntropy } from 'gradfold/objective'
 * checkLabels(softmaxCrossEntropy, { shape: [10], dtype: 'f32' }, { shape: [32, 12], dtype: 'f32' })
 * // left('softmaxCrossEntropy: the network gives [batch, 10], so labels have to be [32, 10], got [32, 12]')
 * @category interpretation
 * @since 0.1.0
 */
export const checkLabels = <Y extends { readonly shape: Shape; readonly dtype: DType }>(
  self: AnyLoss,
  output: { readonly shape: Shape; readonly dtype: FloatDType },
  labels: Y,
  batch: Dim = labels.shape[0] ?? 'batch'
): Either.Either<string, Y> =>
  pipe(
    self.definition.rule(output.shape),
    Either.flatMap((rule) => {
      const dtype = rule.dtype === 'float' ? output.dtype : rule.dtype
      const expected: Shape = [batch, ...rule.label]
      if (labels.dtype !== dtype) return Either.left(wrongType(self.tag, dtype, labels.dtype))
      return sameShape(expected, labels.shape)
        ? Either.right(labels)
        : Either.left(wrongShape(self.tag, show(['batch', ...output.shape]), show(expected), show(labels.shape)))
    })
  )
