/**
 * Tensors: immutable row-major arrays of one element type, their shape in their type.
 *
 * @since 0.1.0
 */
import { raise, show, size, type Shape, type Sizes } from '../shape/index.ts'
import { allocate, type Buffers, type DType } from './dtype.ts'

// model

declare const shapeOf: unique symbol
const storage: unique symbol = Symbol('gradfold/tensor')

/**
 * An immutable array of shape S and element type T, stored row by row.
 *
 * The elements are read by `at`, `item` and `toArray`; the buffer itself is never handed out.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tensor<out S extends Shape, out T extends DType = 'f32'> {
  readonly dtype: T
  readonly shape: Sizes
  /** there at compile time only */
  readonly [shapeOf]: S
}

/**
 * A tensor of any shape and element type.
 *
 * @category model
 * @since 0.1.0
 */
export type AnyTensor = Tensor<Shape, DType>

/**
 * The shape in a tensor's type.
 *
 * @category type functions
 * @since 0.1.0
 */
export type ShapeOf<X> = X extends { readonly [shapeOf]: infer S extends Shape } ? S : never

// constructors

/**
 * A tensor over a buffer that the caller gives away; engines use it, users never see it.
 *
 * @internal
 */
export const fromBuffer = <S extends Shape, T extends DType>(
  dtype: T,
  shape: Sizes,
  buffer: Buffers[T]
): Tensor<S, T> => {
  const length = size(shape)
  if (buffer.length !== length) raise(`tensor: shape ${show(shape)} holds ${length} elements, got ${buffer.length}`)
  // the phantom shape exists in the type only
  return Object.freeze({ dtype, shape: Object.freeze([...shape]), [storage]: buffer }) as unknown as Tensor<S, T>
}

/** One number, which the element type holds or rounds to, without axes. */
export const scalarOf = (dtype: DType, value: number): AnyTensor =>
  fromBuffer(dtype, [], allocate(dtype, 1).fill(value))

// destructors

/**
 * The buffer of a tensor: for engines, which must not write to it.
 *
 * @internal
 */
export const bufferOf = <T extends DType>(self: Tensor<Shape, T>): Buffers[T] =>
  // `storage` is not part of the public type
  (self as unknown as { readonly [storage]: Buffers[T] })[storage]

/**
 * Whether a value is a tensor.
 *
 * @example
 * import { isTensor, tensor } from 'gradfold/tensor'
 * const yes: boolean = isTensor(tensor(1))
 * @category predicates
 * @since 0.1.0
 */
export const isTensor = (u: unknown): u is AnyTensor => typeof u === 'object' && u !== null && storage in u
