import type { Either } from 'fp-ts/lib/Either.js'
import { describe, expectTypeOf, it } from 'vitest'
import type {
  AxisMessage,
  Broadcast,
  BroadcastMessage,
  BroadcastTo,
  BroadcastToMessage,
  Concat,
  ConcatAll,
  ConcatAllMessage,
  ConcatMessage,
  Dim,
  MatMul,
  MatMulMessage,
  Reduce,
  ReduceMessage,
  Reshape,
  ReshapeMessage,
  Shape,
  Sizes,
  Slice,
  SliceMessage,
  Sliding,
  Transpose,
  TransposeMessage,
  Window,
  Window1d,
  Window2d,
  Window2dMessage
} from '../../lib/shape/index.ts'
import {
  broadcast,
  concat,
  matmul,
  reduce,
  reshape,
  slice,
  transpose,
  window,
  window2d
} from '../../lib/shape/index.ts'

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the type is all that is written
declare const a: <T>() => T

describe('what operations give', () => {
  it('the shapes of multi-head attention are computed throughout', () => {
    type Heads = Transpose<Reshape<['batch', 'time', 768], ['batch', 'time', 12, -1]>, [0, 2, 1, 3]>
    expectTypeOf<Heads>().toEqualTypeOf<['batch', 12, 'time', 64]>()
    type Scores = MatMul<Heads, Transpose<Heads, [0, 1, 3, 2]>>
    expectTypeOf<Scores>().toEqualTypeOf<['batch', 12, 'time', 'time']>()
    type Joined = Reshape<Transpose<MatMul<Scores, Heads>, [0, 2, 1, 3]>, ['batch', 'time', 768]>
    expectTypeOf<Joined>().toEqualTypeOf<['batch', 'time', 768]>()
  })

  it('results are mutable tuples whatever the arguments are', () => {
    expectTypeOf<Broadcast<readonly [2, 1], readonly [3]>>().toEqualTypeOf<[2, 3]>()
    expectTypeOf<Transpose<readonly [2, 3], readonly [1, 0]>>().toEqualTypeOf<[3, 2]>()
    expectTypeOf<Transpose<readonly [2, 3]>>().toEqualTypeOf<[3, 2]>()
    expectTypeOf<Reduce<readonly [2, 3], 0>>().toEqualTypeOf<[3]>()
    expectTypeOf<Reduce<readonly [2, 3], readonly [0, 1], true>>().toEqualTypeOf<[1, 1]>()
    expectTypeOf<Reshape<readonly [2, 3], readonly [-1]>>().toEqualTypeOf<[6]>()
    expectTypeOf<ConcatAll<readonly [readonly [2, 3], [2, 4]], -1>>().toEqualTypeOf<[2, 7]>()
    expectTypeOf<Slice<readonly [9, 9], readonly [0, 1], readonly [null, -1], readonly [2, 1]>>().toEqualTypeOf<
      [5, 7]
    >()
  })

  it('windows: convolution, pooling, one setting or one for each axis', () => {
    expectTypeOf<Window<224, 7, 2, 3>>().toEqualTypeOf<112>()
    expectTypeOf<Window<3, 5, 1, 'valid'>>().toEqualTypeOf<0>()
    expectTypeOf<Window<'time', 3, 1, 'same'>>().toEqualTypeOf<'time'>()
    expectTypeOf<Window<'time', 5, 1, 2>>().toEqualTypeOf<'time'>()
    expectTypeOf<Window<'time', 5, 1, 'valid'>>().toEqualTypeOf<number>()
    expectTypeOf<Window2d<[28, 28, 1], Sliding<5, 1, 'valid', 1>, 8>>().toEqualTypeOf<[24, 24, 8]>()
    expectTypeOf<Window2d<[28, 28, 8], Sliding<[2, 4], [2, 4], 'valid', 1>>>().toEqualTypeOf<[14, 7, 8]>()
    expectTypeOf<Window1d<['time', 8], Sliding<3, 1, 'same', 1>, 16>>().toEqualTypeOf<['time', 16]>()
  })
})

