/**
 * The examples, on both engines at once: every output of every program, in every step.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import * as curve from '../../../examples/curve.ts'
import * as digits from '../../../examples/digits.ts'
import * as expressionGraph from '../../../examples/expression-graph.ts'
import * as forwardPass from '../../../examples/forward-pass.ts'
import * as gradientFlow from '../../../examples/gradient-flow.ts'
import * as linearRegression from '../../../examples/linear-regression.ts'
import * as mnist from '../../../examples/mnist.ts'
import * as workedExample from '../../../examples/worked-example.ts'
import * as xor from '../../../examples/xor.ts'
import { defaultEngine } from '../../../lib/engine/default.ts'
import { firstOf, images } from '../../examples/mnist-data.ts'
import type { Comparing } from './comparing.ts'

// the examples name no engine: the one that is used where none is given compares two
vi.mock('../../../lib/engine/default.ts', async () => {
  const { comparing } = await vi.importActual<typeof import('./comparing.ts')>('./comparing.ts')
  return { defaultEngine: comparing() }
})

const { compared } = defaultEngine as Comparing

/** Runs an example and gives how much of it was compared. */
const comparedIn = async (example: () => unknown): Promise<{ readonly runs: number; readonly steps: number }> => {
  const before = compared()
  const outcome = await example()
  // an example that fails gives a sentence
  if (typeof outcome === 'object' && outcome !== null && '_tag' in outcome)
    expect(Either.isRight(outcome as Either.Either<unknown, unknown>)).toBe(true)
  const { runs, steps } = compared()
  return { runs: runs - before.runs, steps: steps - before.steps }
}

describe('the examples have the same bits on both engines', () => {
  it.each([
    ['xor', xor.main, 142],
    ['curve', () => curve.main(8), 56],
    ['linear regression', () => linearRegression.descend(40, 7, 0.05), 300],
    ['worked example', () => workedExample.main(40), 123]
  ] as const)('%s', async (_, main, steps) => {
    const counts = await comparedIn(main)
    expect(counts.steps + counts.runs).toBeGreaterThanOrEqual(steps)
  })

  it.each([
    ['forward pass', forwardPass.main],
    ['expression graph', expressionGraph.main],
    ['gradient flow', () => gradientFlow.main()]
  ] as const)('%s', async (_, main) => {
    expect((await comparedIn(main)).runs).toBeGreaterThan(0)
  })

  it('mnist and digits, on a few images', async () => {
    const few = firstOf(await images(), 200, 100)
    expect((await comparedIn(() => mnist.train(few, () => undefined))).steps).toBeGreaterThanOrEqual(6)
    expect((await comparedIn(() => digits.train(few, { epochs: 1, examples: 200 }))).steps).toBeGreaterThanOrEqual(6)
  })
})
