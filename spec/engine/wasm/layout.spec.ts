/**
 * Weights in panels: folds have the reference engine's bits in every step, and so has whatever somebody looks at.
 */
import * as Either from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iterate } from '../../../lib/engine/iterate.ts'
import { reference, wasm, type Engine } from '../../../lib/engine/index.ts'
import { executableOf } from '../../../lib/engine/wasm/executable.ts'
import { imageOf, type Image } from '../../../lib/engine/wasm/image.ts'
import { mayPack } from '../../../lib/engine/wasm/passes/layout.ts'
import { add, matmul, program, transpose } from '../../../lib/expr/index.ts'
import type { AnyExpr } from '../../../lib/expr/internal.ts'
import { dense, input, network, relu } from '../../../lib/network/index.ts'
import { sparseSoftmaxCrossEntropy } from '../../../lib/objective/index.ts'
import { key } from '../../../lib/random/index.ts'
import { fromArray, hashTree, slot, type AnyTensor } from '../../../lib/tensor/index.ts'
import * as Training from '../../../lib/training/index.ts'
import { optimizers } from '../../optimizer/table.ts'
import { comparing } from './comparing.ts'
import { difference } from './same.ts'

/** How many inputs of each iteration are in panels. */
interface Packing extends Engine {
  readonly packed: readonly number[]
}

/** Types say nothing of sizes that are not known. */
const times = (x: AnyExpr, w: AnyExpr): AnyExpr => matmul(w as never)(x as never)

/** An engine that keeps in panels whatever can be, whether that pays or not. */
const packing = (): Packing => {
  const packed: number[] = []
  return {
    name: 'packing',
    packed,
    compile: (source) =>
      executableOf(
        source,
        (made, feedback): Image => {
          if (feedback === undefined) return imageOf(made)
          const image = imageOf(made, undefined, { feedback, isWorth: () => true })
          packed.push(image.packedInputs.filter(Boolean).length)
          return image
        },
        undefined,
        true
      )
  }
}

const batchOf = (rows: number, columns: number, classes: number, seed: number) => ({
  inputs: fromArray(
    Array.from({ length: rows * columns }, (_, i) => (((i + seed) * 7919) % 1000) / 500 - 1),
    [rows, columns]
  ),
  labels: fromArray(
    Array.from({ length: rows }, (_, i) => (i + seed) % classes),
    [rows],
    'i32'
  )
})

/** A classifier of so many inputs, hidden units and classes. Types say nothing of sizes that are not known. */
const trainingOf = (sizes: readonly number[], optimizer: string, engine: Engine) => {
  const [first, ...others] = sizes
  const layers = others.flatMap((units, i) => (i < others.length - 1 ? [dense(units), relu] : [dense(units)]))
  return Training.make({
    network: (network as unknown as (...list: readonly unknown[]) => never)(input(first!), ...layers),
    loss: sparseSoftmaxCrossEntropy,
    optimizer: optimizers[optimizer] as never,
    engine
  }) as unknown as Running
}

type Running = Training.AnyTraining & {
  readonly init: (from: unknown) => unknown
  readonly step: (state: unknown, batch: unknown) => Either.Either<unknown, { readonly state: Training.AnyState }>
}

type Outcome = Either.Either<{ readonly message: string }, Training.AnyState>

const folded = (training: Training.AnyTraining, start: unknown, list: readonly unknown[]): Training.AnyState => {
  const run = Training.fold(training, start as never) as unknown as (batches: readonly unknown[]) => Outcome
  const outcome = run(list)
  if (Either.isLeft(outcome)) throw new Error(outcome.left.message)
  return outcome.right
}

const batchesOf = (sizes: readonly number[], rows: number, count: number, seed = 0) =>
  Array.from({ length: count }, (_, i) => batchOf(rows, sizes[0]!, sizes.at(-1)!, seed + i))

const hashOf = ({ params, optState }: Training.AnyState): string => hashTree({ params, optState } as never)

const ragged = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 3, maxLength: 4 })

