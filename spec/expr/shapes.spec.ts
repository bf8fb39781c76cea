/**
 * The shape in an expression's type, its shape as a value, and the shape of what an engine computes are one; and no
 * operator puts a node into the graph that does nothing.
 */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../lib/engine/index.ts'
import * as E from '../../lib/expr/index.ts'
import type { Expr } from '../../lib/expr/index.ts'
import type { Shape, Sizes } from '../../lib/shape/index.ts'
import type { DType } from '../../lib/tensor/index.ts'
import { broadcastable, input } from './helpers.ts'

/** The compiler checks that the list has the type of the shape, this that it is the shape. */
const agrees = <const S extends Shape, T extends DType>(
  self: Expr<S, T>,
  shape: NoInfer<S>,
  dtype: NoInfer<T>
): void => {
  expect(self.shape).toEqual(shape)
  expect(self.dtype).toBe(dtype)
  const value = evaluate(self)
  expect([value.shape, value.dtype]).toEqual([shape, dtype])
}

const x = E.ones([2, 3])
const image = E.ones([2, 8, 9, 4])
const indices = E.zeros([5, 1], 'i32')

describe('the shape in the type is the shape of the value', () => {
  it('of operators on two values', () => {
    agrees(pipe(x, E.add(1)), [2, 3], 'f32')
    agrees(pipe(x, E.add(E.ones([3]))), [2, 3], 'f32')
    agrees(pipe(E.ones([3]), E.multiply(E.ones([2, 1]))), [2, 3], 'f32')
    agrees(pipe(E.ones([], 'i32'), E.divide(E.ones([4, 1], 'i32'))), [4, 1], 'i32')
    agrees(pipe(x, E.less(E.ones([5, 1, 1]))), [5, 2, 3], 'bool')
    agrees(pipe(E.ones([3], 'bool'), E.select(x, 0)), [2, 3], 'f32')
    agrees(pipe(E.ones([3], 'bool'), E.select(1, 0)), [3], 'f32')
    agrees(pipe(E.ones([3], 'bool'), E.select(E.ones([2, 1], 'i32'), E.ones([7, 1, 1], 'i32'))), [7, 2, 3], 'i32')
    agrees(pipe(x, E.clip(0, E.ones([4, 1, 1]))), [4, 2, 3], 'f32')
  })

  it('of operators on one value', () => {
    agrees(pipe(x, E.exp), [2, 3], 'f32')
    agrees(pipe(E.ones([2], 'f64'), E.gelu()), [2], 'f64')
    agrees(pipe(E.ones([2], 'bool'), E.not), [2], 'bool')
    agrees(pipe(x, E.softmax(0)), [2, 3], 'f32')
    agrees(pipe(x, E.logSoftmax()), [2, 3], 'f32')
    agrees(pipe(x, E.convert('i32')), [2, 3], 'i32')
    agrees(pipe(x, E.bitcast('u32')), [2, 3], 'u32')
  })

  it('of reductions', () => {
    agrees(pipe(image, E.sum()), [], 'f32')
    agrees(pipe(image, E.sum(undefined, { keep: true })), [1, 1, 1, 1], 'f32')
    agrees(pipe(image, E.mean(-1)), [2, 8, 9], 'f32')
    agrees(pipe(image, E.max([1, -2], { keep: true })), [2, 1, 1, 4], 'f32')
    agrees(pipe(image, E.variance([-1, 0])), [8, 9], 'f32')
    agrees(pipe(image, E.logSumExp(1)), [2, 9, 4], 'f32')
    agrees(pipe(E.ones([2, 3], 'bool'), E.any(0)), [3], 'bool')
    agrees(pipe(image, E.argMax(2)), [2, 8, 4], 'i32')
    agrees(pipe(E.ones([2, 3], 'u32'), E.argMin(-2)), [3], 'i32')
  })

  it('of matrix products', () => {
    agrees(pipe(x, E.matmul(E.ones([3, 4]))), [2, 4], 'f32')
    agrees(pipe(E.ones([5, 2, 3]), E.matmul(E.ones([3, 4]))), [5, 2, 4], 'f32')
    agrees(pipe(x, E.matmul(E.ones([5, 3, 4]))), [5, 2, 4], 'f32')
    agrees(pipe(E.ones([6, 1, 2, 3], 'f64'), E.matmul(E.ones([5, 3, 4], 'f64'))), [6, 5, 2, 4], 'f64')
  })

  it('of movements', () => {
    agrees(pipe(x, E.reshape(3, -1)), [3, 2], 'f32')
    agrees(pipe(E.ones([1, 1]), E.reshape()), [], 'f32')
    agrees(pipe(image, E.transpose()), [4, 9, 8, 2], 'f32')
    agrees(pipe(image, E.transpose(0, 3, 1, -2)), [2, 4, 8, 9], 'f32')
    agrees(pipe(x, E.broadcastTo(4, 2, 3)), [4, 2, 3], 'f32')
    agrees(pipe(E.ones([3]), E.broadcastLike(x)), [2, 3], 'f32')
    agrees(pipe(x, E.expandDims(-1)), [2, 3, 1], 'f32')
    agrees(pipe(x, E.expandDims(0)), [1, 2, 3], 'f32')
    agrees(pipe(E.ones([1, 2, 1]), E.squeeze()), [2], 'f32')
    agrees(pipe(E.ones([1, 2, 1]), E.squeeze(-1)), [1, 2], 'f32')
    agrees(pipe(image, E.slice([0, 1, -3, 0], [null, 7, null, 3], [1, 2, 1, 2])), [2, 3, 3, 2], 'f32')
    agrees(
      pipe(
        x,
        E.pad([
          [1, 0],
          [0, 2]
        ])
      ),
      [3, 5],
      'f32'
    )
    agrees(pipe(x, E.concat(E.ones([2, 4]), -1)), [2, 7], 'f32')
    agrees(E.concatAll([x, E.ones([4, 3]), x], 0), [8, 3], 'f32')
    agrees(E.stack([x, x, x]), [3, 2, 3], 'f32')
    agrees(E.stack([x, x], -1), [2, 3, 2], 'f32')
    agrees(pipe(x, E.reverse(0)), [2, 3], 'f32')
  })

  it('of indexing and sorting', () => {
    agrees(pipe(x, E.take(indices)), [5, 1, 3], 'f32')
    agrees(pipe(x, E.take(indices, -1)), [2, 5, 1], 'f32')
    agrees(pipe(x, E.take(E.zeros([], 'u32'), 1)), [2], 'f32')
    agrees(pipe(x, E.takeAlong(E.zeros([2, 1], 'i32'), 1)), [2, 1], 'f32')
    agrees(pipe(x, E.scatterAdd(E.zeros([4], 'i32'), E.ones([4, 3]))), [2, 3], 'f32')
    agrees(pipe(indices, E.oneHot(7)), [5, 1, 7], 'f32')
    agrees(pipe(indices, E.oneHot(7, 'f64')), [5, 1, 7], 'f64')
    agrees(pipe(x, E.sort(0)), [2, 3], 'f32')
    agrees(pipe(x, E.argSort()), [2, 3], 'i32')
    agrees(pipe(E.ones([2, 3], 'bool'), E.sortBy(x)), [2, 3], 'bool')
  })

  it('of convolution and pooling', () => {
    agrees(pipe(image, E.conv2d(E.ones([3, 2, 4, 5]))), [2, 6, 8, 5], 'f32')
    agrees(pipe(image, E.conv2d(E.ones([3, 3, 4, 5]), { stride: 2, padding: 'same' })), [2, 4, 5, 5], 'f32')
    agrees(
      pipe(image, E.conv2d(E.ones([3, 3, 2, 6]), { stride: [2, 1], dilation: 2, padding: 1, groups: 2 })),
      [2, 3, 7, 6],
      'f32'
    )
    agrees(pipe(image, E.maxPool2d(2)), [2, 4, 4, 4], 'f32')
    agrees(pipe(image, E.averagePool2d([2, 3], { stride: 1, padding: 'same' })), [2, 8, 9, 4], 'f32')
    agrees(pipe(image, E.sumPool2d(3, { dilation: 2 })), [2, 2, 2, 4], 'f32')
  })

  it('of creation', () => {
    agrees(E.zeros([2, 3]), [2, 3], 'f32')
    agrees(E.ones([], 'f64'), [], 'f64')
    agrees(E.full(3, [4], 'i32'), [4], 'i32')
    agrees(E.scalar(1), [], 'f32')
    agrees(E.iota(4), [4], 'i32')
    agrees(E.iota([4, 2], { axis: -1, dtype: 'f32' }), [4, 2], 'f32')
    agrees(E.zerosLike(x), [2, 3], 'f32')
  })

  it('of control flow', () => {
    const [carry, ys] = E.scan(
      (c, v) => [{ total: pipe(c.total, E.add(v)) }, [c.total]],
      { total: E.zeros([3]) },
      E.ones([4, 3])
    )
    agrees(carry.total, [3], 'f32')
    agrees(ys[0], [4, 3], 'f32')
    agrees(
      E.cond(
        E.scalar(1, 'bool'),
        (v) => pipe(v, E.sum(0)),
        (v) => pipe(v, E.max(0)),
        x
      ),
      [3],
      'f32'
    )
    agrees(
      E.whileLoop((v) => pipe(v, E.any(), E.not), E.not, E.ones([2], 'bool')),
      [2],
      'bool'
    )
  })

  it('whatever the shapes, as far as they are known', () => {
    fc.assert(
      fc.property(broadcastable, ([a, b, common]) => {
        const sum = pipe(E.zeros(a), E.add(E.zeros(b)))
        expect(sum.shape).toEqual(common)
        expect(evaluate(sum).shape).toEqual(common)
      }),
      { numRuns: 50 }
    )
  })
})

