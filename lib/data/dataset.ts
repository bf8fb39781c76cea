/**
 * Data sets: inputs and labels, one row an example.
 *
 * @since 0.1.0
 */
import { requireKnown } from '../codec/options.ts'
import { evaluate } from '../engine/index.ts'
import { permutation, type KeyLike } from '../random/index.ts'
import { raise, show, type Dim, type Shape } from '../shape/index.ts'
import {
  tensor,
  toFlatArray,
  type DefaultDType,
  type DType,
  type Nested,
  type NestedShape,
  type Tensor
} from '../tensor/index.ts'
import { rowsOf, selectRows } from './rows.ts'

// model

/**
 * Examples: inputs of shape X and labels of shape Y, as many of one as of the other.
 *
 * @category model
 * @since 0.1.0
 */
export interface Dataset<X extends Shape, Y extends Shape, TX extends DType = 'f32', TY extends DType = 'f32'> {
  readonly inputs: Tensor<[number, ...X], TX>
  readonly labels: Tensor<[number, ...Y], TY>
}

/**
 * A data set of any shapes and types.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyDataset = Dataset<Shape, Shape, DType, DType>

/** The shape of one row. */
type Rest<S extends Shape> = S extends readonly [Dim, ...infer X extends Shape] ? X : Shape

// constructors

/**
 * A data set from two tensors whose first axis counts the examples.
 *
 * @param inputs shape [n, …X]
 * @param labels shape [n, …Y]: class numbers i32 [n], targets f32 [n, k], or whatever the loss takes
 * @returns the data set; throws one sentence where the numbers of examples differ
 * @example
 * import { dataset } from 'gradfold/data'
 * import { tensor } from 'gradfold/tensor'
 * const xor = dataset(tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), tensor([0, 1, 1, 0], 'i32')) // Dataset<[2], [], 'f32', 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const dataset = <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
  inputs: Tensor<readonly [Dim, ...X], TX>,
  labels: Tensor<readonly [Dim, ...Y], TY>
): Dataset<X, Y, TX, TY> => {
  const [examples, targets] = [rowsOf('dataset', inputs), rowsOf('dataset', labels)]
  if (examples !== targets)
    raise(
      `dataset: inputs ${show(inputs.shape)} are ${examples} examples and labels ${show(labels.shape)} are ${targets}; there has to be one label for each`
    )
  // how many examples there are is left to run time: what was a size or a name is a number now
  return Object.freeze({ inputs, labels }) as unknown as Dataset<X, Y, TX, TY>
}

/**
 * A data set from nested arrays.
 *
 * @param inputs a list of inputs, each a number or nested arrays
 * @param labels a list of labels, as many
 * @param options.inputs the element type of the inputs; f32 for numbers and bool for booleans where it is not given
 * @param options.labels the element type of the labels, likewise: class numbers want `'i32'`
 * @returns the data set; throws one sentence where lists are ragged, a value does not fit, or the numbers differ
 * @example
 * import { fromArrays } from 'gradfold/data'
 * const xor = fromArrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { labels: 'i32' })
 * @category constructors
 * @since 0.1.0
 */
export const fromArrays = <
  const A extends readonly Nested<number | boolean>[],
  const B extends readonly Nested<number | boolean>[],
  TX extends DType = DefaultDType<A>,
  TY extends DType = DefaultDType<B>
>(
  inputs: A,
  labels: B,
  options: { readonly inputs?: TX; readonly labels?: TY } = {}
): Dataset<Rest<NestedShape<A>>, Rest<NestedShape<B>>, TX, TY> => {
  requireKnown('fromArrays', ['inputs', 'labels'], options)
  const toTensor = <T extends DType>(
    nested: Nested<number | boolean>,
    dtype: T | undefined
  ): Tensor<readonly [Dim, ...Shape], T> =>
    // the default type is the one that DefaultDType says, and a list has a first axis
    (dtype === undefined ? tensor(nested) : tensor(nested, dtype)) as unknown as Tensor<readonly [Dim, ...Shape], T>
  // the shapes of the rows are those of the literals
  return dataset(toTensor(inputs, options.inputs), toTensor(labels, options.labels)) as unknown as Dataset<
    Rest<NestedShape<A>>,
    Rest<NestedShape<B>>,
    TX,
    TY
  >
}

