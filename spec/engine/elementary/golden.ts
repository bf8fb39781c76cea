/** The golden tables of the float32 functions, and the hash that summarises a function over its inputs. */
import { readFileSync } from 'node:fs'
import { elementary32, type ElementaryName } from '../../../lib/engine/elementary/index.ts'

export type Golden = {
  readonly hashes: ReadonlyArray<{
    readonly f: ElementaryName
    readonly n20: string
    readonly n24: string
    readonly n32: string
  }>
  readonly logTrap: { readonly cases: ReadonlyArray<{ readonly x: string; readonly expect: string }> }
  readonly hard: { readonly cases: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> }
  readonly spot: {
    readonly x: ReadonlyArray<string>
    readonly results: Readonly<Record<string, ReadonlyArray<string>>>
  }
}

export const golden = JSON.parse(
  readFileSync(new URL('../../golden/elementary.json', import.meta.url), 'utf8')
) as Golden

/** The function of a golden file's name; an unknown one fails the test that asks for it. */
export const float32Function = (name: string): ((x: number) => number) => {
  const found = Object.entries(elementary32).find(([key]) => key === name)
  if (found === undefined) throw new Error(`the golden file names ${name}, which is no elementary function`)
  return found[1]
}

/**
 * The hash of `f` over `count` float32 inputs spread over all bit patterns; the multiplier is odd, so that 2^32 of them
 * are every pattern once. The arrays keep the loop free of calls but `f`'s.
 */
export const hashOf = (f: (x: number) => number, count: number): string => {
  const input = new Float32Array(1)
  const inputBits = new Uint32Array(input.buffer)
  const output = new Float32Array(1)
  const outputBits = new Uint32Array(output.buffer)
  let hash = 0x811c9dc5
  for (let index = 0; index < count; index++) {
    inputBits[0] = Math.imul(index, 2654435761)
    const result = f(input[0] ?? NaN)
    output[0] = result
    const bits = result === result ? (outputBits[0] ?? 0) : 0x7fc00000
    hash = Math.imul(hash ^ bits, 0x01000193)
    hash ^= hash >>> 15
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
