import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { record } from '../../lib/codec/index.ts'
import { evaluate } from '../../lib/engine/index.ts'
import { abs, constant, subtract, type AnyExpr, type Expr } from '../../lib/expr/index.ts'
import {
  binaryCrossEntropy,
  builtInLosses,
  checkLabels,
  decode,
  defineLoss,
  encode,
  evaluateLoss,
  halfSquaredError,
  l1,
  l2,
  meanSquaredError,
  penalty,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  withLabelSmoothing,
  withReduction,
  withRegularizer,
  type AnyLoss
} from '../../lib/objective/index.ts'
import { except, named, under } from '../../lib/optimizer/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { fromArray, item, tensor, toFlatArray, type DType } from '../../lib/tensor/index.ts'
import { grad } from '../../lib/transform/index.ts'

type Rows = readonly (readonly number[])[]

const matrix = (rows: Rows): Expr<[number, number], 'f64'> =>
  constant(fromArray(rows.flat(), [rows.length, rows[0]?.length ?? 0], 'f64')) as unknown as Expr<
    [number, number],
    'f64'
  >
const classNumbers = (list: readonly number[]): Expr<[number], 'i32'> =>
  constant(fromArray(list, [list.length], 'i32')) as unknown as Expr<[number], 'i32'>

const near = (got: number, expected: number): void => {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)))
}

const logit = fc.double({ min: -8, max: 8, noNaN: true })
const part = fc.double({ min: 0, max: 1, noNaN: true })
/** A batch of logits, with as many probabilities and a class number for each row. */
const batch = fc
  .record({ examples: fc.integer({ min: 1, max: 6 }), classes: fc.integer({ min: 1, max: 7 }) })
  .chain(({ examples, classes }) => {
    const rows = (entry: fc.Arbitrary<number>): fc.Arbitrary<Rows> =>
      fc.array(fc.array(entry, { minLength: classes, maxLength: classes }), {
        minLength: examples,
        maxLength: examples
      })
    return fc.record({
      logits: rows(logit),
      targets: rows(part),
      labels: fc.array(fc.nat({ max: classes - 1 }), { minLength: examples, maxLength: examples })
    })
  })

const total = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0)
const average = (list: readonly number[]): number => total(list) / list.length
const logSoftmax = (row: readonly number[]): readonly number[] => {
  const top = Math.max(...row)
  const normalizer = top + Math.log(total(row.map((z) => Math.exp(z - top))))
  return row.map((z) => z - normalizer)
}
const oneHot = (labels: readonly number[], classes: number): Rows =>
  labels.map((label) => Array.from({ length: classes }, (_, i) => (i === label ? 1 : 0)))

