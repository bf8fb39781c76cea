import * as fc from 'fast-check'
import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parseIdx, showErrors, type DataError } from '../../lib/data/index.ts'
import { toFlatArray, type AnyTensor } from '../../lib/tensor/index.ts'
import { idxBytes } from './idx.ts'

const read = (result: Either.Either<unknown, AnyTensor>): unknown =>
  Either.isRight(result)
    ? { shape: result.right.shape, dtype: result.right.dtype, values: toFlatArray(result.right) }
    : result.left

const errorOf = (result: Either.Either<readonly DataError[], AnyTensor>): Partial<DataError> =>
  Either.isLeft(result) ? (result.left[0] ?? {}) : {}

describe('parseIdx', () => {
  it('reads what was written, for every element type', () => {
    const cases = [
      ['u8', 'i32', fc.integer({ min: 0, max: 255 })],
      ['i8', 'i32', fc.integer({ min: -128, max: 127 })],
      ['i16', 'i32', fc.integer({ min: -32768, max: 32767 })],
      ['i32', 'i32', fc.integer()],
      ['f32', 'f32', fc.float()],
      ['f64', 'f64', fc.double()]
    ] as const
    cases.forEach(([type, dtype, element]) => {
      fc.assert(
        fc.property(
          fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
          fc.infiniteStream(element),
          (shape, stream) => {
            const values = [...stream.take(shape.reduce((product, n) => product * n, 1))]
            expect(read(parseIdx()(idxBytes(type, shape, values)))).toEqual({ shape, dtype, values })
          }
        ),
        { numRuns: 30 }
      )
    })
  })

  it('converts to the wanted type and divides once', () => {
    const bytes = idxBytes('u8', [3], [0, 51, 255])
    expect(read(parseIdx({ dtype: 'f32', divide: 255 })(bytes))).toEqual({
      shape: [3],
      dtype: 'f32',
      values: [0, Math.fround(51 / 255), 1]
    })
    expect(read(parseIdx({ dtype: 'f64', divide: 255 })(bytes))).toEqual({
      shape: [3],
      dtype: 'f64',
      values: [0, 0.2, 1]
    })
    expect(errorOf(parseIdx({ dtype: 'i32', name: 'x' })(idxBytes('f32', [1], [1]))).message).toBe(
      "x: expected whole numbers, got f32 elements; read them with dtype 'f32' or 'f64'"
    )
    expect(() => parseIdx({ divide: 255 })).toThrow("parseIdx: divide wants dtype 'f32' or 'f64', got undefined")
    expect(() => parseIdx({ dtype: 'f32', divide: 0 })).toThrow('parseIdx: divide has to be finite and not 0, got 0')
  })

  it('divides every byte by 255 exactly as float64 does, and rounds that once for float32', () => {
    const pixels = Array.from({ length: 256 }, (_, i) => i)
    const bytes = idxBytes('u8', [256], pixels)
    const exact = pixels.map((pixel) => pixel / 255)
    expect(read(parseIdx({ dtype: 'f64', divide: 255 })(bytes))).toMatchObject({ values: exact })
    expect(read(parseIdx({ dtype: 'f32', divide: 255 })(bytes))).toMatchObject({ values: exact.map(Math.fround) })
  })

  it('reads bytes that lie inside a larger buffer', () => {
    const bytes = idxBytes('i32', [2], [1, -2])
    const larger = new Uint8Array(bytes.length + 5)
    larger.set(bytes, 3)
    expect(read(parseIdx()(larger.subarray(3, 3 + bytes.length)))).toEqual({
      shape: [2],
      dtype: 'i32',
      values: [1, -2]
    })
  })

  it('says how many bytes are missing, wherever the file is cut', () => {
    const bytes = idxBytes('u8', [2, 3], [1, 2, 3, 4, 5, 6])
    Array.from({ length: bytes.length }, (_, i) => i).forEach((length) => {
      const error = errorOf(parseIdx({ name: 'images' })(bytes.subarray(0, length)))
      expect(error.tag).toBe('Truncated')
      expect(error).toMatchObject({ file: 'images', actual: length })
    })
    expect(errorOf(parseIdx({ name: 'images' })(bytes.subarray(0, 15))).message).toBe(
      'images: expected 18 bytes for an idx header of 12 and 2 x 3 elements of 1, got 15; the file is cut off, fetch it again'
    )
  })

  it('refuses another format, and bytes after the last element', () => {
    expect(errorOf(parseIdx({ name: 'page' })(new TextEncoder().encode('<html>'))).message).toBe(
      'page: expected an idx file, which begins with 00 00, an element type (08, 09, 0b, 0c, 0d, 0e) and the rank, got 3c 68 74 6d'
    )
    expect(errorOf(parseIdx()(Uint8Array.of(0x1f, 0x8b, 8, 0))).message).toContain(
      'it is compressed with gzip, unpack it first'
    )
    expect(errorOf(parseIdx()(Uint8Array.of(0, 0, 7, 0))).tag).toBe('Corrupt')
    expect(errorOf(parseIdx({ name: 'x' })(Uint8Array.of(...idxBytes('u8', [1], [1]), 0))).message).toBe(
      'x: expected 9 bytes for an idx header of 8 and 1 elements of 1, got 10'
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, likely) => {
        const header = likely ? Uint8Array.of(0, 0, 8, ...bytes) : bytes
        const result = parseIdx()(header)
        expect(Either.isRight(result) || showErrors(result.left).length > 0).toBe(true)
      })
    )
  })
})
