/**
 * Workers: whole trainings, and what becomes of workers that are late, dead or not needed any more.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import * as Either from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { reference, wasm, type Engine } from '../../../lib/engine/index.ts'
import { iterate } from '../../../lib/engine/iterate.ts'
import { imageOf, isTeam } from '../../../lib/engine/wasm/image.ts'
import { copyIn, copyOut, sharedMemory, writeTable } from '../../../lib/engine/wasm/instance.ts'
import { WebAssembly } from '../../../lib/engine/wasm/platform.ts'
import { pace } from '../../../lib/engine/wasm/threads/pace.ts'
import type { Pool } from '../../../lib/engine/wasm/threads/pool.ts'
import { words } from '../../../lib/engine/wasm/threads/protocol.ts'
import { sharingAmong } from '../../../lib/engine/wasm/threads/team-code.ts'
import { applyOne, inputValue, programOf, type Program } from '../../../lib/expr/internal.ts'
import { conv2d, dense, flatten, input, maxPool2d, network, relu } from '../../../lib/network/index.ts'
import { sparseSoftmaxCrossEntropy } from '../../../lib/objective/index.ts'
import { adam } from '../../../lib/optimizer/index.ts'
import { key } from '../../../lib/random/index.ts'
import { fromArray, hashTree, type AnyTensor } from '../../../lib/tensor/index.ts'
import * as Training from '../../../lib/training/index.ts'
import { difference } from './same.ts'
import { everything, noWorkers, sharing, watched } from './threads/teams.ts'

const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7919) % 1000) / 500 - 1)

const pools = [watched(2), watched(3)]
const ends = pools.map((pool) => pool.lease(pool))
afterAll(() => {
  ends.forEach((end) => end())
})

const teams: readonly Engine[] = [wasm(), ...pools.map((pool) => sharing(pool.threads, pool))]

/** The hash of what a training has come to. */
const perceptron = (engine: Engine, steps: number): string => {
  const training = Training.make({
    network: network(input(20), dense(16), relu, dense(3)),
    loss: sparseSoftmaxCrossEntropy,
    optimizer: adam({ learningRate: 1e-2 }),
    engine
  })
  const batch = {
    inputs: fromArray(numbers(24 * 20), [24, 20]),
    labels: fromArray(
      Array.from({ length: 24 }, (_, i) => i % 3),
      [24],
      'i32'
    )
  }
  const result = Training.fold(training, training.init(key(1)))(Array.from({ length: steps }, () => batch))
  return Either.isRight(result) ? hashTree([result.right.params, result.right.optState]) : result.left.message
}

const images = (engine: Engine, steps: number): string => {
  const training = Training.make({
    network: network(
      input(12, 12, 1),
      conv2d({ filters: 4, kernel: 5 }),
      relu,
      maxPool2d(2),
      conv2d({ filters: 6, kernel: 3 }),
      relu,
      flatten,
      dense(3)
    ),
    loss: sparseSoftmaxCrossEntropy,
    optimizer: adam({ learningRate: 1e-3 }),
    engine
  })
  const batch = {
    inputs: fromArray(numbers(7 * 144), [7, 12, 12, 1]),
    labels: fromArray(
      Array.from({ length: 7 }, (_, i) => i % 3),
      [7],
      'i32'
    )
  }
  const result = Training.fold(training, training.init(key(1)))(Array.from({ length: steps }, () => batch))
  return Either.isRight(result) ? hashTree([result.right.params, result.right.optState]) : result.left.message
}

describe('a training on 1, 2 and 3 threads has the same bits', () => {
  test('200 steps of a perceptron with Adam', async () => {
    const expected = perceptron(reference, 200)
    const train = (): void => {
      expect(teams.map((engine) => perceptron(engine, 200))).toStrictEqual(teams.map(() => expected))
    }
    train()
    // workers take a while to start, and to get a module, the more the busier the machine is
    for (let i = 0; i < 50 && pools.some((pool) => pool.steps() === 0); i += 1) {
      await Promise.all(pools.map((pool) => pool.ready()))
      train()
    }
    for (const pool of pools) expect(pool.steps()).toBeGreaterThan(0)
  })

  test('a convolutional network', () => {
    const expected = images(reference, 20)
    expect(teams.map((engine) => images(engine, 20))).toStrictEqual(teams.map(() => expected))
  })

  test('while others need all processors', async () => {
    const busy = Array.from({ length: 4 }, () => new Worker('for (;;);', { eval: true }))
    await Promise.all(busy.map((worker) => new Promise((resolve) => worker.once('online', resolve))))
    const hashes = teams.slice(1).map((engine) => perceptron(engine, 300))
    await Promise.all(busy.map((worker) => worker.terminate()))
    expect(hashes).toStrictEqual(hashes.map(() => perceptron(wasm(), 300)))
  })
})

const product = (): Program => {
  const inputs = [inputValue({ shape: [48, 48], dtype: 'f32' })]
  const first = applyOne('matmul', [inputs[0]!, inputs[0]!], {})
  return programOf(inputs, [applyOne('matmul', [first, applyOne('tanh', [first], {})], {})])
}

const matrix: AnyTensor = fromArray(numbers(48 * 48), [48, 48])

/** A pool in which a worker has claimed its chain of the first step and never comes back. */
const dying = (pool: Pool): Pool => ({
  ...pool,
  join: (owner, module, memory, pages, present) => {
    const seat = pool.join(owner, module, memory, pages, present)
    new Int32Array(memory.buffer)[(present - words.present + words.claims) / 4 + 1] = 1
    return seat
  }
})