describe('a fold with weights in panels', () => {
  it.each([
    ['adam', [7, 13, 5], 1],
    ['adam', [7, 13, 9], 2],
    ['gradientDescent', [20, 9, 9, 3], 2],
    ['gradientDescent', [17, 8, 24, 11], 3],
    ['momentum, classical', [33, 16, 10], 2],
    ['nesterov, rate inside', [7, 13, 9], 2],
    ['rmsProp, centered with momentum', [20, 9, 9], 2],
    ['adam, amsgrad raw', [7, 13, 9], 2]
  ] as const)('by %s of %j has the same bits in every step', (optimizer, sizes, weights) => {
    const engine = packing()
    const checked = comparing(engine)
    const training = trainingOf(sizes, optimizer, checked)
    folded(training, training.init(key(3)), batchesOf(sizes, 6, 4))
    expect(checked.compared().steps).toBe(4)
    // each weight with at least eight columns, and its moments
    const moments = { adam: 2, gradientDescent: 0, 'adam, amsgrad raw': 3, 'rmsProp, centered with momentum': 3 }
    const each = 1 + ((moments as Readonly<Record<string, number>>)[optimizer] ?? 1)
    expect(engine.packed).toStrictEqual([weights * each])
  })

  it('of any size by any optimizer has the same bits in every step', () => {
    let packed = 0
    fc.assert(
      fc.property(
        ragged,
        fc.constantFrom(...Object.keys(optimizers)),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(1000),
        (sizes, optimizer, rows, seed) => {
          const engine = packing()
          const training = trainingOf(sizes, optimizer, comparing(engine))
          folded(training, training.init(key(seed)), batchesOf(sizes, rows, 3, seed))
          packed += engine.packed.reduce((sum, n) => sum + n, 0)
        }
      ),
      { numRuns: 40 }
    )
    expect(packed).toBeGreaterThan(20)
  })

  it('goes on from a snapshot, and where batches get another shape', () => {
    const sizes = [20, 9, 9, 3]
    const list = [...batchesOf(sizes, 6, 3), ...batchesOf(sizes, 5, 2), ...batchesOf(sizes, 6, 2)]
    const ends = [reference, packing(), wasm()].map((engine) => {
      const training = trainingOf(sizes, 'adam', engine)
      const start = training.init(key(5))
      const whole = folded(training, start, list)
      const parts = folded(training, folded(training, start, list.slice(0, 2)), list.slice(2))
      expect(hashOf(parts)).toBe(hashOf(whole))
      return hashOf(whole)
    })
    expect(new Set(ends).size).toBe(1)
  })
})

describe('the engine', () => {
  it('has the same bits where it keeps large weights in panels, in steps and in runs', () => {
    const sizes = [300, 128, 10]
    const list = batchesOf(sizes, 128, 3)
    const [expected, found] = [reference, wasm()].map((engine) => {
      const training = trainingOf(sizes, 'adam', engine)
      const start = training.init(key(1))
      const stepped = Either.getOrElseW(() => undefined)(training.step(start, list[0]))
      return [hashOf(folded(training, start, list)), hashOf(stepped!.state)]
    })
    expect(found).toStrictEqual(expected)
  })

  it('thinks of panels only where a large matrix becomes another', () => {
    const of = (n: number) =>
      program((w: never, x: never) => add(times(x, w) as never)(w) as never)(
        slot([n, n], 'f32') as never,
        slot([n, n], 'f32') as never
      )
    expect(mayPack(of(16))).toBe(false)
    expect(mayPack(of(256))).toBe(true)
  })
})

describe('an iteration', () => {
  it('shows what it feeds back as it was given, before and after steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 8, max: 30 }), (rows, columns) => {
        const of = (n: number, m: number, from: number): AnyTensor =>
          fromArray(
            Array.from({ length: n * m }, (_, i) => ((i * 31 + from) % 17) / 16),
            [n, m]
          )
        const step = program((w: never, x: never) => {
          const turned = transpose(1, 0) as unknown as (self: AnyExpr) => never
          const y = times(x, w)
          return [add(times(turned(x), y) as never)(w), times(y, turned(w))] as never
        })(slot([rows, columns], 'f32') as never, slot([5, rows], 'f32') as never)
        const start = [of(rows, columns, 1), of(5, rows, 2)]
        const feedback = [{ input: 0, output: 0 }]
        const engine = packing()
        const [right, other] = [reference, engine].map((each) => iterate(each.compile(step), feedback, start))
        const same = (expected: AnyTensor, found: AnyTensor) => expect(difference([expected], [found])).toBeUndefined()
        same(right!.input(0), other!.input(0))
        for (let i = 0; i < 3; i += 1) {
          right!.step()
          other!.step()
          for (const output of [0, 1]) same(right!.output(output), other!.output(output))
          same(right!.input(0), other!.input(0))
          same(right!.previous(0), other!.previous(0))
          expect(other!.number(0)).toBe(right!.number(0))
        }
        expect(engine.packed).toStrictEqual([1])
      }),
      { numRuns: 30 }
    )
  })
})