// destructors

/**
 * The number of examples.
 *
 * @example
 * import { fromArrays, size } from 'gradfold/data'
 * const three: number = size(fromArrays([1, 2, 3], [1, 4, 9]))
 * @category destructors
 * @since 0.1.0
 */
export const size = (self: AnyDataset): number => rowsOf('size', self.inputs)

// combinators

/** The examples with the given numbers, in that order. */
export const select = <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
  self: Dataset<X, Y, TX, TY>,
  rows: ArrayLike<number>
): Dataset<X, Y, TX, TY> =>
  Object.freeze({ inputs: selectRows(self.inputs, rows), labels: selectRows(self.labels, rows) })

const within = (what: string, name: string, value: number, low: number, high: number): void => {
  if (!Number.isInteger(value) || value < low || value > high)
    raise(`${what}: ${name} has to be a whole number from ${low} to ${high}, got ${value}`)
}

/**
 * The examples from `start` (counted from 0) up to, and without, `stop`.
 *
 * @param start from 0 to the number of examples
 * @param stop from `start` to the number of examples
 * @returns a function of the data set; throws one sentence where an end is out of range
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, size, slice } from 'gradfold/data'
 * const middle: number = pipe(fromArrays([1, 2, 3, 4], [1, 4, 9, 16]), slice(1, 3), size)
 * @category combinators
 * @since 0.1.0
 */
export const slice =
  (start: number, stop: number) =>
  <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
    self: Dataset<X, Y, TX, TY>
  ): Dataset<X, Y, TX, TY> => {
    const n = size(self)
    within('slice', 'start', start, 0, n)
    within('slice', 'stop', stop, start, n)
    return select(
      self,
      Array.from({ length: stop - start }, (_, i) => start + i)
    )
  }

/**
 * The first examples.
 *
 * @param count how many, from 0 to the number of examples
 * @returns a function of the data set; throws one sentence where there are fewer
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, size, take } from 'gradfold/data'
 * const two: number = pipe(fromArrays([1, 2, 3], [1, 4, 9]), take(2), size)
 * @category combinators
 * @since 0.1.0
 */
export const take =
  (count: number) =>
  <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
    self: Dataset<X, Y, TX, TY>
  ): Dataset<X, Y, TX, TY> => {
    within('take', 'count', count, 0, size(self))
    return slice(0, count)(self)
  }

/**
 * The first examples, and the others.
 *
 * @param count how many come first, from 0 to the number of examples
 * @returns a function of the data set; throws one sentence where there are fewer
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, shuffle, split } from 'gradfold/data'
 * import { key } from 'gradfold/random'
 * const [train, test] = pipe(fromArrays([1, 2, 3, 4], [1, 4, 9, 16]), shuffle(key(1)), split(3))
 * @category combinators
 * @since 0.1.0
 */
export const split =
  (count: number) =>
  <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
    self: Dataset<X, Y, TX, TY>
  ): readonly [first: Dataset<X, Y, TX, TY>, others: Dataset<X, Y, TX, TY>] => {
    within('split', 'count', count, 0, size(self))
    return [slice(0, count)(self), slice(count, size(self))(self)]
  }

/**
 * The examples in random order: those of `permutation(size)(key)`.
 *
 * @param key the key of the order; the same key gives the same order
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { fromArrays, shuffle } from 'gradfold/data'
 * import { key } from 'gradfold/random'
 * const mixed = pipe(fromArrays([1, 2, 3, 4], [1, 4, 9, 16]), shuffle(key(1)))
 * @category combinators
 * @since 0.1.0
 */
export const shuffle =
  (key: KeyLike) =>
  <X extends Shape, Y extends Shape, TX extends DType, TY extends DType>(
    self: Dataset<X, Y, TX, TY>
  ): Dataset<X, Y, TX, TY> =>
    select(self, toFlatArray(evaluate(permutation(size(self))(key))))
