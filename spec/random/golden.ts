/**
 * The golden vectors of random numbers: one entry for each draw, in the default (partitionable) mode.
 */
import { readFileSync } from 'node:fs'
import { bufferOf } from '../../lib/tensor/internal.ts'
import type { AnyTensor } from '../../lib/tensor/index.ts'
import { fromBuffer } from '../../lib/tensor/internal.ts'
import type { Key } from '../../lib/random/index.ts'

export interface Vector {
  readonly key: readonly [number, number]
  readonly sampler: string
  readonly args: Readonly<Record<string, unknown>>
  readonly shape: readonly number[]
  readonly mode?: string
  readonly encoding: string
  /** a list; of a hash, its digits */
  readonly expect: readonly (number | string | readonly number[])[]
}

interface Golden {
  readonly keys: readonly { readonly seed: number; readonly x64: boolean; readonly expect: readonly number[] }[]
  readonly vectors: readonly Vector[]
  readonly blockCiphers: readonly {
    readonly cipher: string
    readonly rounds: number
    readonly counter: readonly string[]
    readonly key: readonly string[]
    readonly expect: readonly string[]
  }[]
  readonly exhaustive: readonly { readonly expect: string }[]
}

export const golden = JSON.parse(readFileSync(new URL('../golden/random.json', import.meta.url), 'utf8')) as Golden

/** The vectors of a sampler in the default mode; there has to be one. */
export const vectorsOf = (sampler: string): readonly Vector[] => {
  const found = golden.vectors.filter((vector) => vector.sampler === sampler && vector.mode !== 'original')
  if (found.length === 0) throw new Error(`no golden vector of ${sampler}`)
  return found
}

/** A key of two words. */
export const keyOf = ([high, low]: readonly [number, number]): Key => fromBuffer('u32', [2], Uint32Array.of(high, low))

/** A number among the arguments of a vector. */
export const numberIn = (vector: Vector, name: string): number => {
  const value = vector.args[name]
  if (typeof value !== 'number') throw new Error(`${name} is not a number`)
  return value
}

const hex = (word: number): string => word.toString(16).padStart(8, '0')

/** The elements of a tensor as the golden file writes them: floats as bit patterns. */
export const written = (tensor: AnyTensor): readonly (number | string)[] => {
  const buffer = bufferOf(tensor)
  return buffer instanceof Float32Array
    ? Array.from(new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length), hex)
    : Array.from(buffer)
}

/** The hash of a stream of words that the golden file uses. */
export const streamHash = (words: Iterable<number>): string => {
  let hash = 0x811c9dc5
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193)
    hash ^= hash >>> 15
  }
  return hex(hash >>> 0)
}
