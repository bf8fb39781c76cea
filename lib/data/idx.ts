/**
 * The idx format of MNIST: a header with element type and sizes, then the elements, big-endian and row-major.
 *
 *     00 00, one byte for the element type, one byte for the rank, a u32 for each size, the elements
 *     element types: 08 u8, 09 i8, 0b i16, 0c i32, 0d f32, 0e f64
 *
 * @see LeCun, Cortes and Burges, The MNIST database of handwritten digits
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { requireKnown } from '../codec/options.ts'
import { raise, size, type Sizes } from '../shape/index.ts'
import type { FloatDType, Tensor } from '../tensor/index.ts'
import { allocate, fromBuffer, type Buffers } from '../tensor/internal.ts'
import { corrupt, failWith, truncated, type DataErrors } from './error.ts'

// model

/** How one element type is stored. */
interface ElementFormat {
  readonly name: string
  readonly width: number
  readonly natural: 'i32' | FloatDType
  readonly read: (view: DataView, offset: number) => number
}

const formats: ReadonlyMap<number, ElementFormat> = new Map<number, ElementFormat>([
  [0x08, { name: 'u8', width: 1, natural: 'i32', read: (view, offset) => view.getUint8(offset) }],
  [0x09, { name: 'i8', width: 1, natural: 'i32', read: (view, offset) => view.getInt8(offset) }],
  [0x0b, { name: 'i16', width: 2, natural: 'i32', read: (view, offset) => view.getInt16(offset) }],
  [0x0c, { name: 'i32', width: 4, natural: 'i32', read: (view, offset) => view.getInt32(offset) }],
  [0x0d, { name: 'f32', width: 4, natural: 'f32', read: (view, offset) => view.getFloat32(offset) }],
  [0x0e, { name: 'f64', width: 8, natural: 'f64', read: (view, offset) => view.getFloat64(offset) }]
])

/**
 * How an idx file is read.
 *
 * @category model
 * @since 0.1.0
 */
export interface IdxOptions<T extends 'i32' | FloatDType = 'i32' | FloatDType> {
  /** what the data is called in errors; default 'idx data' */
  readonly name?: string
  /** the element type of the tensor; default i32 for whole numbers, f32 for f32 and f64 for f64 */
  readonly dtype?: T
  /** divides each element, rounded once to the float type `dtype`; default 1 */
  readonly divide?: number
}

/** The header of an idx file. */
interface Header {
  readonly format: ElementFormat
  readonly shape: Sizes
  readonly offset: number
}

// helpers

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

const headerOf = (name: string, bytes: Uint8Array): Either.Either<DataErrors, Header> => {
  if (bytes.length < 4) return failWith(truncated(name, 'the first part of an idx header', 4, bytes.length))
  const magic = bytes.subarray(0, 4)
  const [zero, alsoZero, code = 0, rank = 0] = magic
  const format = formats.get(code)
  if (zero !== 0 || alsoZero !== 0 || format === undefined)
    return failWith(
      corrupt(name, {
        expected: 'an idx file, which begins with 00 00, an element type (08, 09, 0b, 0c, 0d, 0e) and the rank',
        actual: hex(magic),
        ...(zero === 0x1f && alsoZero === 0x8b ? { mend: 'it is compressed with gzip, unpack it first' } : {})
      })
    )
  const offset = 4 + 4 * rank
  if (bytes.length < offset) return failWith(truncated(name, `an idx header of rank ${rank}`, offset, bytes.length))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Either.right({
    format,
    offset,
    shape: Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  })
}

const checkLength = (name: string, bytes: Uint8Array, header: Header): Either.Either<DataErrors, Header> => {
  const { format, shape, offset } = header
  const expected = offset + size(shape) * format.width
  const what = `an idx header of ${offset} and ${shape.join(' x ')} elements of ${format.width}`
  if (bytes.length < expected) return failWith(truncated(name, what, expected, bytes.length))
  return bytes.length === expected
    ? Either.right(header)
    : failWith(corrupt(name, { expected: `${expected} bytes for ${what}`, actual: `${bytes.length}` }))
}

/** The elements after a header, each divided once. */
const elements = <T extends 'i32' | FloatDType>(
  bytes: Uint8Array,
  { format, shape, offset }: Header,
  dtype: T,
  divide: number
): Tensor<number[], T> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const target = allocate<'i32' | FloatDType>(dtype, size(shape))
  // both operands are exact in float64, so storing the quotient rounds once
  const divisor = dtype === 'f32' ? Math.fround(divide) : divide
  for (let i = 0; i < target.length; i++) {
    const element = format.read(view, offset + i * format.width)
    // eslint-disable-next-line functional/immutable-data -- filling the buffer allocated above
    target[i] = divisor === 1 ? element : (dtype === 'f32' ? Math.fround(element) : element) / divisor
  }
  // the buffer was allocated for dtype
  return fromBuffer(dtype, shape, target as Buffers[T])
}

// constructors

/**
 * The tensor of an idx file.
 *
 * @param options see `IdxOptions`
 * @returns a function of the bytes of the file: the tensor, or what is wrong with them: too few or too many bytes,
 *   another format, or real numbers where whole ones are wanted
 * @example
 * import { parseIdx } from 'gradfold/data'
 * const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9)
 * const labels = parseIdx({ name: 'labels', dtype: 'i32' })(bytes) // Either<DataErrors, Tensor<number[], 'i32'>>
 * @category constructors
 * @since 0.1.0
 */
export const parseIdx = <T extends 'i32' | FloatDType = 'i32' | FloatDType>(options: IdxOptions<T> = {}) => {
  requireKnown('parseIdx', ['name', 'dtype', 'divide'], options)
  const { name = 'idx data', dtype, divide = 1 } = options
  if (!Number.isFinite(divide) || divide === 0) raise(`parseIdx: divide has to be finite and not 0, got ${divide}`)
  if (divide !== 1 && (dtype === undefined || dtype === 'i32'))
    raise(`parseIdx: divide wants dtype 'f32' or 'f64', got ${String(dtype)}`)
  return (bytes: Uint8Array): Either.Either<DataErrors, Tensor<number[], T>> =>
    pipe(
      headerOf(name, bytes),
      Either.flatMap((header) => checkLength(name, bytes, header)),
      Either.flatMap((header): Either.Either<DataErrors, Tensor<number[], T>> =>
        dtype === 'i32' && header.format.natural !== 'i32'
          ? failWith(
              corrupt(name, {
                expected: 'whole numbers',
                actual: `${header.format.name} elements`,
                mend: "read them with dtype 'f32' or 'f64'"
              })
            )
          : // where no type is given T is all of them, and the natural one is among them
            Either.right(elements(bytes, header, dtype ?? (header.format.natural as T), divide))
      )
    )
}
