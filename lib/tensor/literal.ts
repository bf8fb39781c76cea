/**
 * Making tensors: from nested arrays, from flat arrays, from one value.
 *
 * @since 0.1.0
 */
import { raise, show, size, type Fit, type Mutable, type Sizes } from '../shape/index.ts'
import { allocate, type Buffer, type Buffers, type DType } from './dtype.ts'
import { checkSizes, storedOf } from './element.ts'
import {
  defaultDType,
  flattenNested,
  nestedShape,
  showPlace,
  type DefaultDType,
  type Nested,
  type NestedMessage,
  type NestedShape
} from './nested.ts'
import { canonicalCopy } from './bytes.ts'
import { fromBuffer, type Tensor } from './tensor.ts'

// model

/**
 * A typed array that has an element type.
 *
 * @category model
 * @since 0.1.0
 */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array

/**
 * The element type of a typed array.
 *
 * @category model
 * @since 0.1.0
 */
export type DTypeOfArray<A extends TypedArray> = A extends Float32Array
  ? 'f32'
  : A extends Float64Array
    ? 'f64'
    : A extends Int32Array
      ? 'i32'
      : 'u32'

// helpers

const dtypeOfArray: Readonly<Record<string, DType>> = {
  Float32Array: 'f32',
  Float64Array: 'f64',
  Int32Array: 'i32',
  Uint32Array: 'u32'
}

/** A new buffer of the stored numbers of some values. */
const bufferFrom = (what: string, dtype: DType, values: ArrayLike<unknown>, shape: Sizes): Buffer => {
  // the elements of a typed array of that kind are stored as they are
  if (dtypeOfArray[Object.prototype.toString.call(values).slice(8, -1)] === dtype)
    return canonicalCopy(values as Buffer)
  const buffer = allocate(dtype, values.length)
  // eslint-disable-next-line functional/immutable-data -- filling the buffer allocated above
  for (let i = 0; i < values.length; i++) buffer[i] = storedOf(what, dtype, values[i], () => showPlace(i, shape))
  return canonicalCopy(buffer)
}

const checkLength = (what: string, length: number, shape: Sizes): void => {
  checkSizes(what, shape)
  if (length !== size(shape)) raise(`${what}: shape ${show(shape)} holds ${size(shape)} elements, got ${length}`)
}

// constructors

/**
 * A tensor from a number, a boolean or nested arrays of them; the shape of the literal is in the type.
 *
 * @param nested a full block: lists at one depth have one length. Booleans make a bool tensor.
 * @param dtype the element type; f32 (rounded to nearest) for numbers and bool for booleans where it is not given.
 * @returns the tensor; throws one sentence where the nesting is ragged or a value does not fit the element type
 * @example
 * import { tensor, toArray } from 'gradfold/tensor'
 * const weights = tensor([[1, 2], [3, 4]]) // Tensor<[2, 2], 'f32'>
 * const label = tensor(7, 'i32') // Tensor<[], 'i32'>
 * const rows: readonly (readonly number[])[] = toArray(weights)
 * @category constructors
 * @since 0.1.0
 */
export const tensor = <const A extends Nested<number | boolean>, T extends DType = DefaultDType<A>>(
  nested: Fit<NestedMessage<A>, A>,
  dtype?: T
): Tensor<NestedShape<A>, T> => {
  const shape = nestedShape(nested)
  const values = flattenNested(nested, shape)
  // T is the default type where none is given
  const chosen = dtype ?? (defaultDType(values) as T)
  return fromBuffer(chosen, shape, bufferFrom('tensor', chosen, values, shape) as Buffers[T])
}

/**
 * A tensor from a flat array in row-major order, which is copied.
 *
 * @param array as many numbers (booleans for bool) as the shape has elements
 * @param shape sizes, outermost first; sizes not known at compile time are `number` in the type
 * @param dtype the element type; f32 (rounded to nearest) where it is not given
 * @returns the tensor; throws one sentence where length and shape differ or a value does not fit the element type
 * @example
 * import { fromArray } from 'gradfold/tensor'
 * const image = fromArray(Array.from({ length: 12 }, (_, i) => i / 12), [2, 2, 3]) // Tensor<[2, 2, 3], 'f32'>
 * @category constructors
 * @since 0.1.0
 */
