/**
 * Reverse mode: linearise, then transpose.
 *
 * @since 0.1.0
 */
import { inputValue, type Value } from '../expr/internal.ts'
import { hasTangent, type Tangent } from './build.ts'
import { differentiate } from './differentiate.ts'
import { defined, place } from './parts.ts'
import { transposeGraph } from './transposition.ts'

export interface PullBack {
  readonly primals: readonly Value[]
  /** from cotangents of the results to cotangents of the inputs */
  readonly backward: (cotangents: readonly Tangent[]) => readonly Tangent[]
}

/** The results at the inputs, and the transpose of their derivative there. */
export const pullBack = (inputs: readonly Value[], results: readonly Value[]): PullBack => {
  const tangentInputs = inputs.map((input): Tangent => (hasTangent(input) ? inputValue(input) : undefined))
  const { primals, tangents } = differentiate(inputs, tangentInputs, results, 'linear')
  return {
    primals,
    backward: (cotangents) =>
      place(inputs.map(hasTangent), transposeGraph(defined(tangentInputs), tangents, cotangents))
  }
}
