import { concatAll } from 'fp-ts/lib/Monoid.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accuracy,
  allOf,
  binaryAccuracy,
  confusionMatrix,
  meanLoss,
  meanSquaredError,
  measure,
  sparseSoftmaxCrossEntropy,
  withReduction
} from '../../lib/objective/index.ts'
import { fromArray, tensor, type AnyTensor } from '../../lib/tensor/index.ts'

const classes = 4
interface Batch {
  readonly outputs: readonly (readonly number[])[]
  readonly labels: readonly number[]
}
const example = fc.tuple(
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: classes, maxLength: classes }),
  fc.nat({ max: classes - 1 })
)
const batch: fc.Arbitrary<Batch> = fc
  .array(example, { minLength: 1, maxLength: 9 })
  .map((rows) => ({ outputs: rows.map(([outputs]) => outputs), labels: rows.map(([, label]) => label) }))

const outputsOf = ({ outputs }: Batch): AnyTensor => fromArray(outputs.flat(), [outputs.length, classes], 'f32')
const labelsOf = ({ labels }: Batch): AnyTensor => fromArray(labels, [labels.length], 'i32')
const joined = (batches: readonly Batch[]): Batch => ({
  outputs: batches.flatMap(({ outputs }) => outputs),
  labels: batches.flatMap(({ labels }) => labels)
})
const predictedClass = (row: readonly number[]): number => row.indexOf(Math.max(...row))

const metrics = {
  accuracy,
  confusion: confusionMatrix(classes),
  loss: meanLoss(sparseSoftmaxCrossEntropy)
}

describe('metrics', () => {
  it('of batches, merged, are the metrics of the whole: counts exactly', () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 4 }), (batches) => {
        const whole = joined(batches)
        for (const metric of [accuracy, confusionMatrix(classes)] as const) {
          const merged = concatAll(metric.monoid as never)(
            batches.map((each) => measure(metric as typeof accuracy)(outputsOf(each), labelsOf(each)))
          )
          expect(merged).toEqual(measure(metric as typeof accuracy)(outputsOf(whole), labelsOf(whole)))
        }
        const { loss } = metrics
        const merged = concatAll(loss.monoid)(batches.map((each) => measure(loss)(outputsOf(each), labelsOf(each))))
        expect(merged.count).toBe(whole.labels.length)
        expect(loss.value(merged)).toBeCloseTo(loss.value(measure(loss)(outputsOf(whole), labelsOf(whole))), 5)
      })
    )
  })

  it('count as plain JavaScript does', () => {
    fc.assert(
      fc.property(batch, (each) => {
        const right = each.outputs.filter((row, i) => predictedClass(row) === each.labels[i]).length
        expect(measure(accuracy)(outputsOf(each), labelsOf(each))).toEqual({
          correct: right,
          total: each.labels.length
        })
        const matrix = measure(metrics.confusion)(outputsOf(each), labelsOf(each))
        for (let i = 0; i < classes; i += 1)
          for (let j = 0; j < classes; j += 1)
            expect(matrix[i]?.[j]).toBe(
              each.labels.filter((label, n) => label === i && predictedClass(each.outputs[n] ?? []) === j).length
            )
      })
    )
  })

  it('have monoids: the empty measurement is a unit, and merging counts is associative', () => {
    const ratio = fc.record({ correct: fc.nat(), total: fc.nat() })
    fc.assert(
      fc.property(ratio, ratio, ratio, (a, b, c) => {
        const { concat, empty } = accuracy.monoid
        expect(concat(concat(a, b), c)).toEqual(concat(a, concat(b, c)))
        expect([concat(empty, a), concat(a, empty)]).toEqual([a, a])
      })
    )
    const matrix = fc.array(fc.array(fc.nat(), { minLength: classes, maxLength: classes }), {
      minLength: classes,
      maxLength: classes
    })
    fc.assert(
      fc.property(matrix, matrix, matrix, (a, b, c) => {
        const { concat, empty } = metrics.confusion.monoid
        expect(concat(concat(a, b), c)).toEqual(concat(a, concat(b, c)))
        expect([concat(empty, a), concat(a, empty)]).toEqual([a, a])
      })
    )
  })

  it('together measure what each of them measures', () => {
    fc.assert(
      fc.property(batch, batch, (first, second) => {
        const all = allOf(metrics)
        const [a, b] = [first, second].map((each) => measure(all)(outputsOf(each), labelsOf(each)))
        if (a === undefined || b === undefined) throw new Error('no measurements')
        expect(a.accuracy).toEqual(measure(accuracy)(outputsOf(first), labelsOf(first)))
        expect(a.loss).toEqual(measure(metrics.loss)(outputsOf(first), labelsOf(first)))
        const merged = all.monoid.concat(a, b)
        expect(merged.confusion).toEqual(metrics.confusion.monoid.concat(a.confusion, b.confusion))
        expect(all.value(merged).accuracy).toBe(accuracy.value(merged.accuracy))
        expect(all.monoid.concat(all.monoid.empty, a)).toEqual(a)
      })
    )
  })
})

