/**
 * The long examples in full, on both engines at once.
 */
import * as Either from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import * as curve from '../../../examples/curve.ts'
import * as digits from '../../../examples/digits.ts'
import * as linearRegression from '../../../examples/linear-regression.ts'
import { expected } from '../../../examples/mnist.expected.ts'
import * as mnist from '../../../examples/mnist.ts'
import * as workedExample from '../../../examples/worked-example.ts'
import { defaultEngine } from '../../../lib/engine/default.ts'
import { images } from '../../examples/mnist-data.ts'
import { right } from '../../examples/right.ts'
import type { Comparing } from './comparing.ts'

// the examples name no engine: the one that is used where none is given compares two
vi.mock('../../../lib/engine/default.ts', async () => {
  const { comparing } = await vi.importActual<typeof import('./comparing.ts')>('./comparing.ts')
  return { defaultEngine: comparing() }
})

const { compared } = defaultEngine as Comparing

describe('the examples in full have the same bits on both engines', () => {
  it.each([
    ['curve', () => curve.main(), 2800],
    ['linear regression', linearRegression.main, 50_000],
    ['worked example', () => workedExample.main(), 30_000]
  ] as const)('%s', (_, main, steps) => {
    const before = compared().steps
    expect(Either.isRight(main() as Either.Either<unknown, unknown>)).toBe(true)
    expect(compared().steps - before).toBeGreaterThanOrEqual(steps)
  })

  it('the main job, to the promised hash', async () => {
    const before = compared().steps
    const { accuracy, hash } = right(mnist.train(await images(), () => undefined))
    expect({ accuracy, hash }).toEqual(expected)
    expect(compared().steps - before).toBe(1875)
  })

  it('digits, one epoch', async () => {
    const before = compared().steps
    right(digits.train(await images(), { epochs: 1, examples: 60_000 }))
    expect(compared().steps - before).toBe(1875)
  })
})