describe('workers', () => {
  test('compute what is theirs', async () => {
    const image = imageOf(product(), everything(2))
    if (!isTeam(image)) return expect.fail('nothing is shared')
    const pool = watched(2)
    const memory = sharedMemory(image.pages, image.segments)
    writeTable(memory, image.tables[0], [...image.inputs, ...image.outputs, image.frame])
    copyIn(memory, matrix, image.inputs[0]!)
    const owner = {}
    const seat = pool.join(owner, image.module, memory, image.pages, image.team + words.present)
    await pool.ready()
    const block = new Int32Array(memory.buffer, image.team)
    const [, mine] = image.lowered.team!.stages[0]!.chains
    expect(mine).toBeDefined()
    block[words.table / 4] = image.tables[0]
    Atomics.store(block, words.order / 4, 1)
    seat.call()
    // the calling thread has done nothing yet
    for (let i = 0; i < 5000 && Atomics.load(block, words.done / 4) === 0; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 2))
    expect(Atomics.load(block, words.done / 4)).toBe(1)
    const { exports } = new WebAssembly.Instance(image.module, { environment: { memory } })
    block[words.maySleep / 4] = 1
    expect(exports['member']!(0)).toBe(0)
    const got = copyOut(memory, { shape: [48, 48], dtype: 'f32' }, image.outputs[0]!)
    expect(difference(reference.compile(product()).run([matrix]), [got])).toBeUndefined()
    seat.leave()
  })

  test('that die at work do not hang a step', () => {
    const pool = noWorkers(true)
    const expected = reference.compile(product()).run([matrix])
    const executable = sharing(2, dying(pool)).compile(product())
    for (let i = 0; i < 8; i += 1) expect(difference(expected, executable.run([matrix]))).toBeUndefined()
    expect(pool.hasFailed()).toBe(true)
  })

  test('that die at work do not spoil an iteration', () => {
    const small = fromArray(
      numbers(48 * 48).map((n) => n / 100),
      [48, 48]
    )
    const follow = (engine: Engine): readonly (AnyTensor | number)[] => {
      const iteration = iterate(engine.compile(product()), [{ output: 0, input: 0 }], [small])
      return Array.from({ length: 8 }, () => {
        iteration.step()
        return [iteration.output(0), iteration.input(0), iteration.previous(0), iteration.number(0)]
      }).flat()
    }
    const show = (seen: readonly (AnyTensor | number)[]): readonly (string | number)[] =>
      seen.map((each) => (typeof each === 'number' ? each : hashTree(each)))
    const pool = noWorkers(true)
    expect(show(follow(sharing(2, dying(pool))))).toStrictEqual(show(follow(reference)))
    expect(pool.hasFailed()).toBe(true)
  })
})

/** Runs steps for so many milliseconds; tells in which part of them they were shared. */
const runSteps = (alone: number, together: () => number) => {
  let time = 0
  const { begin, end } = pace(() => time)
  return (milliseconds: number, isPossible = true): number => {
    const until = time + milliseconds
    let shared = 0
    while (time < until) {
      const isShared = begin(isPossible)
      const took = isShared ? together() : alone
      time += took
      if (isShared) shared += took
      end()
    }
    return shared / milliseconds
  }
}

describe('steps are shared', () => {
  test('while that is faster, but for a few', () => {
    const run = runSteps(1, () => 0.6)
    expect(run(20, false)).toBe(0)
    expect(run(10_000)).toBeGreaterThan(0.98)
    expect(run(10_000)).toBeLessThan(1)
  })

  test('also if one of them is late now and then', () => {
    let step = 0
    const run = runSteps(1, () => (step++ % 40 === 0 ? 5 : 0.6))
    expect(run(10_000)).toBeGreaterThan(0.9)
  })

  test('hardly ever while that is slower', () => {
    const run = runSteps(1, () => 1.5)
    run(10_000)
    expect(run(20_000)).toBeLessThan(0.02)
  })

  test('again when it is faster again', () => {
    let together = 1.5
    const run = runSteps(1, () => together)
    run(20_000)
    together = 0.6
    run(3000)
    expect(run(10_000)).toBeGreaterThan(0.98)
    together = 1.5
    // the first rests are short
    expect(run(200)).toBeGreaterThan(0.2)
  })
})

const child = fileURLToPath(new URL('./threads/child.ts', import.meta.url))

/** What a process prints, and how it ends: one that hangs is killed, and has no code. */
const runChild = (job: string): Promise<{ readonly printed: string; readonly code: number | null }> =>
  new Promise((resolve) => {
    const self = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', child, job], { timeout: 50_000 })
    let printed = ''
    self.stdout.on('data', (text: Buffer) => {
      printed += text.toString()
    })
    self.on('close', (code) => {
      resolve({ printed: printed.trim(), code })
    })
  })

describe.skipIf(!existsSync('/proc/self/task'))('a process', () => {
  test('ends by itself, with workers that sleep', async () => {
    const { printed, code } = await runChild('exit')
    expect([printed, code]).toStrictEqual(['1', 0])
  })

  test('has no workers any more when the last executable is disposed of', async () => {
    const { printed, code } = await runChild('dispose')
    expect([printed, code]).toStrictEqual(['1 1 0', 0])
  })

  test('or collected', async () => {
    const { printed, code } = await runChild('collect')
    expect([printed, code]).toStrictEqual(['1 0', 0])
  })
})

describe('threads', () => {
  test.each([0, -1, 1.5, 65, NaN])('are a number: not %s', (threads) => {
    expect(() => wasm({ threads })).toThrow(`engine: threads is a whole number from 1 to 64, got ${threads}`)
  })

  test('are not started for small programs', () => {
    const engine = wasm({ threads: 2 })
    expect(
      difference(reference.compile(product()).run([matrix]), engine.compile(product()).run([matrix]))
    ).toBeUndefined()
    expect(isTeam(imageOf(product(), sharingAmong(2)))).toBe(false)
  })
})
