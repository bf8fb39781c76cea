/**
 * Runs of neighbouring bytes: copied, or filled with one element. Their lengths are known when the code is written.
 *
 * @since 0.1.0
 */
import {
  countUp,
  i32,
  i64,
  memory,
  set,
  v128,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'

/** The widths of elements in bytes. */
export type Width = 1 | 4 | 8

/** From here on `memory.copy`, which is a call out of the module, is faster than a loop. */
const long = 1024

const block = 64

/** Where the pieces of fewer than 16 bytes are, largest first. */
const pieces = (bytes: number): readonly (readonly [size: number, at: number])[] => {
  const found: (readonly [number, number])[] = []
  let at = 0
  for (const size of [8, 4, 2, 1])
    if (bytes - at >= size) {
      found.push([size, at])
      at += size
    }
  return found
}

/** Where the vectors of 16 bytes and more are; the last may overlap the one before it. */
const vectors = (bytes: number): readonly number[] =>
  Array.from({ length: Math.ceil(bytes / 16) }, (_, i) => Math.min(16 * i, bytes - 16))

/** A loop over whole blocks, then the rest, which may overlap the last block. */
const inBlocks = (
  local: NewLocal,
  bytes: number,
  some: (move: Local<'i32'> | undefined, places: readonly number[]) => readonly Instruction[]
): readonly Instruction[] => {
  if (bytes <= 2 * block) return some(undefined, vectors(bytes))
  const whole = bytes - (bytes % block)
  const at = local('i32')
  const rest = vectors(bytes).filter((place) => place + 16 > whole)
  return [countUp(at, 0, whole, block, some(at, [0, 16, 32, 48])), ...some(undefined, rest)]
}

// copy

const copyPiece = (to: Local<'i32'>, from: Local<'i32'>, size: number, at: number): Instruction<'none'> => {
  switch (size) {
    case 8:
      return i64.store(to, i64.load(from, at), at)
    case 4:
      return i32.store(to, i32.load(from, at), at)
    case 2:
      return i32.store16(to, i32.load16Unsigned(from, at), at)
    default:
      return i32.store8(to, i32.load8Unsigned(from, at), at)
  }
}

/** Copies bytes between places that do not overlap; the pointers stay. */
export const copyRun = (
  local: NewLocal,
  to: Local<'i32'>,
  from: Local<'i32'>,
  bytes: number
): readonly Instruction[] => {
  if (bytes >= long) return [memory.copy(to, from, bytes)]
  if (bytes < 16) return pieces(bytes).map(([size, at]) => copyPiece(to, from, size, at))
  const [there, here] = [local('i32'), local('i32')]
  return inBlocks(local, bytes, (move, places) =>
    move === undefined
      ? places.map((place) => v128.store(to, v128.load(from, place), place))
      : [
          set(there, i32.add(to, move)),
          set(here, i32.add(from, move)),
          ...places.map((place) => v128.store(there, v128.load(here, place), place))
        ]
  )
}

// fill

/** One element in all lanes, as a variable. */
export const splat = (width: Width, from: Instruction<'i32'>): Instruction<'v128'> =>
  width === 1 ? v128.load8Splat(from) : width === 4 ? v128.load32Splat(from) : v128.load64Splat(from)

const storePiece = (to: Local<'i32'>, vector: Local<'v128'>, size: number, at: number): Instruction<'none'> => {
  switch (size) {
    case 8:
      return v128.store64Lane(to, vector, 0, at)
    case 4:
      return v128.store32Lane(to, vector, 0, at)
    case 2:
      return v128.store16Lane(to, vector, 0, at)
    default:
      return v128.store8Lane(to, vector, 0, at)
  }
}

/** Fills bytes with an element that is in all lanes of a vector; the pointer stays. */
export const fillRun = (
  local: NewLocal,
  to: Local<'i32'>,
  vector: Local<'v128'>,
  bytes: number
): readonly Instruction[] => {
  if (bytes < 16) return pieces(bytes).map(([size, at]) => storePiece(to, vector, size, at))
  const there = local('i32')
  return inBlocks(local, bytes, (move, places) =>
    move === undefined
      ? places.map((place) => v128.store(to, vector, place))
      : [set(there, i32.add(to, move)), ...places.map((place) => v128.store(there, vector, place))]
  )
}

// one element

/** Copies one element, each at an offset. */
export const copyElement = (
  width: Width,
  to: Local<'i32'>,
  from: Local<'i32'>,
  toOffset = 0,
  fromOffset = 0
): Instruction<'none'> => {
  switch (width) {
    case 1:
      return i32.store8(to, i32.load8Unsigned(from, fromOffset), toOffset)
    case 4:
      return i32.store(to, i32.load(from, fromOffset), toOffset)
    case 8:
      return i64.store(to, i64.load(from, fromOffset), toOffset)
  }
}
