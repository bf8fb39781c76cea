import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batches,
  batchesPerEpoch,
  dataset,
  epochOrder,
  start,
  type BatchOptions,
  type Cursor
} from '../../lib/data/index.ts'
import { evaluate } from '../../lib/engine/index.ts'
import { foldIn, key, permutation } from '../../lib/random/index.ts'
import { equals, toFlatArray, zeros } from '../../lib/tensor/index.ts'
import { arbitrarySize, numbered } from './arbitrary.ts'

const arbitraryOptions: fc.Arbitrary<BatchOptions> = fc
  .record({
    batchSize: fc.integer({ min: 1, max: 8 }),
    seed: fc.option(fc.nat()),
    epochs: fc.integer({ min: 0, max: 3 })
  })
  .map(({ batchSize, seed, epochs }) => ({ batchSize, epochs, ...(seed === null ? {} : { key: key(seed) }) }))

/** The batches as plain data: labels and the cursor that follows. */
const run = (
  n: number,
  options: BatchOptions
): readonly { readonly labels: readonly number[]; readonly cursor: Cursor }[] =>
  Array.from(batches(numbered(n), options), ({ labels, cursor }) => ({ labels: toFlatArray(labels), cursor }))

const settings = { numRuns: 60 }

describe('batches', () => {
  it('hold every example once in each epoch, in the order of the epoch', () => {
    fc.assert(
      fc.property(arbitrarySize, arbitraryOptions, (n, options) => {
        const all = run(n, options).flatMap(({ labels }) => labels)
        const { key: root, epochs = 1 } = options
        const expected = Array.from({ length: epochs }, (_, epoch) =>
          root === undefined ? Array.from({ length: n }, (_, i) => i) : toFlatArray(epochOrder(n, root, epoch))
        ).flat()
        expect(all).toEqual(expected)
      }),
      settings
    )
  })

  it('keep inputs and labels together', () => {
    const [batch] = batches(numbered(10), { batchSize: 4, key: key(7) })
    expect(batch?.inputs.shape).toEqual([4, 2])
    expect(batch === undefined ? [] : toFlatArray(batch.inputs)).toEqual(
      batch === undefined ? undefined : toFlatArray(batch.labels).flatMap((label) => [2 * label, 2 * label + 1])
    )
  })

  it('go on from any cursor with exactly the batches that are left', () => {
    fc.assert(
      fc.property(arbitrarySize, arbitraryOptions, fc.boolean(), (n, options, drop) => {
        const settled = { ...options, drop: drop && n >= options.batchSize }
        const all = run(n, settled)
        all.forEach(({ cursor }, i) => {
          expect(run(n, { ...settled, from: cursor })).toEqual(all.slice(i + 1))
        })
        expect(run(n, { ...settled, from: start })).toEqual(all)
      }),
      { numRuns: 25 }
    )
  })

  it('begin again each time they are iterated', () => {
    const all = batches(numbered(7), { batchSize: 3, key: key(1), epochs: 2 })
    const [first, second] = [Array.from(all), Array.from(all)]
    expect(first.length).toBe(6)
    first.forEach((batch, i) => {
      const other = second[i]
      expect(other !== undefined && equals(batch.inputs, other.inputs) && equals(batch.labels, other.labels)).toBe(true)
    })
  })

  it('are made when they are asked for, so that they may be without end', () => {
    const forever = batches(numbered(3), { batchSize: 2, key: key(1), epochs: Infinity })[Symbol.iterator]()
    const cursors = Array.from({ length: 5 }, (): Cursor => {
      const next = forever.next()
      return next.done === true ? start : next.value.cursor
    })
    expect(cursors.at(-1)).toEqual({ epoch: 2, batch: 1 })
  })

  it('keep the last partial batch, or drop it by choice', () => {
    const sizes = (drop: boolean): readonly number[] =>
      run(10, { batchSize: 4, drop }).map(({ labels }) => labels.length)
    expect(sizes(false)).toEqual([4, 4, 2])
    expect(sizes(true)).toEqual([4, 4])
    expect(run(10, { batchSize: 4, drop: true }).at(-1)?.cursor).toEqual({ epoch: 1, batch: 0 })
  })

  it('come in another order in each epoch and for each key', () => {
    const order = (seed: number, epoch: number): string => String(toFlatArray(epochOrder(20, key(seed), epoch)))
    expect(new Set([order(1, 0), order(1, 1), order(2, 0)]).size).toBe(3)
  })

  it('use the permutation of the key folded with data and the epoch', () => {
    expect(equals(epochOrder(50, key(3), 4), evaluate(permutation(50)(foldIn(foldIn(key(3), 'data'), 4))))).toBe(true)
  })

  it('count updates as descent by batch, by example and by mini-batch does', () => {
    expect(batchesPerEpoch(1000, { batchSize: 1000 }) * 50).toBe(50)
    expect(batchesPerEpoch(1000, { batchSize: 1 }) * 50).toBe(50_000)
    expect(batchesPerEpoch(1000, { batchSize: 100 }) * 50).toBe(500)
    expect(run(9, { batchSize: 2, epochs: 4 }).length).toBe(20)
  })

  it('are refused in one sentence where an option is out of range', () => {
    const make = (options: BatchOptions) => (): unknown => batches(numbered(5), options)
    expect(make({ batchSize: 0 })).toThrow('batches: batchSize has to be a whole number of at least 1, got 0')
    expect(make({ batchSize: -3 })).toThrow('got -3')
    expect(make({ batchSize: NaN })).toThrow('got NaN')
    expect(make({ batchSize: 8, drop: true })).toThrow(
      'batches: 5 examples give no whole batch of 8; take a smaller batchSize or keep the last partial batch'
    )
    expect(make({ batchSize: 2, epochs: 0.5 })).toThrow(
      'epochs has to be a whole number of at least 0, or Infinity, got 0.5'
    )
    expect(make({ batchSize: 2, from: { epoch: 0, batch: 3 } })).toThrow(
      'batches: a cursor has an epoch from 0 and a batch from 0 to 2, got epoch 0, batch 3; was it made with another batchSize?'
    )
    expect(make({ batchSize: 2, from: { epoch: -1, batch: 0 } })).toThrow('got epoch -1, batch 0')
    expect(() => batches(dataset(zeros([0, 2]), zeros([0])), { batchSize: 1 })).toThrow(
      'batches: expected at least one example, got an empty data set'
    )
  })

  it('are none where no epoch is left', () => {
    expect(run(5, { batchSize: 2, epochs: 0 })).toEqual([])
    expect(run(5, { batchSize: 2, epochs: 2, from: { epoch: 2, batch: 0 } })).toEqual([])
  })
})