describe('accuracy', () => {
  it('takes probabilities as labels, too, and the first of several greatest ones', () => {
    const outputs = tensor([
      [1, 1],
      [0, 2],
      [5, 5]
    ])
    expect(
      measure(accuracy)(
        outputs,
        tensor([
          [0.9, 0.1],
          [0.5, 0.5],
          [0, 1]
        ])
      )
    ).toEqual({ correct: 1, total: 3 })
    expect(accuracy.value({ correct: 1, total: 4 })).toBe(0.25)
    expect(accuracy.value(accuracy.monoid.empty)).toBeNaN()
  })

  it('counts each position of a sequence', () => {
    const outputs = tensor([
      [
        [1, 0],
        [0, 1]
      ],
      [
        [1, 0],
        [1, 0]
      ]
    ])
    expect(
      measure(accuracy)(
        outputs,
        tensor(
          [
            [0, 0],
            [0, 0]
          ],
          'i32'
        )
      )
    ).toEqual({ correct: 3, total: 4 })
  })

  it('of yes-or-no answers compares signs of logits with halves of labels', () => {
    const outputs = tensor([[0.1], [-0.1], [0], [7]])
    expect(measure(binaryAccuracy)(outputs, tensor([[1], [0], [0], [0]]))).toEqual({ correct: 3, total: 4 })
  })

  it('refuses labels that do not fit in a sentence', () => {
    expect(() => measure(accuracy)(tensor([[1, 0]]), tensor([[1]], 'i32'))).toThrow(
      'accuracy: predictions are [1, 2], so labels have to be i32[1] or f32[1, 2], got i32[1, 1]'
    )
    expect(() => measure(accuracy)(tensor([1, 0]), tensor([1], 'i32'))).toThrow(
      'accuracy: predictions have to be floats [batch, …, classes], got f32[2]'
    )
    expect(() => measure(binaryAccuracy)(tensor([[1]]), tensor([1]))).toThrow(
      'binaryAccuracy: predictions are f32[1, 1], so labels have to be floats of that shape, got f32[1]'
    )
  })
})

describe('the confusion matrix', () => {
  it('has a row for each true class and a column for each predicted one', () => {
    const outputs = tensor([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 1]
    ])
    expect(measure(confusionMatrix(3))(outputs, tensor([0, 0, 1, 1], 'i32'))).toEqual([
      [1, 1, 0],
      [0, 1, 1],
      [0, 0, 0]
    ])
  })

  it('refuses nonsense in a sentence', () => {
    expect(() => confusionMatrix(0)).toThrow('confusionMatrix: expected a positive whole number of classes, got 0')
    expect(() => measure(confusionMatrix(3))(tensor([[1, 0]]), tensor([0], 'i32'))).toThrow(
      'confusionMatrix(3): the last axis of the predictions has to be the 3 classes, got 2'
    )
    expect(() =>
      measure(confusionMatrix(2))(
        tensor([
          [1, 0],
          [1, 0]
        ]),
        tensor([2, 0], 'i32')
      )
    ).toThrow('confusionMatrix(2): 1 of the labels are not class numbers from 0 to 1')
  })
})

describe('the mean loss', () => {
  it('weighs every example alike, whatever the sizes of the batches and the reduction of the loss', () => {
    const metric = meanLoss(withReduction('sum')(meanSquaredError))
    const batches = [
      measure(metric)(tensor([[1], [2], [3]]), tensor([[0], [0], [0]])),
      measure(metric)(tensor([[4]]), tensor([[0]]))
    ]
    expect(batches).toEqual([
      { sum: 14, count: 3 },
      { sum: 16, count: 1 }
    ])
    expect(metric.value(concatAll(metric.monoid)(batches))).toBe(7.5)
    expect(metric.name).toBe('meanSquaredError')
  })

  it('refuses labels that would broadcast', () => {
    expect(() => measure(meanLoss(meanSquaredError))(tensor([[1], [2]]), tensor([1, 2]))).toThrow(
      'meanSquaredError: the network gives [batch, 1], so labels have to be [2, 1], got [2]'
    )
  })
})
