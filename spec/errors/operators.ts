// Operators given what does not fit. Each is a function, so that a test can also run it and compare what it throws.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  and,
  argMax,
  averagePool2d,
  bitcast,
  broadcastTo,
  clip,
  concat,
  concatAll,
  cond,
  conv2d,
  customJvp,
  customVjp,
  exp,
  expandDims,
  less,
  logSoftmax,
  matmul,
  maxPool2d,
  mean,
  multiply,
  not,
  oneHot,
  ones,
  pad,
  relu,
  reshape,
  reverse,
  scalar,
  scan,
  scatterAdd,
  select,
  slice,
  softmax,
  sort,
  sortBy,
  squeeze,
  stack,
  sum,
  sumPool2d,
  take,
  takeAlong,
  transpose,
  whileLoop,
  zeros,
  type Expr
} from '../../lib/expr/index.ts'

const x = ones([32, 784])
const square = ones([2, 3])
const whole = ones([3], 'i32')
const holds = ones([3], 'bool')
const image = ones([2, 8, 8, 3])

export const right = () => pipe(x, matmul(ones([784, 10])), add(ones([10])), relu, softmax(), sum(-1))
// the inner sizes of a matrix product
export const e01 = () => pipe(x, matmul(ones([100, 128])), relu)
// a vector on the left of a matrix product
export const e02 = () => pipe(ones([3]), matmul(square))
// a vector on the right of a matrix product
export const e03 = () => pipe(square, matmul(ones([3])))
// batches of a matrix product
export const e04 = () => pipe(ones([2, 3, 4]), matmul(ones([5, 4, 6])))
// a matrix product of two element types
export const e05 = () => pipe(square, matmul(ones([3, 2], 'f64')))
// shapes that do not broadcast
export const e06 = () => pipe(x, add(ones([64])))
// the same, called without pipe
export const e07 = () => add(ones([64]))(x)
// two element types
export const e08 = () => pipe(whole, add(ones([3])))
// arithmetic on bool
export const e09 = () => pipe(holds, add(1))
// logic on floats
export const e10 = () => pipe(square, and(1))
// a float function of integers
export const e11 = () => pipe(whole, exp)
// the opposite of floats
export const e12 = () => pipe(square, not)
// shapes that cannot be compared
export const e13 = () => pipe(square, less(ones([4])))
// a choice by numbers
export const e14 = () => pipe(square, select(0, 1))
// a choice between two element types
export const e15 = () => pipe(holds, select(ones([3]), ones([3], 'i32')))
// a choice between shapes that do not broadcast
export const e16 = () => pipe(holds, select(ones([4]), 0))
// bounds that do not broadcast
export const e17 = () => pipe(square, clip(0, ones([4])))
// an axis that is not there
export const e18 = () => pipe(x, sum(2))
// an axis twice
export const e19 = () => pipe(x, mean([0, -2]))
// the mean of integers
export const e20 = () => pipe(whole, mean())
// the place of the greatest along an axis that is not there
export const e21 = () => pipe(x, argMax(-3))
// another number of elements
export const e22 = () => pipe(x, reshape(32, 28, 29))
// elements that do not divide
export const e23 = () => pipe(x, reshape(-1, 29))
// two axes to infer
export const e24 = () => pipe(x, reshape(-1, -1))
// no order of the axes
export const e25 = () => pipe(square, transpose(0, 0))
// a shape that it does not broadcast to
export const e26 = () => pipe(square, broadcastTo(2, 4))
// no place for an axis
export const e27 = () => pipe(square, expandDims(4))
// an axis that is not 1
export const e28 = () => pipe(square, squeeze(1))
// a part beyond the end
export const e29 = () => pipe(square, slice([0, 0], [3, 3]))
// a start for one axis only
export const e30 = () => pipe(square, slice([0], [2, 3]))
// room for one axis only
export const e31 = () => pipe(square, pad([[0, 0]]))
// side by side with other rows
export const e32 = () => pipe(square, concat(ones([3, 3]), 1))
// a list with other rows
export const e33 = () => concatAll([square, ones([3, 3])], 1)
// a stack of two shapes
export const e34 = () => stack([square, ones([3, 3])])
// turned round along an axis that is not there
export const e35 = () => pipe(square, reverse(2))
// bits of another width
export const e36 = () => pipe(ones([3], 'f64'), bitcast('u32'))
// indices that are no integers
export const e37 = () => pipe(square, take(ones([3])))
// indices of another shape
export const e38 = () => pipe(square, takeAlong(ones([3, 1], 'i32'), 1))
// updates of another shape
export const e39 = () => pipe(ones([3, 2]), scatterAdd(whole, ones([2, 2])))
// places that are no integers
export const e40 = () => pipe(square, oneHot(3))
// sorted along an axis that is not there
export const e41 = () => pipe(square, sort(2))
// keys of another shape
export const e42 = () => pipe(square, sortBy(ones([3, 2])))
// a kernel for other channels
export const e43 = () => pipe(image, conv2d(ones([3, 3, 4, 8])))
// a kernel without filters
export const e44 = () => pipe(image, conv2d(ones([3, 3, 3])))
// a convolution of vectors
export const e45 = () => pipe(square, conv2d(ones([3, 3, 3, 8])))
// a kernel larger than the image
export const e46 = () => pipe(image, conv2d(ones([9, 9, 3, 8])))
// groups that do not divide the filters
export const e47 = () => pipe(image, conv2d(ones([3, 3, 1, 8]), { groups: 3 }))
// pooling one image
export const e48 = () => pipe(ones([8, 8, 3]), maxPool2d(2))
// a window larger than the image
export const e49 = () => pipe(image, averagePool2d([9, 2]))
// no stride
export const e50 = () => pipe(image, sumPool2d(2, { stride: 0 }))
// a softmax along an axis that is not there
export const e51 = () => pipe(square, softmax(2))
// a softmax of integers
export const e52 = () => pipe(whole, logSoftmax())
// a scan whose carry changes
export const e53 = () => scan((c, v) => [pipe(c, reshape(3, 1)), pipe(v, add(1))], zeros([3]), ones([4, 2]))
// a part of a carry that changes
export const e54 = () =>
  whileLoop(
    (c) => pipe(c.n, less(9)),
    (c) => ({ n: pipe(c.n, add(1)), v: pipe(c.v, sum()) }),
    { n: scalar(0), v: zeros([3]) }
  )
// branches that differ
export const e55 = () =>
  cond(
    pipe(scalar(1), less(0)),
    (v) => pipe(v, sum()),
    (v) => pipe(v, add(1)),
    zeros([3])
  )
// a derivative with another result
export const e56 = () =>
  customJvp(
    (v: Expr<[3]>) => pipe(v, exp),
    ([v], [d]) => [pipe(v, sum()), d]
  )(zeros([3]))
// a tangent of another shape
export const e57 = () =>
  customJvp(
    (v: Expr<[3]>) => pipe(v, exp),
    ([v], [d]) => [pipe(v, exp), pipe(d, sum())]
  )(zeros([3]))
// a cotangent of another shape
export const e58 = () =>
  customVjp(
    (v: Expr<[3]>) => pipe(v, exp),
    (v) => [pipe(v, exp), v],
    (v, g) => [pipe(g, multiply(v), sum())]
  )(zeros([3]))
