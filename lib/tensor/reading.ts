/**
 * Reading tensors: one element, all of them flat, all of them nested. Everything read is a copy.
 *
 * @since 0.1.0
 */
import { raise, show, type Fit, type Shape, type Show } from '../shape/index.ts'
import type { DType } from './dtype.ts'
import { elementOf, type Element } from './element.ts'
import { nest, type NestedOf } from './nested.ts'
import { bufferOf, type Tensor } from './tensor.ts'

// messages

type RankSentence<S extends string, N extends string> = `at: ${S} takes one index for each axis, got ${N}`

const rankSentence = <S extends string, N extends string>(shape: S, indices: N): RankSentence<S, N> =>
  `at: ${shape} takes one index for each axis, got ${indices}`

/**
 * What is wrong with the number of indices for a shape, as a sentence, or `never`.
 *
 * @category model
 * @since 0.1.0
 */
export type AtMessage<S extends Shape, I extends readonly number[]> = number extends S['length'] | I['length']
  ? never
  : S['length'] extends I['length']
    ? never
    : RankSentence<Show<S>, `${I['length']}`>

// destructors

/**
 * The element at some indices.
 *
 * @param indices one for each axis, from 0; a negative one counts from the end, as in `Array.prototype.at`
 * @returns a function of the tensor; throws one sentence where an index is out of range
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { at, tensor } from 'gradfold/tensor'
 * const four: number = pipe(tensor([[1, 2], [3, 4]]), at(1, -1))
 * @category destructors
 * @since 0.1.0
 */
export const at =
  <const I extends readonly number[]>(...indices: I) =>
  <S extends Shape, T extends DType>(self: Fit<AtMessage<S, I>, Tensor<S, T>>): Element<T> => {
    // the message is a type only: what arrives is a tensor
    const { shape, dtype } = self as Tensor<S, T>
    if (indices.length !== shape.length) raise(rankSentence(show(shape), String(indices.length)))
    const position = shape.reduce((sum, n, axis) => {
      const index = indices[axis] ?? NaN
      if (!Number.isInteger(index) || index < -n || index >= n)
        raise(`at: index ${index} is out of range for axis ${axis} of ${show(shape)}, which has ${n} elements`)
      return sum * n + (index < 0 ? index + n : index)
    }, 0)
    return elementOf(dtype, bufferOf(self as Tensor<S, T>)[position] ?? raise('at: the tensor is empty'))
  }

/**
 * The one element of a tensor of shape [].
 *
 * @example
 * import { item, tensor } from 'gradfold/tensor'
 * const seven: number = item(tensor(7))
 * @category destructors
 * @since 0.1.0
 */
export const item = <T extends DType>(self: Tensor<readonly [], T>): Element<T> =>
  self.shape.length === 0
    ? at()(self)
    : raise(`item: expected a tensor of shape [], got ${show(self.shape)}; use at to read one element`)

/**
 * All elements in row-major order, as a new array.
 *
 * @example
 * import { tensor, toFlatArray } from 'gradfold/tensor'
 * const numbers: readonly number[] = toFlatArray(tensor([[1, 2], [3, 4]])) // [1, 2, 3, 4]
 * @category destructors
 * @since 0.1.0
 */
export const toFlatArray = <T extends DType>(self: Tensor<Shape, T>): readonly Element<T>[] =>
  Array.from<number, Element<T>>(bufferOf(self), (stored) => elementOf(self.dtype, stored))

/**
 * All elements as nested arrays, outermost axis first; a number or a boolean for shape [].
 *
 * @example
 * import { tensor, toArray } from 'gradfold/tensor'
 * const rows: readonly (readonly number[])[] = toArray(tensor([[1, 2], [3, 4]]))
 * @category destructors
 * @since 0.1.0
 */
export const toArray = <S extends Shape, T extends DType>(self: Tensor<S, T>): NestedOf<S, Element<T>> =>
  // the nesting follows the run-time shape, of which S is the type
  nest(toFlatArray(self), self.shape) as NestedOf<S, Element<T>>
