/**
 * Whole training steps, folded: every output of every step, and so the whole state, has the reference engine's bits.
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches, dataset } from '../../../lib/data/index.ts'
import { reference, wasm, type Engine } from '../../../lib/engine/index.ts'
import { outputShape } from '../../../lib/network/index.ts'
import { halfSquaredError, meanLoss, meanSquaredError, withReduction } from '../../../lib/objective/index.ts'
import { key } from '../../../lib/random/index.ts'
import { hashTree, slot } from '../../../lib/tensor/index.ts'
import { bufferOf, fromBuffer } from '../../../lib/tensor/internal.ts'
import * as Training from '../../../lib/training/index.ts'
import { arbitraryNetwork } from '../../arbitrary/network.ts'
import { tensorOf } from '../../arbitrary/tensor.ts'
import { convolutions, exclusiveOr, recurrent, transformer, twoHidden } from '../../bench/cases.ts'
import { optimizers } from '../../optimizer/table.ts'
import { draw } from '../reference/oracle/draw.ts'
import { comparing } from './comparing.ts'

const sizesOf = (shape: readonly (number | string)[]): readonly number[] => shape.map(Number)

const seeds = fc.nat(1_000_000)

/** Some random examples for a network, and a training of it; types say nothing of random networks. */
const trainings = fc
  .record({
    net: arbitraryNetwork({ maxLength: 4 }),
    optimizer: fc.constantFrom(...Object.values(optimizers)),
    dtype: fc.constantFrom('f32' as const, 'f32' as const, 'f64' as const),
    isSum: fc.boolean(),
    batchSize: fc.integer({ min: 1, max: 5 }),
    seed: seeds
  })
  .map(({ net, optimizer, dtype, isSum, batchSize, seed }) => {
    const numbers = (shape: readonly number[], from: number) =>
      tensorOf(slot(shape, dtype), draw(dtype, shape, from, 'moderate').data)
    const inputs = numbers([7, ...sizesOf(net.input)], seed)
    const labels = numbers([7, ...sizesOf(outputShape(net))], seed + 1)
    // the last batch is smaller, so that another program takes over
    const list = [...batches(dataset(inputs as never, labels as never), { batchSize, key: key(seed), epochs: 2 })]
    const parts = {
      network: net,
      loss: isSum ? withReduction('sum')(halfSquaredError) : meanSquaredError,
      optimizer: optimizer as never,
      metrics: { loss: meanLoss(meanSquaredError) },
      dtype
    }
    return { parts, list, seed }
  })

interface Run {
  readonly parts: Parameters<typeof Training.make>[0]
  readonly list: readonly unknown[]
  readonly seed: number
}

const outcomeOf = ({ parts, list, seed }: Run, engine: NonNullable<Run['parts']['engine']>): string => {
  const training = Training.make({ ...parts, engine } as Parameters<typeof Training.make>[0])
  const fold = Training.fold(training, training.init(key(seed)) as never) as unknown as (
    xs: readonly unknown[]
  ) => Either.Either<Training.Failure<Training.AnyState>, Training.AnyState>
  const folded = fold(list)
  return Either.isLeft(folded)
    ? folded.left.message
    : [folded.right.step, hashTree(folded.right.params as never), hashTree(folded.right.optState as never)].join(' ')
}

describe('a fold of a random network by any optimizer', () => {
  it('has the reference engine’s bits in every step', () => {
    let steps = 0
    fc.assert(
      fc.property(trainings, (run) => {
        const engine = comparing()
        outcomeOf(run as unknown as Run, engine)
        steps += engine.compared().steps
      }),
      { numRuns: 25 }
    )
    expect(steps).toBeGreaterThan(50)
  })

  it('ends in the same state, optimizer’s state and all, or in the same sentence', () => {
    fc.assert(
      fc.property(trainings, (run) => {
        expect(outcomeOf(run as unknown as Run, wasm())).toBe(outcomeOf(run as unknown as Run, reference))
      }),
      { numRuns: 15 }
    )
  })
})

describe('networks of all kinds', () => {
  it.each([
    ['dense layers', exclusiveOr()],
    ['wider dense layers', twoHidden({ batch: 9, hidden: 35 })],
    ['convolutions and pooling', convolutions(3)],
    ['a loop over time (long short-term memory)', recurrent({ batch: 3, time: 7, features: 5, units: 9 })],
    ['attention', transformer({ batch: 2, time: 9, width: 16, heads: 4, feedForward: 24 })]
  ] as const)('with %s have the same bits in every step', (_, make) => {
    const engine = comparing()
    const losses = make(engine).losses(3)
    expect(losses).toHaveLength(3)
    const { runs, steps } = engine.compared()
    expect(runs + steps).toBeGreaterThanOrEqual(3)
  })
})

describe('the comparing engine', () => {
  it('sees one wrong bit in one step', () => {
    const spoilt: Engine = {
      name: 'spoilt',
      compile: (program) => {
        const { run } = wasm().compile(program)
        let count = 0
        return {
          program,
          run: (inputs) => {
            const outputs = run(inputs)
            count += 1
            if (count < 3) return outputs
            const buffer = bufferOf(outputs[0]!).slice()
            new Uint8Array(buffer.buffer)[0]! ^= 1
            return outputs.with(0, fromBuffer(outputs[0]!.dtype, outputs[0]!.shape, buffer as never))
          }
        }
      }
    }
    expect(exclusiveOr()(comparing(spoilt)).losses(2)).toHaveLength(2)
    expect(() => exclusiveOr()(comparing(spoilt)).losses(3)).toThrow(/output 0 .*expected [0-9a-f]{8}/)
  })
})
