import { readFileSync } from 'node:fs'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import { constant, multiply, sum, transpose, type AnyExpr, type Expr } from '../../lib/expr/index.ts'
import {
  binaryCrossEntropy,
  meanSquaredError,
  reducedLoss,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  withLabelSmoothing,
  withReduction,
  type AnyLoss,
  type Reduction
} from '../../lib/objective/index.ts'
import type { Shape } from '../../lib/shape/index.ts'
import { fromArray, toFlatArray, type DType, type FloatDType } from '../../lib/tensor/index.ts'
import { grad } from '../../lib/transform/index.ts'

/** spec/golden/torch/losses.json: values and gradients of PyTorch's losses, in float32. */
interface Data {
  readonly shape: readonly number[]
  readonly data: readonly number[]
  readonly dtype?: string
}
interface Case {
  readonly name: string
  readonly loss: string
  readonly hyper: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, Data>>
  readonly reductions: Readonly<
    Record<string, { readonly value: Data; readonly grads: Readonly<Record<string, Data>>; readonly upstream?: Data }>
  >
}

const golden = JSON.parse(readFileSync(new URL('../golden/torch/losses.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[]
}

/** Our loss for a case; nothing for losses and options that we do not have. */
const ours = ({ loss, hyper, inputs }: Case): AnyLoss | undefined => {
  if ('weight' in inputs || 'posWeight' in inputs || typeof hyper['ignoreIndex'] === 'number') return undefined
  switch (loss) {
    case 'mse':
      return meanSquaredError
    case 'bce_with_logits':
      return binaryCrossEntropy
    case 'cross_entropy':
      return hyper['targets'] === 'labels'
        ? withLabelSmoothing(Number(hyper['labelSmoothing']))(sparseSoftmaxCrossEntropy)
        : withLabelSmoothing(Number(hyper['labelSmoothing']))(softmaxCrossEntropy)
    default:
      return undefined
  }
}

const covered = golden.cases.flatMap((each) => {
  const loss = ours(each)
  return loss === undefined ? [] : [{ name: each.name, loss, golden: each }]
})

const lift = ({ shape, data, dtype }: Data, float: FloatDType): AnyExpr => {
  const type: DType = dtype === 'int64' ? 'i32' : float
  return constant(fromArray(data, shape, type)) as unknown as AnyExpr
}

/** Classes are the second axis of PyTorch and our last one. */
const classesLast = (x: Expr<Shape>): Expr<Shape> => (x.shape.length === 3 ? pipe(x, transpose(0, 2, 1)) : x)

const close = (got: readonly number[], expected: readonly number[], rtol: number, atol: number): void => {
  expect(got.length).toBe(expected.length)
  expected.forEach((g, i) => {
    expect(Math.abs((got[i] ?? NaN) - g)).toBeLessThanOrEqual(atol + rtol * Math.abs(g))
  })
}

const numbers = (x: AnyExpr): readonly number[] => toFlatArray(evaluate(x)).map(Number)

describe.each(['f32', 'f64'] as const)('losses against PyTorch, in %s', (float) => {
  it.each(covered)('$name', ({ loss, golden: { inputs, reductions } }) => {
    const { input, target } = inputs
    if (input === undefined || target === undefined) throw new Error('no inputs')
    // written in the types of f32
    const predictions = lift(input, float) as unknown as Expr<Shape>
    const labels = lift(target, float)
    const lossOf = (reduction: Reduction) => (x: Expr<Shape>) =>
      reducedLoss(withReduction(reduction)(loss), classesLast(x) as unknown as AnyExpr, labels)

    for (const reduction of ['mean', 'sum', 'none'] as const) {
      const expected = reductions[reduction]
      if (expected === undefined) throw new Error(`no ${reduction}`)
      const { value, grads, upstream } = expected
      const evaluated = evaluate(lossOf(reduction)(predictions))
      expect(evaluated.shape).toEqual(value.shape)
      close(toFlatArray(evaluated), value.data, 1e-5, 1e-6)

      const scalar = (x: Expr<Shape>): Expr<[]> =>
        upstream === undefined
          ? (lossOf(reduction)(x) as unknown as Expr<[]>)
          : pipe(lossOf(reduction)(x), multiply(lift(upstream, float) as unknown as Expr<Shape>), sum())
      close(numbers(grad(scalar)(predictions) as unknown as AnyExpr), grads['input']?.data ?? [], 1e-4, 1e-6)
    }
  })

  it('cover every case of these losses without class weights and ignored labels', () => {
    expect(covered.map(({ name }) => name)).toEqual([
      'mse',
      'cross_entropy',
      'cross_entropy-smooth0.1',
      'cross_entropy-large-logits',
      'cross_entropy-positions',
      'cross_entropy-probabilities',
      'cross_entropy-probabilities-smooth0.1',
      'bce_with_logits',
      'bce_with_logits-soft',
      'bce_with_logits-large'
    ])
  })
})