/** The primitives of a function of one value, in order, without constants. */
const nodesOf = (f: (x: E.AnyExpr) => E.AnyExpr, shape: Sizes = [2, 3]): readonly string[] => {
  const { equations } = E.program((v: E.AnyExpr) => f(v))(input(shape))
  return equations.map(({ primitive }) => primitive).filter((primitive) => primitive !== 'constant')
}

describe('the graph', () => {
  it('has no broadcast between equal shapes, and one for each operand that needs one', () => {
    expect(nodesOf((v) => pipe(v, E.add(v)))).toEqual(['add'])
    expect(nodesOf((v) => pipe(v, E.add(1)))).toEqual(['broadcast', 'add'])
    expect(nodesOf((v) => pipe(v, E.add(1)), [])).toEqual(['add'])
    expect(nodesOf((v) => pipe(v, E.less(v), E.select(v, v)))).toEqual(['less', 'select'])
  })

  it('has no node for what changes nothing', () => {
    const same: readonly ((v: E.AnyExpr) => E.AnyExpr)[] = [
      E.reshape(2, 3),
      E.reshape(-1, 3),
      E.transpose(0, 1),
      E.broadcastTo(2, 3),
      E.squeeze(),
      E.convert('f32'),
      E.bitcast('f32'),
      E.slice([0, 0], [null, 3]),
      E.pad([
        [0, 0],
        [0, 0]
      ]),
      E.sum([]),
      (v) => E.concatAll([v], 0)
    ]
    expect(same.map((f) => nodesOf(f))).toEqual(same.map(() => []))
  })

  it('has one division for a mean, and folds axes at once', () => {
    expect(nodesOf(E.sum())).toEqual(['reduceSum'])
    expect(nodesOf(E.mean())).toEqual(['reduceSum', 'divide'])
    expect(nodesOf(E.sum(0, { keep: true }))).toEqual(['reduceSum', 'reshape'])
  })

  it('has one matrix product over all rows of a batch, and does not repeat the right side', () => {
    const w = E.ones([3, 4])
    expect(nodesOf((v) => pipe(v, E.matmul(w)))).toEqual(['broadcast', 'matmul'])
    expect(nodesOf((v) => pipe(v, E.matmul(w)), [5, 2, 3])).toEqual(['reshape', 'broadcast', 'matmul', 'reshape'])
    expect(nodesOf((v) => pipe(v, E.matmul(v)), [5, 3, 3])).toEqual(['matmul'])
  })

  it('has no axis moved for takeAlong of the last axis', () => {
    expect(nodesOf((v) => pipe(v, E.takeAlong(E.zeros([2, 1], 'i32'), -1)))).toEqual(['broadcast', 'gather'])
  })

  it('has a relu of two comparisons and two choices', () => {
    expect(nodesOf(E.relu).filter((name) => name !== 'broadcast')).toEqual([
      'less',
      'less',
      'select',
      'stopGradient',
      'select'
    ])
  })
})