describe('what operations say', () => {
  it('one sentence that names the shapes', () => {
    expectTypeOf<
      MatMulMessage<['batch', 784], [100, 128]>
    >().toEqualTypeOf<'matmul: inner sizes differ, 784 and 100, in [batch, 784] x [100, 128]'>()
    expectTypeOf<MatMulMessage<[3], [3, 4]>>().toEqualTypeOf<'matmul: left side has to be a matrix, got [3]'>()
    expectTypeOf<
      BroadcastMessage<['batch', 128], [64], 'add'>
    >().toEqualTypeOf<'add: shapes [batch, 128] and [64] do not broadcast'>()
    expectTypeOf<
      BroadcastToMessage<[2, 5], [1, 5]>
    >().toEqualTypeOf<'broadcastTo: [2, 5] does not broadcast to [1, 5]'>()
    expectTypeOf<AxisMessage<['batch', 784], 2, 'softmax'>>().toEqualTypeOf<'softmax: [batch, 784] has no axis 2'>()
    expectTypeOf<ReduceMessage<['batch', 784], 2, 'sum'>>().toEqualTypeOf<'sum: [batch, 784] has no axis 2'>()
    expectTypeOf<ReduceMessage<[4, 5], [0, -2], 'sum'>>().toEqualTypeOf<'sum: axis -2 of [4, 5] is named twice'>()
    expectTypeOf<
      ReshapeMessage<[32, 784], [32, 28, 29]>
    >().toEqualTypeOf<'reshape: [32, 784] has 25088 elements, [32, 28, 29] has 25984'>()
    expectTypeOf<
      ReshapeMessage<['batch', 784], [-1, 29]>
    >().toEqualTypeOf<'reshape: the batch*784 elements of [batch, 784] do not divide by 29'>()
    expectTypeOf<
      TransposeMessage<[2, 3], [0, 0]>
    >().toEqualTypeOf<'transpose: [0, 0] is not an order of the axes of [2, 3]'>()
    expectTypeOf<ConcatMessage<[2, 3], [3, 3], 1>>().toEqualTypeOf<'concat: [2, 3] and [3, 3] differ off axis 1'>()
    expectTypeOf<ConcatAllMessage<[], 1>>().toEqualTypeOf<'concat: expected at least one shape, got none'>()
    expectTypeOf<SliceMessage<[4, 8], [0, 2], [4, 9]>>().toEqualTypeOf<'slice: 2 to 9 is no part of axis 1 of [4, 8]'>()
    expectTypeOf<
      Window2dMessage<[4, 4, 1], Sliding<5, 1, 'valid', 1>, 'conv2d(5x5)'>
    >().toEqualTypeOf<'conv2d(5x5): the window is larger than the input [4, 4, 1]'>()
  })
})

describe('what is not known is left to run time', () => {
  it('an unknown size', () => {
    expectTypeOf<Broadcast<[number, 5], [4, 1]>>().toEqualTypeOf<[4, 5]>()
    expectTypeOf<MatMul<[number, number], [784, 10]>>().toEqualTypeOf<[number, 10]>()
    expectTypeOf<MatMulMessage<[number, number], [784, 10]>>().toBeNever()
    expectTypeOf<Reshape<[number, 784], [-1, 28, 28]>>().toEqualTypeOf<[number, 28, 28]>()
    expectTypeOf<Concat<[number, 3], [2, 3], 0>>().toEqualTypeOf<[number, 3]>()
    expectTypeOf<Slice<[number], [0], [4]>>().toEqualTypeOf<[4]>()
    expectTypeOf<Window2d<[number, 28, 1], Sliding<3, 1, 'valid', 1>, 8>>().toEqualTypeOf<[number, 26, 8]>()
  })

  it('an unknown rank gives an unknown rank and no complaint', () => {
    expectTypeOf<Broadcast<Shape, [4]>>().toEqualTypeOf<Shape>()
    expectTypeOf<Broadcast<[4], Sizes>>().toEqualTypeOf<Shape>()
    expectTypeOf<Broadcast<[], Shape>>().toEqualTypeOf<Shape>()
    expectTypeOf<MatMul<Shape, [4, 5]>>().toEqualTypeOf<Shape>()
    expectTypeOf<Concat<Shape, [4, 5], 0>>().toEqualTypeOf<Shape>()
    expectTypeOf<ConcatAll<readonly Shape[], 0>>().toEqualTypeOf<Shape>()
    expectTypeOf<Reduce<Shape, 0>>().toEqualTypeOf<Shape>()
    expectTypeOf<Transpose<Shape>>().toEqualTypeOf<Shape>()
    expectTypeOf<Slice<Shape, [0], [1]>>().toEqualTypeOf<Shape>()
    expectTypeOf<Reshape<[6], Shape>>().toEqualTypeOf<Shape>()
    expectTypeOf<Reshape<Shape, [2, 3]>>().toEqualTypeOf<[2, 3]>()
    expectTypeOf<BroadcastMessage<Shape, [4]>>().toBeNever()
    expectTypeOf<BroadcastToMessage<Shape, [4]>>().toBeNever()
    expectTypeOf<MatMulMessage<Shape, [4, 5]>>().toBeNever()
    expectTypeOf<ConcatMessage<Shape, [4, 5], 7>>().toBeNever()
    expectTypeOf<ConcatAllMessage<readonly Shape[], 0>>().toBeNever()
    expectTypeOf<ReduceMessage<Shape, 7>>().toBeNever()
    expectTypeOf<TransposeMessage<Shape, [1, 0]>>().toBeNever()
    expectTypeOf<TransposeMessage<[2, 3], Sizes>>().toBeNever()
    expectTypeOf<SliceMessage<Shape, [0], [1]>>().toBeNever()
    expectTypeOf<ReshapeMessage<[6], Shape>>().toBeNever()
    expectTypeOf<ReshapeMessage<Shape, [2, 3]>>().toBeNever()
    expectTypeOf<Window2dMessage<Shape, Sliding<3, 1, 'valid', 1>>>().toBeNever()
  })

  it('a rank that is known in part is used as far as it goes', () => {
    expectTypeOf<MatMul<['batch', ...Shape, 4, 5], [5, 6]>>().toEqualTypeOf<[...Dim[], 4, 6]>()
    expectTypeOf<
      BroadcastMessage<readonly [...Shape, 4], [5], 'add'>
    >().toEqualTypeOf<'add: shapes [...] and [5] do not broadcast'>()
  })

  it('an unknown axis or order', () => {
    expectTypeOf<Reduce<[4, 5], number>>().toEqualTypeOf<[number]>()
    expectTypeOf<Reduce<[4, 5], number, true>>().toEqualTypeOf<[number, number]>()
    expectTypeOf<Reduce<[4, 5, 6], [number, 0]>>().toEqualTypeOf<[number]>()
    expectTypeOf<Reduce<[4, 5], Sizes>>().toEqualTypeOf<Shape>()
    expectTypeOf<Reduce<[4, 5], 0 | 1>>().toEqualTypeOf<[number]>()
    expectTypeOf<Concat<[4, 5], [4, 6], number>>().toEqualTypeOf<[number, number]>()
    expectTypeOf<Transpose<[4, 5], Sizes>>().toEqualTypeOf<[number, number]>()
    expectTypeOf<Slice<[4, 5], Sizes, [4, 5]>>().toEqualTypeOf<[number, number]>()
  })

  it('unions of sizes count as unknown, and do not multiply', () => {
    type Union = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
    expectTypeOf<Product8<Union>>().toEqualTypeOf<[number]>()
    expectTypeOf<MatMulMessage<[4, Union], [9, Union]>>().toBeNever()
  })
  type Product8<U extends Dim> = Reshape<[U, U, U, U, U, U, U, U], [-1]>
})