describe('losses', () => {
  it('are their formulas', () => {
    fc.assert(
      fc.property(batch, ({ logits, targets, labels }) => {
        const [z, p] = [logits.flat(), targets.flat()]
        const rows = logits.map(logSoftmax)
        near(
          item(evaluate(evaluateLoss(meanSquaredError)(matrix(logits), matrix(targets)))),
          average(z.map((x, i) => (x - (p[i] ?? NaN)) ** 2))
        )
        near(
          item(evaluate(evaluateLoss(halfSquaredError)(matrix(logits), matrix(targets)))),
          average(z.map((x, i) => (x - (p[i] ?? NaN)) ** 2 / 2))
        )
        near(
          item(evaluate(evaluateLoss(binaryCrossEntropy)(matrix(logits), matrix(targets)))),
          average(z.map((x, i) => Math.max(x, 0) - x * (p[i] ?? NaN) + Math.log1p(Math.exp(-Math.abs(x)))))
        )
        near(
          item(evaluate(evaluateLoss(softmaxCrossEntropy)(matrix(logits), matrix(targets)))),
          average(rows.map((row, i) => -total(row.map((l, j) => l * (targets[i]?.[j] ?? NaN)))))
        )
        near(
          item(evaluate(evaluateLoss(sparseSoftmaxCrossEntropy)(matrix(logits), classNumbers(labels)))),
          average(rows.map((row, i) => -(row[labels[i] ?? NaN] ?? NaN)))
        )
      })
    )
  })

  it('over classes agree: a class number is a one-hot row, smoothed or not', () => {
    fc.assert(
      fc.property(batch, fc.constantFrom(0, 0.1, 0.5), ({ logits, labels }, smoothing) => {
        const sparse = withLabelSmoothing(smoothing)(sparseSoftmaxCrossEntropy)
        const dense = withLabelSmoothing(smoothing)(softmaxCrossEntropy)
        const classes = logits[0]?.length ?? 0
        near(
          item(evaluate(evaluateLoss(sparse)(matrix(logits), classNumbers(labels)))),
          item(evaluate(evaluateLoss(dense)(matrix(logits), matrix(oneHot(labels, classes)))))
        )
      })
    )
  })

  it('have the mean of their elements as their mean, and the sum as their sum', () => {
    fc.assert(
      fc.property(batch, ({ logits, targets }) => {
        for (const loss of [meanSquaredError, halfSquaredError, softmaxCrossEntropy, binaryCrossEntropy]) {
          const [z, p] = [matrix(logits), matrix(targets)]
          const elements = toFlatArray(evaluate(evaluateLoss(withReduction('none')(loss))(z, p as never)))
          near(item(evaluate(evaluateLoss(loss)(z, p as never))), average(elements))
          near(item(evaluate(evaluateLoss(withReduction('sum')(loss))(z, p as never))), total(elements))
        }
      })
    )
  })

  it('do not change when the same number is added to all logits of an example', () => {
    fc.assert(
      fc.property(batch, logit, ({ logits, labels }, shift) => {
        const value = (rows: Rows): number =>
          item(evaluate(evaluateLoss(sparseSoftmaxCrossEntropy)(matrix(rows), classNumbers(labels))))
        near(value(logits.map((row) => row.map((z) => z + shift))), value(logits))
      })
    )
  })

  it('of binary questions have the gradient σ(z) − t at every z, 0 and huge ones included', () => {
    const z = [0, -0, 1, -1, 30, -30, 800, -800, 1e300, -1e300]
    for (const t of [0, 0.25, 1]) {
      const labels = matrix([z.map(() => t)])
      const slope = grad((x: Expr<[number, number], 'f64'>) =>
        evaluateLoss(withReduction('sum')(binaryCrossEntropy))(x, labels as never)
      )(matrix([z]))
      toFlatArray(evaluate(slope)).forEach((g, i) => {
        near(g, 1 / (1 + Math.exp(-(z[i] ?? NaN))) - t)
      })
    }
  })

  it('of sequences take one label for each position', () => {
    const logits = constant(
      tensor(
        [
          [
            [1, 0],
            [0, 1],
            [2, 2]
          ]
        ],
        'f64'
      )
    )
    const labels = constant(tensor([[0, 0, 1]], 'i32'))
    const losses = evaluate(evaluateLoss(withReduction('none')(sparseSoftmaxCrossEntropy))(logits, labels))
    expect(losses.shape).toEqual([1, 3])
    near(item(evaluate(evaluateLoss(sparseSoftmaxCrossEntropy)(logits, labels))), average(toFlatArray(losses)))
  })

  it('give NaN for a class number that is not a class, and only there', () => {
    const logits = matrix([
      [0, 0],
      [0, 0],
      [0, 0]
    ])
    const losses = toFlatArray(
      evaluate(evaluateLoss(withReduction('none')(sparseSoftmaxCrossEntropy))(logits, classNumbers([-1, 2, 1])))
    )
    expect(losses.map(Number.isNaN)).toEqual([true, true, false])
  })
})

