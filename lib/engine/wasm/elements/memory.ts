/**
 * Elements between memory and registers, four at a time.
 *
 * What is loaded is kept in new variables, so that it may be used any number of times. Addresses are i32 variables (or
 * constants), offsets and steps are bytes that are known when the code is written. Nothing is stored beyond the elements
 * that are asked for; loads may read up to 16 bytes more.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import { i16x8, i32, i32x4, i8x16, v128, type Instruction, type Operand } from '../assembler/index.ts'
import { bytesOf, kept, type Quad, type Writer } from '../quad.ts'

type Vector = Instruction<'v128'>
type Address = Operand<'i32'>

/** How many of the four elements there are, from the first. */
export type Count = 1 | 2 | 3 | 4

// constants

/** One number four times; for bool anything but 0 is true. */
export const constantQuad = (dtype: DType, value: number): Quad => {
  switch (dtype) {
    case 'f32':
      return [v128.constantF32(value)]
    case 'f64':
      return [v128.constantF64(value), v128.constantF64(value)]
    case 'i32':
    case 'u32':
      return [v128.constantI32(value)]
    case 'bool':
      return [v128.constantI32(value === 0 ? 0 : -1)]
  }
}

// contiguous

/** Four neighbours. */
export const loadQuad = (writer: Writer, dtype: DType, address: Address, offset = 0): Quad =>
  loadPart(writer, dtype, address, offset, 4)

/** The first `count` of four neighbours; the others are whatever is there, or zeros. */
export const loadPart = (writer: Writer, dtype: DType, address: Address, offset: number, count: Count): Quad => {
  switch (dtype) {
    case 'f32':
    case 'i32':
    case 'u32':
      return kept(writer, [v128.load(address, offset)])
    case 'f64':
      return kept(writer, [
        count === 1 ? v128.load64Zero(address, offset) : v128.load(address, offset),
        count <= 2 ? v128.constantF64(0) : v128.load(address, offset + 16)
      ])
    case 'bool':
      return kept(writer, [masksOf(i32x4.extendLowUnsigned(v128.load8x8Unsigned(address, offset)))])
  }
}

export const storeQuad = (writer: Writer, dtype: DType, address: Address, offset: number, quad: Quad): void => {
  storePart(writer, dtype, address, offset, quad, 4)
}

/** Stores the first `count` elements and touches nothing else. */
export const storePart = (
  writer: Writer,
  dtype: DType,
  address: Address,
  offset: number,
  quad: Quad,
  count: Count
): void => {
  const { write } = writer
  const [low, high] = quad as readonly [Vector, Vector]
  switch (dtype) {
    case 'f32':
    case 'i32':
    case 'u32':
      if (count === 4) write(v128.store(address, low, offset))
      if (count === 2 || count === 3) write(v128.store64Lane(address, low, 0, offset))
      if (count === 1 || count === 3) write(v128.store32Lane(address, low, count - 1, offset + 4 * (count - 1)))
      return
    case 'f64':
      write(count === 1 ? v128.store64Lane(address, low, 0, offset) : v128.store(address, low, offset))
      if (count === 3) write(v128.store64Lane(address, high, 0, offset + 16))
      if (count === 4) write(v128.store(address, high, offset + 16))
      return
    case 'bool': {
      const [bytes] = kept(writer, [bytesOfMasks(low)]) as readonly [Vector]
      if (count === 4) write(v128.store32Lane(address, bytes, 0, offset))
      if (count === 2 || count === 3) write(v128.store16Lane(address, bytes, 0, offset))
      if (count === 1 || count === 3) write(v128.store8Lane(address, bytes, count - 1, offset + count - 1))
    }
  }
}

// one element, or apart

/** One element four times. */
export const splatQuad = (writer: Writer, dtype: DType, address: Address, offset = 0): Quad => {
  switch (dtype) {
    case 'f32':
    case 'i32':
    case 'u32':
      return kept(writer, [v128.load32Splat(address, offset)])
    case 'f64': {
      const [both] = kept(writer, [v128.load64Splat(address, offset)]) as readonly [Vector]
      return [both, both]
    }
    case 'bool':
      return kept(writer, [i8x16.negate(v128.load8Splat(address, offset))])
  }
}

/** The first `count` of four elements that are `step` bytes apart; the step may be negative, the others are zeros. */
export const gatherQuad = (
  writer: Writer,
  dtype: DType,
  address: Address,
  offset: number,
  step: number,
  count: Count = 4
): Quad => {
  if (step === 0) return splatQuad(writer, dtype, address, offset)
  if (step === bytesOf(dtype)) return loadPart(writer, dtype, address, offset, count)
  if (step === -bytesOf(dtype) && count === 4) return reversedQuad(writer, dtype, address, offset)
  const place = (index: number): readonly [Address, number] => placeOf(address, offset + index * step)
  const after = [1, 2, 3].slice(0, count - 1)
  switch (dtype) {
    case 'f32':
    case 'i32':
    case 'u32':
      return kept(writer, [after.reduce((vector, i) => loadLane32(place(i), vector, i), v128.load32Zero(...place(0)))])
    case 'f64':
      return kept(
        writer,
        [0, 2].map((first) => {
          if (first >= count) return v128.constantF64(0)
          const low = v128.load64Zero(...place(first))
          if (first + 1 >= count) return low
          const [base, displacement] = place(first + 1)
          return v128.load64Lane(base, low, 1, displacement)
        })
      )
    case 'bool':
      return kept(writer, [
        masksOf([0, ...after].reduce((vector, i) => loadLane8(place(i), vector, 4 * i), v128.constantI32(0)))
      ])
  }
}

// internal

/** Address and offset of a place whose offset may be negative, which an instruction cannot hold. */
const placeOf = (address: Address, offset: number): readonly [Address, number] =>
  offset < 0 ? [i32.add(address, offset), 0] : [address, offset]

const loadLane32 = ([address, offset]: readonly [Address, number], vector: Vector, lane: number): Vector =>
  v128.load32Lane(address, vector, lane, offset)

const loadLane8 = ([address, offset]: readonly [Address, number], vector: Vector, lane: number): Vector =>
  v128.load8Lane(address, vector, lane, offset)

/** Four neighbours, the last first; the offset is that of the last. */
const reversedQuad = (writer: Writer, dtype: DType, address: Address, offset: number): Quad => {
  const quad = loadQuad(writer, dtype, ...placeOf(address, offset - 3 * bytesOf(dtype)))
  return kept(
    writer,
    quad.map((vector) => v128.shuffle32(vector, vector, dtype === 'f64' ? [2, 3, 0, 1] : [3, 2, 1, 0])).toReversed()
  )
}

/** Lanes of 1 and 0 as masks. */
const masksOf = (ones: Vector): Vector => i32x4.negate(ones)

/** Four masks as the bytes 1 and 0, in the low four bytes of a vector. */
const bytesOfMasks = (masks: Vector): Vector => {
  const words = i16x8.narrowSigned(i32x4.abs(masks), v128.constantI32(0))
  return i8x16.narrowSigned(words, v128.constantI32(0))
}
