import { describe, expectTypeOf, it } from 'vitest'
import type { Expr } from '../../lib/expr/index.ts'
import {
  accuracy,
  allOf,
  binaryCrossEntropy,
  confusionMatrix,
  evaluateLoss,
  meanSquaredError,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  withLabelSmoothing,
  withReduction,
  withRegularizer,
  l2,
  type LabelMessage,
  type Loss,
  type Ratio
} from '../../lib/objective/index.ts'

declare const expr: <const S extends readonly (number | string)[], T extends 'f32' | 'f64' | 'i32' = 'f32'>(
  shape: S,
  dtype?: T
) => Expr<{ -readonly [K in keyof S]: S[K] }, T>

describe('labels', () => {
  it('that fit are taken', () => {
    expectTypeOf<LabelMessage<'softmaxCrossEntropy', [10], ['batch', 10], 'f32'>>().toBeNever()
    expectTypeOf<LabelMessage<'softmaxCrossEntropy', [10], ['batch', 10], 'f64', 'f64'>>().toBeNever()
    expectTypeOf<LabelMessage<'sparseSoftmaxCrossEntropy', [10], ['batch'], 'i32'>>().toBeNever()
    expectTypeOf<LabelMessage<'sparseSoftmaxCrossEntropy', ['time', 10], ['batch', 'time'], 'i32'>>().toBeNever()
    expectTypeOf<LabelMessage<'binaryCrossEntropy', [1], ['batch', 1], 'f32'>>().toBeNever()
    expectTypeOf<LabelMessage<'meanSquaredError', [3], [number, 3], 'f32', 'f32', number>>().toBeNever()
    expectTypeOf<LabelMessage<'meanSquaredError', [3], readonly number[], 'f32'>>().toBeNever()
    expectTypeOf<LabelMessage<'softmaxCrossEntropy', readonly number[], ['batch', 10], 'f32'>>().toBeNever()
    expectTypeOf<LabelMessage<'sparseSoftmaxCrossEntropy', [number], [number], 'i32', 'f32', number>>().toBeNever()
  })

  it('that do not are refused in the sentence of run time', () => {
    expectTypeOf<
      LabelMessage<'softmaxCrossEntropy', [10], ['batch', 12], 'f32'>
    >().toEqualTypeOf<'softmaxCrossEntropy: the network gives [batch, 10], so labels have to be [batch, 10], got [batch, 12]'>()
    expectTypeOf<
      LabelMessage<'sparseSoftmaxCrossEntropy', [10], ['batch', 10], 'f32'>
    >().toEqualTypeOf<'sparseSoftmaxCrossEntropy: labels have to be i32, got f32'>()
    expectTypeOf<
      LabelMessage<'sparseSoftmaxCrossEntropy', ['time', 10], ['batch', 10], 'i32'>
    >().toEqualTypeOf<'sparseSoftmaxCrossEntropy: the network gives [batch, time, 10], so labels have to be [batch, time], got [batch, 10]'>()
    expectTypeOf<
      LabelMessage<'sparseSoftmaxCrossEntropy', [], ['batch'], 'i32'>
    >().toEqualTypeOf<'sparseSoftmaxCrossEntropy: the network gives one number for an example; it has to give one for each class'>()
    expectTypeOf<
      LabelMessage<'meanSquaredError', [3], [32, 4], 'f32', 'f32', 32>
    >().toEqualTypeOf<'meanSquaredError: the network gives [batch, 3], so labels have to be [32, 3], got [32, 4]'>()
    expectTypeOf<
      LabelMessage<'meanSquaredError', [3], ['batch', 3], 'f32', 'f64'>
    >().toEqualTypeOf<'meanSquaredError: labels have to be f64, got f32'>()
  })

  it('of an own loss without a rule are not looked at', () => {
    expectTypeOf<LabelMessage<'mine', [3], ['batch', 7], 'i32'>>().toBeNever()
  })
})

describe('the loss of a batch', () => {
  it('is a scalar of the float type of the network, or has the shape of its elements', () => {
    expectTypeOf(evaluateLoss(meanSquaredError)(expr(['batch', 3]), expr(['batch', 3]))).toEqualTypeOf<Expr<[]>>()
    const sparse = withReduction('none')(sparseSoftmaxCrossEntropy)
    expectTypeOf(evaluateLoss(sparse)(expr([32, 'time', 10], 'f64'), expr([32, 'time'], 'i32'))).toEqualTypeOf<
      Expr<readonly [32, 'time'], 'f64'>
    >()
    const squares = withReduction('none')(meanSquaredError)
    expectTypeOf(evaluateLoss(squares)(expr(['batch', 3]), expr(['batch', 3]))).toEqualTypeOf<
      Expr<readonly ['batch', 3]>
    >()
  })

  it('does not take labels that do not fit', () => {
    // @ts-expect-error -- softmaxCrossEntropy: the network gives [batch, 10], so labels have to be [batch, 10], got [batch, 12]
    evaluateLoss(softmaxCrossEntropy)(expr(['batch', 10]), expr(['batch', 12]))
    // @ts-expect-error -- sparseSoftmaxCrossEntropy: labels have to be i32, got f32
    evaluateLoss(sparseSoftmaxCrossEntropy)(expr(['batch', 10]), expr(['batch']))
    // @ts-expect-error -- binaryCrossEntropy: the network gives [batch, 1], so labels have to be [32, 1], got [33, 1]
    evaluateLoss(binaryCrossEntropy)(expr([32, 1]), expr([33, 1]))
  })
})

describe('losses', () => {
  it('know their tag and their reduction', () => {
    expectTypeOf(softmaxCrossEntropy).toEqualTypeOf<Loss<'softmaxCrossEntropy'>>()
    expectTypeOf(withReduction('sum')(softmaxCrossEntropy)).toEqualTypeOf<Loss<'softmaxCrossEntropy', 'sum'>>()
    expectTypeOf(withRegularizer(l2(1))(withLabelSmoothing(0.1)(softmaxCrossEntropy))).toEqualTypeOf<
      Loss<'softmaxCrossEntropy'>
    >()
  })

  it('without classes have no labels to smooth', () => {
    // @ts-expect-error -- a squared error has no classes
    withLabelSmoothing(0.1)(meanSquaredError)
  })
})

describe('metrics together', () => {
  it('have the measurements and the values of each', () => {
    const both = allOf({ accuracy, confusion: confusionMatrix(3) })
    expectTypeOf(both.monoid.empty.accuracy).toEqualTypeOf<Ratio>()
    expectTypeOf(both.value).returns.toEqualTypeOf<{
      readonly accuracy: number
      readonly confusion: readonly (readonly number[])[]
    }>()
  })
})
