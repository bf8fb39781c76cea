/**
 * Element types: the five kinds of number a tensor holds.
 *
 * @since 0.1.0
 */
import { raise } from '../shape/index.ts'

// model

/**
 * The type of a tensor's elements: float32, float64, int32, uint32 or bool.
 *
 * @category model
 * @since 0.1.0
 */
export type DType = 'f32' | 'f64' | 'i32' | 'u32' | 'bool'

/**
 * The element types that have a gradient.
 *
 * @category model
 * @since 0.1.0
 */
export type FloatDType = 'f32' | 'f64'

/**
 * The typed array that stores each element type; bool is one byte, 0 or 1.
 *
 * @category model
 * @since 0.1.0
 */
export interface Buffers {
  readonly f32: Float32Array
  readonly f64: Float64Array
  readonly i32: Int32Array
  readonly u32: Uint32Array
  readonly bool: Uint8Array
}

export type Buffer<T extends DType = DType> = Buffers[T]

// constructors

const allocators: { readonly [T in DType]: (length: number) => Buffers[T] } = {
  f32: (length) => new Float32Array(length),
  f64: (length) => new Float64Array(length),
  i32: (length) => new Int32Array(length),
  u32: (length) => new Uint32Array(length),
  bool: (length) => new Uint8Array(length)
}

const allocator = <T extends DType>(dtype: T): ((length: number) => Buffers[T]) =>
  Object.hasOwn(allocators, dtype)
    ? allocators[dtype]
    : raise(`tensor: the element types are ${Object.keys(allocators).join(', ')}, got ${dtype as string}`)

/** A buffer of zeros; throws one sentence where there is no memory for it. */
export const allocate = <T extends DType>(dtype: T, length: number): Buffers[T] => {
  const make = allocator(dtype)
  try {
    return make(length)
  } catch {
    return raise(`tensor: there is no memory for ${length} elements of ${dtype}`)
  }
}

// destructors

/**
 * Every element type, in the order of the documentation.
 *
 * @example
 * import { dtypes } from 'gradfold/tensor'
 * const five: number = dtypes.length
 * @category destructors
 * @since 0.1.0
 */
export const dtypes: readonly DType[] = ['f32', 'f64', 'i32', 'u32', 'bool']

const widths: Readonly<Record<DType, number>> = { f32: 4, f64: 8, i32: 4, u32: 4, bool: 1 }

/**
 * The bytes of one element: 4, or 8 for f64 and 1 for bool.
 *
 * @example
 * import { bytesPerElement } from 'gradfold/tensor'
 * const eight: number = bytesPerElement('f64')
 * @category destructors
 * @since 0.1.0
 */
export const bytesPerElement = (dtype: DType): number => widths[dtype]

/**
 * Whether an element type has a gradient: f32 and f64.
 *
 * @example
 * import { isFloat } from 'gradfold/tensor'
 * const yes: boolean = isFloat('f32')
 * @category predicates
 * @since 0.1.0
 */
export const isFloat = (dtype: DType): dtype is FloatDType => dtype === 'f32' || dtype === 'f64'

/**
 * Whether a value is the name of an element type.
 *
 * @example
 * import { isDType } from 'gradfold/tensor'
 * const no: boolean = isDType('float32')
 * @category predicates
 * @since 0.1.0
 */
export const isDType = (u: unknown): u is DType => typeof u === 'string' && Object.hasOwn(widths, u)
