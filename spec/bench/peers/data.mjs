/** The data of the benchmarks: the same numbers as ../data.ts. */

/** A uniform number in [0, 1) for each of n places, by a linear congruential generator (Numerical Recipes). */
const fractions = (n, seed) => {
  const numbers = new Float64Array(n)
  for (let i = 0, state = seed >>> 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    numbers[i] = state / 4294967296
  }
  return numbers
}

/** Uniform numbers in [−scale, scale). */
export const values = (n, scale, seed) => Float32Array.from(fractions(n, seed), (x) => (x - 0.5) * 2 * scale)

/** Classes 0 … count − 1. */
export const classes = (n, count, seed) => Int32Array.from(fractions(n, seed), (x) => Math.floor(x * count))

/** Rows with a one in the place of the class. */
export const oneHot = (labels, count) => {
  const rows = new Float32Array(labels.length * count)
  labels.forEach((label, i) => (rows[i * count + label] = 1))
  return rows
}

export const size = (shape) => shape.reduce((product, n) => product * n, 1)
