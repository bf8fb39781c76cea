import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches } from 'gradfold/data'
import { hashTree, tensor, zeros } from 'gradfold/tensor'
import * as Training from 'gradfold/training'
import { identify, plan, points, right, run, start, training } from './fixtures.ts'

const seeds = fc.integer({ min: 0, max: 1_000_000 })
const all = (seed: number) => [...batches(points, plan(seed))]

describe('fold', () => {
  it('gives the same bits every time', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(identify(run(seed))).toBe(identify(run(seed)))
      }),
      { numRuns: 5 }
    )
  })

  it('of xs ++ ys is the fold of ys after the fold of xs, byte for byte, at every cut', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const list = all(seed)
        const whole = identify(run(seed))
        list.forEach((_, cut) => {
          const middle = right(pipe(list.slice(0, cut), Training.fold(training, start(seed))))
          expect(identify(right(pipe(list.slice(cut), Training.fold(training, middle))))).toBe(whole)
        })
      }),
      { numRuns: 3 }
    )
  })

  it('continues from a state that was written down and read back, from its cursor, with the same bits', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 7 }), (seed, cut) => {
        const middle = right(pipe(all(seed).slice(0, cut), Training.fold(training, start(seed))))
        const text = JSON.stringify(Training.encodeState(middle))
        const again = right(Training.decodeState(training)(JSON.parse(text)))
        expect(identify(again)).toBe(identify(middle))
        const rest = batches(points, { ...plan(seed), from: again.cursor })
        expect(identify(right(pipe(rest, Training.fold(training, again))))).toBe(identify(run(seed)))
      }),
      { numRuns: 8 }
    )
  })

  it('is the step, repeated, and leaves the state it began with as it was', () => {
    const first = start(3)
    const before = identify(first)
    const stepped = all(3).reduce((state, batch) => right(training.step(state, batch)).state, first)
    expect(identify(stepped)).toBe(identify(run(3)))
    expect(identify(first)).toBe(before)
    expect(Object.isFrozen(stepped)).toBe(true)
  })

  it('is not changed by observers, nor by those who ask for snapshots', () => {
    const seen: number[] = []
    const kept: ReturnType<typeof start>[] = []
    const watched = right(
      pipe(
        batches(points, plan(9)),
        Training.fold(training, start(9), {
          observers: [
            { observe: (event) => seen.push(event.loss, event.metrics.accuracy.correct, event.examples) },
            { snapshot: true, observe: (_, state) => kept.push(state) }
          ]
        })
      )
    )
    expect(identify(watched)).toBe(identify(run(9)))
    expect(seen.length).toBe(8 * 3)
    const scanned = right(pipe(batches(points, plan(9)), Training.scan(training, start(9))))
    expect(kept.map(identify)).toEqual(scanned.map(({ state }) => identify(state)))
  })

  it('over no batches is the state it began with', () => {
    const first = start(5)
    expect(right(pipe([], Training.fold(training, first)))).toBe(first)
  })

  it('counts steps, moves the cursor, and makes the loss smaller', () => {
    const steps = right(pipe(batches(points, { ...plan(1), epochs: 60 }), Training.scan(training, start(1))))
    expect(steps.length).toBe(60 * 4)
    expect(steps.map(({ state }) => state.step)).toEqual(steps.map((_, i) => i + 1))
    expect(steps.at(-1)?.state.cursor).toEqual({ epoch: 60, batch: 0 })
    const evaluated = (i: number) =>
      Training.evaluate(training, steps[i]?.state ?? start(1))(batches(points, { batchSize: 7 }))
    expect(evaluated(239).loss).toBeLessThan(evaluated(0).loss)
  })

  it('draws dropout from the key of the step: another root key gives other bits, the same step the same', () => {
    const [batch] = all(1)
    const a = right(training.step(start(1), batch!))
    const b = right(training.step({ ...start(1), rootKey: start(2).rootKey }, batch!))
    expect(hashTree(a.state.params)).not.toBe(hashTree(b.state.params))
  })
})

describe('evaluate', () => {
  it('does not depend on how the data are cut into batches', () => {
    const state = run(4)
    const cut = (batchSize: number) => Training.evaluate(training, state)(batches(points, { batchSize }))
    for (const size of [1, 3, 7, 20]) expect(cut(size).accuracy).toBe(cut(20).accuracy)
    expect(cut(3).loss).toBeCloseTo(cut(20).loss, 6)
  })

  it('refuses no batch at all, labels that are no class, and batches of another training, in one sentence', () => {
    const evaluated = Training.evaluate(training, run(4))
    expect(() => evaluated([])).toThrow('evaluate: expected at least one batch, got none')
    expect(() => evaluated([{ inputs: zeros([2, 2]), labels: tensor([0, 3], 'i32') }])).toThrow(
      'sparseSoftmaxCrossEntropy: labels have to be class numbers from 0 to 2, got 3 at element 1'
    )
    const narrow: never = { inputs: zeros([2, 1]), labels: tensor([0, 1], 'i32') } as never
    expect(() => evaluated([narrow])).toThrow('evaluate: the network takes a batch [batch, 2], got [2, 1]')
  })

  it('of a prediction is what the network gives without dropout', () => {
    const state = run(4)
    const twice = [0, 1].map(() => Training.predict(training, state)(points.inputs))
    expect(hashTree(twice[0]!)).toBe(hashTree(twice[1]!))
    expect(twice[0]!.shape).toEqual([20, 3])
  })
})

