/**
 * Canonical bytes: row-major, little-endian, one NaN; what is hashed and stored.
 *
 * @since 0.1.0
 */
/* eslint-disable functional/immutable-data -- every write goes to a buffer copied or allocated in the same function */
import * as Either from 'fp-ts/lib/Either.js'
import { size, type Mutable, type Sizes } from '../shape/index.ts'
import { allocate, bytesPerElement, type Buffer, type Buffers, type DType } from './dtype.ts'
import { checkSizes } from './element.ts'
import { showSlot } from './slot.ts'
import { bufferOf, fromBuffer, type AnyTensor, type Tensor } from './tensor.ts'

// helpers

/** A copy of a buffer in which every NaN is the canonical one: 7fc00000, or 7ff8000000000000 in float64. */
export const canonicalCopy = <T extends DType>(buffer: Buffers[T]): Buffers[T] => {
  const copy: Buffer = buffer.slice()
  if (copy instanceof Float32Array) {
    const words = new Uint32Array(copy.buffer)
    for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) words[i] = 0x7fc00000
  }
  if (copy instanceof Float64Array) {
    const words = new BigUint64Array(copy.buffer)
    for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) words[i] = 0x7ff8000000000000n
  }
  // a slice has the type of what it was cut from
  return copy as Buffers[T]
}

const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The bytes of each element in the other order. */
const swapped = (bytes: Uint8Array, width: number): Uint8Array =>
  Uint8Array.from(bytes, (_, i) => bytes[i - (i % width) + width - 1 - (i % width)] ?? 0)

const littleEndian = (bytes: Uint8Array, width: number): Uint8Array =>
  machineIsLittleEndian ? bytes : swapped(bytes, width)

// destructors

/**
 * The elements as bytes: row-major and little-endian; one byte, 0 or 1, for each bool; NaN as 7fc00000 (float32) or
 * 7ff8000000000000 (float64).
 *
 * @returns a new array of 4 (f32, i32, u32), 8 (f64) or 1 (bool) bytes an element
 * @example
 * import { tensor, toBytes } from 'gradfold/tensor'
 * const bytes: readonly number[] = [...toBytes(tensor([1, 2]))] // [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]
 * @category destructors
 * @since 0.1.0
 */
export const toBytes = (self: AnyTensor): Uint8Array =>
  littleEndian(new Uint8Array(canonicalCopy(bufferOf(self)).buffer), bytesPerElement(self.dtype))

// constructors

/**
 * The tensor whose canonical bytes are given; the inverse of `toBytes`.
 *
 * @param dtype the element type
 * @param shape sizes, outermost first; throws one sentence where they are not whole numbers of at least 0
 * @returns a function of the bytes, which are copied: the tensor, or one sentence where their number does not fit the
 *   shape or a bool is neither 0 nor 1
 * @example
 * import { fromBytes, tensor, toBytes } from 'gradfold/tensor'
 * const again = fromBytes('f32', [2])(toBytes(tensor([1, 2]))) // Either<string, Tensor<[2], 'f32'>>
 * @category constructors
 * @since 0.1.0
 */
export const fromBytes = <T extends DType, const S extends Sizes>(dtype: T, shape: S) => {
  checkSizes('fromBytes', shape)
  const width = bytesPerElement(dtype)
  return (bytes: Uint8Array): Either.Either<string, Tensor<Mutable<S>, T>> => {
    const expected = size(shape) * width
    if (bytes.length !== expected)
      return Either.left(`fromBytes: ${showSlot({ dtype, shape })} has ${expected} bytes, got ${bytes.length}`)
    const bad = dtype === 'bool' ? bytes.findIndex((byte) => byte > 1) : -1
    if (bad >= 0) return Either.left(`fromBytes: a bool is stored as 0 or 1, got ${String(bytes[bad])} at byte ${bad}`)
    const buffer = allocate(dtype, size(shape))
    new Uint8Array(buffer.buffer).set(littleEndian(bytes, width))
    return Either.right(fromBuffer(dtype, shape, canonicalCopy<T>(buffer)))
  }
}