export const fromArray = <const S extends Sizes, T extends DType = 'f32'>(
  array: ArrayLike<number | boolean>,
  shape: S,
  dtype?: T
): Tensor<Mutable<S>, T> => {
  checkLength('fromArray', array.length, shape)
  // T is f32 where none is given
  const chosen = dtype ?? ('f32' as T)
  return fromBuffer(chosen, shape, bufferFrom('fromArray', chosen, array, shape) as Buffers[T])
}

/**
 * A tensor from a typed array in row-major order, which is copied; the array's kind is the element type.
 *
 * @param shape sizes, outermost first
 * @returns a function of the array; throws one sentence where length and shape differ
 * @example
 * import { fromTypedArray } from 'gradfold/tensor'
 * const counts = fromTypedArray([2, 2])(Int32Array.of(1, 2, 3, 4)) // Tensor<[2, 2], 'i32'>
 * @category constructors
 * @since 0.1.0
 */
export const fromTypedArray =
  <const S extends Sizes>(shape: S) =>
  <A extends TypedArray>(array: A): Tensor<Mutable<S>, DTypeOfArray<A>> => {
    const name = array[Symbol.toStringTag]
    const dtype =
      dtypeOfArray[name] ??
      raise(
        `fromTypedArray: expected a Float32Array, Float64Array, Int32Array or Uint32Array, got ${name}; use fromArray`
      )
    checkLength('fromTypedArray', array.length, shape)
    // the kind of array determines the element type, which TypeScript does not follow through the table
    type T = DTypeOfArray<A>
    return fromBuffer(dtype as T, shape, canonicalCopy<T>(array as unknown as Buffers[T]))
  }

/**
 * A tensor with one value in every place.
 *
 * @param shape sizes, outermost first
 * @param value a number, or a boolean for bool
 * @param dtype the element type; f32 for a number and bool for a boolean where it is not given
 * @returns the tensor; throws one sentence where the value does not fit the element type
 * @example
 * import { full } from 'gradfold/tensor'
 * const bias = full([10], 0.1) // Tensor<[10], 'f32'>
 * const mask = full([2, 2], true) // Tensor<[2, 2], 'bool'>
 * @category constructors
 * @since 0.1.0
 */
export const full = <
  const S extends Sizes,
  V extends number | boolean,
  T extends DType = V extends boolean ? 'bool' : 'f32'
>(
  shape: S,
  value: V,
  dtype?: T
): Tensor<Mutable<S>, T> => filled('full', shape, value, dtype)

/** The body of `full`, which names the function that was called. */
const filled = <S extends Sizes, T extends DType>(
  what: string,
  shape: S,
  value: number | boolean,
  dtype: T | undefined
): Tensor<Mutable<S>, T> => {
  checkSizes(what, shape)
  // T is the default type of the value where none is given
  const chosen = dtype ?? ((typeof value === 'boolean' ? 'bool' : 'f32') as T)
  const stored = storedOf(what, chosen, value, () => 'every place')
  return fromBuffer(chosen, shape, allocate(chosen, size(shape)).fill(stored) as Buffers[T])
}

/**
 * A tensor of zeros; of false for bool.
 *
 * @param shape sizes, outermost first
 * @param dtype the element type; f32 where it is not given
 * @example
 * import { zeros } from 'gradfold/tensor'
 * const start = zeros([784, 10]) // Tensor<[784, 10], 'f32'>
 * @category constructors
 * @since 0.1.0
 */
export const zeros = <const S extends Sizes, T extends DType = 'f32'>(shape: S, dtype?: T): Tensor<Mutable<S>, T> =>
  filled('zeros', shape, dtype === 'bool' ? false : 0, dtype)

/**
 * A tensor of ones; of true for bool.
 *
 * @param shape sizes, outermost first
 * @param dtype the element type; f32 where it is not given
 * @example
 * import { ones } from 'gradfold/tensor'
 * const scale = ones([64], 'f64') // Tensor<[64], 'f64'>
 * @category constructors
 * @since 0.1.0
 */
export const ones = <const S extends Sizes, T extends DType = 'f32'>(shape: S, dtype?: T): Tensor<Mutable<S>, T> =>
  filled('ones', shape, dtype === 'bool' ? true : 1, dtype)