describe('labels that do not fit', () => {
  const cases: readonly (readonly [sentence: string, loss: AnyLoss, output: Shape, labels: Shape, dtype: DType])[] = [
    [
      'softmaxCrossEntropy: the network gives [batch, 10], so labels have to be [batch, 10], got [batch, 12]',
      softmaxCrossEntropy,
      [10],
      ['batch', 12],
      'f32'
    ],
    [
      'softmaxCrossEntropy: the network gives [batch, 10], so labels have to be [32, 10], got [32]',
      softmaxCrossEntropy,
      [10],
      [32],
      'f32'
    ],
    ['sparseSoftmaxCrossEntropy: labels have to be i32, got f32', sparseSoftmaxCrossEntropy, [10], ['batch'], 'f32'],
    [
      'sparseSoftmaxCrossEntropy: the network gives [batch, time, 10], so labels have to be [batch, time], got [batch, 10]',
      sparseSoftmaxCrossEntropy,
      ['time', 10],
      ['batch', 10],
      'i32'
    ],
    [
      'sparseSoftmaxCrossEntropy: the network gives one number for an example; it has to give one for each class',
      sparseSoftmaxCrossEntropy,
      [],
      ['batch'],
      'i32'
    ],
    ['meanSquaredError: labels have to be f32, got f64', meanSquaredError, [1], ['batch', 1], 'f64'],
    [
      'binaryCrossEntropy: the network gives [batch, 1], so labels have to be [batch, 1], got [batch]',
      binaryCrossEntropy,
      [1],
      ['batch'],
      'f32'
    ]
  ]
  it.each(cases)('are refused in a sentence: %s', (sentence, loss, output, shape, dtype) => {
    expect(checkLabels(loss, { shape: output, dtype: 'f32' }, { shape, dtype })).toEqual(Either.left(sentence))
  })

  it('are refused when a loss is computed, too', () => {
    expect(() => evaluateLoss(meanSquaredError)(matrix([[1, 2]]), matrix([[1]]) as never)).toThrow(
      'meanSquaredError: the network gives [batch, 2], so labels have to be [1, 2], got [1, 1]'
    )
    expect(() => evaluateLoss(meanSquaredError)(matrix([[1], [2]]), matrix([[1]]) as never)).toThrow(
      'so labels have to be [2, 1], got [1, 1]'
    )
  })

  it('are taken where they fit', () => {
    const soft = checkLabels(softmaxCrossEntropy, { shape: [10], dtype: 'f64' }, { shape: [3, 10], dtype: 'f64' })
    const sparse = checkLabels(sparseSoftmaxCrossEntropy, { shape: [10], dtype: 'f32' }, { shape: [3], dtype: 'i32' })
    expect([Either.isRight(soft), Either.isRight(sparse)]).toEqual([true, true])
  })
})

describe('regularisers', () => {
  const params = {
    dense_0: {
      kernel: constant(
        tensor(
          [
            [1, -2],
            [3, 0]
          ],
          'f64'
        )
      ),
      bias: constant(tensor([4, -5], 'f64'))
    }
  }

  it('are λ Σ |θ| and ½ λ Σ θ², over the parameters they choose', () => {
    const value = (...list: Parameters<typeof penalty>[0]): number => item(evaluate(penalty(list)(params)))
    expect(value(l1(0.5))).toBe(7.5)
    expect(value(l2(0.5))).toBe(0.25 * 55)
    expect(value(l2(2, { only: named('kernel') }))).toBe(14)
    expect(value(l1(1, { only: except(named('kernel')) }))).toBe(9)
    expect(value(l2(1, { only: under('dense_0') }))).toBe(27.5)
    expect(value(l1(1), l2(1))).toBe(42.5)
    expect(value()).toBe(0)
    expect(value(l2(1, { only: under('dense_1') }))).toBe(0)
  })

  it('have the gradients λ sign(θ), 0 at 0, and λ θ', () => {
    const slope = (list: Parameters<typeof penalty>[0]) =>
      evaluate(grad((p: typeof params) => penalty(list)(p))(params))
    expect(toFlatArray(slope([l1(0.5)]).dense_0.kernel)).toEqual([0.5, -0.5, 0.5, 0])
    expect(toFlatArray(slope([l2(3)]).dense_0.kernel)).toEqual([3, -6, 9, 0])
    expect(toFlatArray(slope([l2(3, { only: named('kernel') })]).dense_0.bias)).toEqual([0, 0])
  })

  it('are of the float type of the parameters, of none f32', () => {
    expect(penalty([l2(1)])(params).dtype).toBe('f64')
    expect(penalty([])({}).dtype).toBe('f32')
  })

  it('refuse nonsense in a sentence', () => {
    expect(() => l2(-1)).toThrow('l2: strength has to be a finite number that is not negative, got -1')
    expect(() => l1(1, { onli: named('kernel') } as never)).toThrow(
      "l1: there is no option 'onli'; did you mean 'only'?"
    )
  })
})