describe('generic callers', () => {
  it('every type ends on parameters, and is decided where they are given', () => {
    const generic = <A extends Shape, B extends Shape, X extends number, const P extends Sizes>(): [
      Broadcast<A, B>,
      BroadcastMessage<A, B>,
      BroadcastTo<A, B>,
      MatMul<A, B>,
      MatMulMessage<A, B>,
      Concat<A, B, X>,
      ConcatMessage<A, B, X>,
      Reshape<A, B>,
      ReshapeMessage<A, B>,
      Transpose<A, P>,
      TransposeMessage<A, P>,
      Reduce<A, X>,
      ReduceMessage<A, P>,
      Slice<A, P, P>,
      SliceMessage<A, P, P>,
      Window2d<A, Sliding<X, X, 'same', 1>>
    ] => a()
    const [sum, , , product] = generic<[6, 6], [6, 6], 1, [0, 1]>()
    expectTypeOf(sum).toEqualTypeOf<[6, 6]>()
    expectTypeOf(product).toEqualTypeOf<[6, 6]>()
  })
})

describe('the run-time twins', () => {
  it('give sizes of sizes, and shapes of shapes', () => {
    const sizes = a<Sizes>
    const shape = a<Shape>
    const settings = { kernel: 3, stride: 1, padding: 'same', dilation: 1 } as const
    type Twins<S> = Either<string, S>
    const call = {
      sizes: () => [
        broadcast(sizes(), sizes()),
        matmul(sizes(), sizes()),
        concat(sizes(), sizes(), 0),
        reshape(sizes(), sizes()),
        transpose(sizes()),
        reduce(sizes(), 0),
        slice(sizes(), [0], [null]),
        window2d(sizes(), settings, 8)
      ],
      shapes: () => [broadcast(sizes(), shape()), reshape(shape(), [-1]), window2d(shape(), settings, 'channels')],
      number: () => window(28, 3, 1, 'same'),
      dim: () => window('time', 3, 1, 'same')
    }
    expectTypeOf(call.sizes).returns.toEqualTypeOf<Twins<Sizes>[]>()
    expectTypeOf(call.shapes).returns.toEqualTypeOf<Twins<Shape>[]>()
    expectTypeOf(call.number).returns.toEqualTypeOf<number>()
    expectTypeOf(call.dim).returns.toEqualTypeOf<Dim>()
  })

  it('refuse what is no shape', () => {
    // @ts-expect-error: a list of booleans is no shape
    expectTypeOf(() => broadcast([true], [1])).toBeFunction()
    // @ts-expect-error: a padding is one of two words, or a number
    expectTypeOf(() => window(28, 3, 1, 'full')).toBeFunction()
    // @ts-expect-error: a stop is no name
    expectTypeOf(() => slice(['batch'], [0], ['batch'])).toBeFunction()
  })
})
