/**
 * The data of the benchmarks: the same numbers for us and for every peer in JavaScript (peers/data.mjs).
 */

/** The next state of a linear congruential generator (Numerical Recipes), in 32 bits. */
const next = (state: number): number => (Math.imul(state, 1664525) + 1013904223) >>> 0

/** A uniform number in [0, 1) for each of n places, always the same for a seed. */
const fractions = (n: number, seed: number): Float64Array => {
  const numbers = new Float64Array(n)
  for (let i = 0, state = seed >>> 0; i < n; i++) {
    state = next(state)
    numbers[i] = state / 4294967296
  }
  return numbers
}

/** Uniform numbers in [−scale, scale). */
export const values = (n: number, scale: number, seed: number): Float32Array =>
  Float32Array.from(fractions(n, seed), (fraction) => (fraction - 0.5) * 2 * scale)

/** Classes 0 … classes − 1. */
export const classes = (n: number, count: number, seed: number): Int32Array =>
  Int32Array.from(fractions(n, seed), (fraction) => Math.floor(fraction * count))