describe('losses as data', () => {
  const losses: readonly AnyLoss[] = [
    meanSquaredError,
    halfSquaredError,
    binaryCrossEntropy,
    softmaxCrossEntropy,
    sparseSoftmaxCrossEntropy,
    pipe(softmaxCrossEntropy, withLabelSmoothing(0.1), withReduction('sum')),
    pipe(meanSquaredError, withRegularizer(l1(0.1), l2(1e-4, { only: named('kernel') })))
  ]

  it('are the same after encoding and decoding, through JSON as well', () => {
    for (const loss of losses) expect(decode()(JSON.parse(JSON.stringify(encode(loss))))).toEqual(Either.right(loss))
    expect(new Set(builtInLosses.map(({ tag }) => tag)).size).toBe(builtInLosses.length)
  })

  it('that are wrong are refused with all that is wrong', () => {
    expect(decode()({ tag: 'softmaxCrossEntropi' })).toEqual(
      Either.left(["loss: there is no loss 'softmaxCrossEntropi'; did you mean 'softmaxCrossEntropy'?"])
    )
    expect(
      decode()({
        tag: 'softmaxCrossEntropy',
        reduction: 'median',
        options: { labelSmoothing: 1 },
        regularizers: [{ tag: 'l3' }],
        weight: 1
      })
    ).toEqual(
      Either.left([
        "softmaxCrossEntropy: there is no option 'weight'; known are reduction, options, regularizers",
        "softmaxCrossEntropy: reduction has to be 'mean', 'sum' or 'none', got 'median'",
        'softmaxCrossEntropy: options.labelSmoothing has to be a number from 0 up to, but not including, 1, got 1',
        "softmaxCrossEntropy: regularizers[0]: there is no regularizer 'l3'; known are l1, l2"
      ])
    )
    expect(decode()(7)).toEqual(
      Either.left(["loss has to be a loss: a record with a tag such as 'meanSquaredError', got 7"])
    )
  })

  it('refuse nonsense in a sentence', () => {
    expect(() => withLabelSmoothing(1)(softmaxCrossEntropy)).toThrow(
      'softmaxCrossEntropy: labelSmoothing has to be a number from 0 up to, but not including, 1, got 1'
    )
  })
})

declare module '../../lib/objective/index.ts' {
  interface LabelRules<O extends Shape> {
    readonly absoluteError: {
      readonly msg: never
      readonly label: O
      readonly dtype: 'float'
      readonly element: O
    }
  }
}

describe("a user's own loss", () => {
  const absoluteError = defineLoss({
    tag: 'absoluteError',
    codec: record<object>('options', {}),
    defaults: {},
    rule: (output) => Either.right({ label: output, dtype: 'float' }),
    elements: (_, predictions, labels) => pipe(predictions, subtract(labels), abs)
  })

  it('is reduced, checked, encoded and decoded like ours', () => {
    expect(item(evaluate(evaluateLoss(absoluteError)(matrix([[1, 2]]), matrix([[3, 2]]))))).toBe(1)
    expect(() => evaluateLoss(absoluteError)(matrix([[1]]), matrix([[1, 2]]) as never)).toThrow(
      'absoluteError: the network gives'
    )
    expect(decode([...builtInLosses, absoluteError.definition])(encode(absoluteError))).toEqual(
      Either.right(absoluteError)
    )
    const wrong = (labels: Expr<[number, 3], 'f64'>, x: Expr<[number, 2], 'f64'>): AnyExpr =>
      // @ts-expect-error -- the labels have another shape, which its rule knows
      evaluateLoss(absoluteError)(x, labels) as unknown as AnyExpr
    expect(wrong).toBeTypeOf('function')
  })
})