describe('foldWhile', () => {
  const endless = (seed: number) => batches(points, { ...plan(seed), epochs: Infinity })
  const stopped = (rules: readonly Training.StopRule[], from = start(1)) =>
    right(pipe(endless(1), Training.foldWhile(training, from, rules)))

  it('stops after the given steps, and a run that was cut in two ends with the same bits', () => {
    const whole = stopped([Training.maxSteps(11)])
    expect(whole.state.step).toBe(11)
    expect(whole.rule).toEqual({ tag: 'maxSteps', steps: 11 })
    const half = stopped([Training.maxSteps(5)]).state
    const rest = right(
      pipe(
        batches(points, { ...plan(1), epochs: Infinity, from: half.cursor }),
        Training.foldWhile(training, half, [Training.maxSteps(11)])
      )
    )
    expect(identify(rest.state)).toBe(identify(whole.state))
  })

  it('stops after the given epochs', () => {
    const { state } = stopped([Training.maxEpochs(3)])
    expect(state.step).toBe(12)
    expect(state.cursor).toEqual({ epoch: 3, batch: 0 })
  })

  it('stops before the first step where a rule holds already, and reads no batch', () => {
    const read: number[] = []
    const watched = (function* () {
      read.push(1)
      yield* endless(1)
    })()
    const { state } = right(pipe(watched, Training.foldWhile(training, start(1), [Training.maxSteps(0)])))
    expect(state.step).toBe(0)
    expect(read).toEqual([])
  })

  it('stops when the loss is below a threshold', () => {
    const losses: number[] = []
    const { state, rule } = right(
      pipe(
        endless(1),
        Training.foldWhile(training, start(1), [Training.lossBelow(1), Training.maxSteps(2000)], {
          observers: [{ observe: (event) => losses.push(event.loss) }]
        })
      )
    )
    expect(rule?.tag).toBe('lossBelow')
    expect(losses.length).toBe(state.step)
    expect(losses.at(-1)).toBeLessThan(1)
    expect(losses.slice(0, -1).every((loss) => loss >= 1)).toBe(true)
  })

  it('stops when the norm of the gradient is below a threshold, and tells observers the norm', () => {
    const norms: (number | undefined)[] = []
    const { rule } = right(
      pipe(
        endless(1),
        Training.foldWhile(training, start(1), [Training.gradientNormBelow(0.2), Training.maxSteps(3000)], {
          observers: [{ observe: (event) => norms.push(event.gradientNorm) }]
        })
      )
    )
    expect(rule?.tag).toBe('gradientNormBelow')
    expect(norms.at(-1)).toBeLessThan(0.2)
    expect(norms.slice(0, -1).every((norm) => norm !== undefined && norm >= 0.2)).toBe(true)
  })

  it('stops when the loss has not improved for some steps', () => {
    const losses: number[] = []
    const { state, rule } = right(
      pipe(
        endless(1),
        Training.foldWhile(training, start(1), [Training.noImprovement({ patience: 5 })], {
          observers: [{ observe: (event) => losses.push(event.loss) }]
        })
      )
    )
    expect(rule?.tag).toBe('noImprovement')
    const best = losses.indexOf(Math.min(...losses))
    expect(state.step - (best + 1)).toBe(5)
  })

  it('ends with the batches where no rule does', () => {
    expect(right(pipe(all(1), Training.foldWhile(training, start(1), []))).rule).toBeUndefined()
  })

  it('refuses nonsense rules in one sentence', () => {
    expect(() => Training.maxSteps(-1)).toThrow('maxSteps: steps has to be a whole number of at least 0, got -1')
    expect(() => Training.lossBelow(Number.NaN)).toThrow('lossBelow: threshold has to be a finite number of at least')
    expect(() => Training.noImprovement({ patience: 0 })).toThrow(
      'noImprovement: patience has to be a whole number of at least 1, got 0'
    )
  })
})

describe('a left', () => {
  it('is what a failing fold gives, with the last good state', () => {
    const batch = all(1)[0]!
    const good = right(training.step(start(1), batch)).state
    const bad = { ...batch, labels: start(1).params.dense_0.bias }
    const result = pipe([batch, bad as never], Training.fold(training, start(1)))
    expect(Either.isLeft(result)).toBe(true)
    if (Either.isLeft(result)) {
      expect(result.left._tag).toBe('Mismatch')
      expect(identify(result.left.state)).toBe(identify(good))
    }
  })
})
