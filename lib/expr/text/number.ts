/**
 * Numbers in text: the shortest decimals that read back to the same bits.
 *
 * @since 0.1.0
 */
import * as Either from 'fp-ts/lib/Either.js'
import type { Buffers, DType } from '../../tensor/index.ts'

// model

/** How the elements of one type are written and read. */
export interface Notation<T extends DType> {
  readonly show: (element: number) => string
  /** The element that a number stands for, or why there is none. */
  readonly read: (written: number | boolean) => Either.Either<string, number>
  readonly store: (elements: readonly number[]) => Buffers[T]
}

// constructors

/** The names of the numbers that have no digits. */
const named = (x: number): string | undefined =>
  Number.isNaN(x) ? 'nan' : x === Infinity ? 'inf' : x === -Infinity ? '-inf' : Object.is(x, -0) ? '-0' : undefined

const showFloat64 = (x: number): string => named(x) ?? String(x)

/** Nine significant digits tell any two float32 apart. */
const precisions = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

const showFloat32 = (x: number): string => {
  const digits = precisions.find((precision) => Math.fround(Number(x.toPrecision(precision))) === x)
  return named(x) ?? String(digits === undefined ? x : Number(x.toPrecision(digits)))
}

const readFloat =
  (dtype: 'f32' | 'f64', round: (x: number) => number) =>
  (written: number | boolean): Either.Either<string, number> => {
    if (typeof written === 'boolean') return Either.left(`expected a number for ${dtype}, got ${String(written)}`)
    const x = round(written)
    return Number.isFinite(written) && !Number.isFinite(x)
      ? Either.left(`${written} is beyond the range of ${dtype}; write inf or -inf for an infinity`)
      : Either.right(x)
  }

const readInteger =
  (dtype: 'i32' | 'u32', least: number, greatest: number) =>
  (written: number | boolean): Either.Either<string, number> =>
    typeof written === 'number' &&
    Number.isInteger(written) &&
    !Object.is(written, -0) &&
    written >= least &&
    written <= greatest
      ? Either.right(written)
      : Either.left(
          `expected an integer from ${least} to ${greatest} for ${dtype}, got ${showFloat64(Number(written))}`
        )

const readBool = (written: number | boolean): Either.Either<string, number> =>
  typeof written === 'boolean'
    ? Either.right(written ? 1 : 0)
    : Either.left(`expected true or false for bool, got ${showFloat64(written)}`)

/** The notation of each element type. */
export const notation: { readonly [T in DType]: Notation<T> } = {
  f32: { show: showFloat32, read: readFloat('f32', Math.fround), store: (list) => Float32Array.from(list) },
  f64: { show: showFloat64, read: readFloat('f64', (x) => x), store: (list) => Float64Array.from(list) },
  i32: { show: String, read: readInteger('i32', -2147483648, 2147483647), store: (list) => Int32Array.from(list) },
  u32: { show: String, read: readInteger('u32', 0, 4294967295), store: (list) => Uint32Array.from(list) },
  bool: { show: (x) => (x === 0 ? 'false' : 'true'), read: readBool, store: (list) => Uint8Array.from(list) }
}

/** A number that is not an element: a parameter. */
export const showNumber = showFloat64
