/**
 * What a process of its own does while its memory is watched; it prints samples as JSON.
 *
 *     node --expose-gc --import tsx spec/engine/wasm/memory/child.ts fold 10000
 */
import { wasm, type Executable } from '../../../../lib/engine/index.ts'
import { applyOne, traceValues, type Program } from '../../../../lib/expr/internal.ts'
import { dense, input, network, tanh } from '../../../../lib/network/index.ts'
import { meanSquaredError } from '../../../../lib/objective/index.ts'
import { adam } from '../../../../lib/optimizer/index.ts'
import { key } from '../../../../lib/random/index.ts'
import { batches, fromArrays } from '../../../../lib/data/index.ts'
import { slot } from '../../../../lib/tensor/index.ts'
import { tensorOf } from '../../../arbitrary/tensor.ts'
import * as Training from '../../../../lib/training/index.ts'

/** Memory in MiB, after everything that can be collected is. */
export interface Sample {
  readonly heap: number
  readonly external: number
  readonly resident: number
}

const sampled = (): Sample => {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed / 2 ** 20, external: external / 2 ** 20, resident: rss / 2 ** 20 }
}

/** Finalizers run between tasks, and what they free is swept in the background: until nothing gets less for a while. */
const settled = async (): Promise<Sample> => {
  let least = sampled()
  for (let still = 0; still < 6; still += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const sample = sampled()
    if (sample.external < least.external - 0.1) still = 0
    least = sample.external < least.external ? sample : least
  }
  return least
}

/** Trains a small network in one fold, its state inside of the engine; a sample after each tenth of the steps. */
const fold = (steps: number): readonly Sample[] => {
  const training = Training.make({
    network: network(input(8), dense(32), tanh, dense(1)),
    loss: meanSquaredError,
    optimizer: adam()
  })
  const rows = Array.from({ length: 64 }, (_, i) => Array.from({ length: 8 }, (__, k) => ((i * 8 + k) % 17) / 17))
  const data = fromArrays(
    rows,
    rows.map((row) => [row[0]!])
  )
  const samples: Sample[] = []
  const all = batches(data, { batchSize: 8, epochs: Infinity })
  const watched = function* () {
    let step = 0
    for (const batch of all) {
      if (step > 0 && step % Math.floor(steps / 10) === 0) samples.push(sampled())
      if (step === steps) return
      step += 1
      yield batch
    }
  }
  const folded = Training.fold(training, training.init(key(1)))(watched())
  if (folded._tag === 'Left') throw new Error(folded.left.message)
  return samples
}

const side = 256

/** A program that needs about a MiB of memory; programs of different numbers are different. */
const large = (number: number): Program =>
  traceValues([slot([side, side], 'f32')], ([x]) => {
    const y = applyOne(
      'multiply',
      [x!, applyOne('broadcast', [constant(number)], { shape: [side, side], axes: [] })],
      {}
    )
    return [applyOne('matmul', [applyOne('transpose', [y], { permutation: [1, 0] }), y], {})]
  })
const constant = (number: number) => applyOne('constant', [], { value: tensorOf(slot([], 'f32'), [number]) })
const given = tensorOf(
  slot([side, side], 'f32'),
  Array.from({ length: side * side }, (_, i) => i % 3)
)

export interface Counted {
  readonly samples: readonly Sample[]
  /** how many of the executables were collected */
  readonly collected: number
  /** what running a disposed one says */
  readonly message?: string
}

/** Compiles and runs many programs and lets them go; a sample after each tenth. */
const release = async (count: number): Promise<Counted> => {
  let collected = 0
  const registry = new FinalizationRegistry<number>(() => {
    collected += 1
  })
  const samples: Sample[] = []
  for (let part = 0; part < 10; part += 1) {
    for (let i = 0; i < count / 10; i += 1) {
      const executable = wasm().compile(large(part * count + i))
      executable.run([given])
      registry.register(executable, i)
    }
    samples.push(await settled())
  }
  return { samples, collected }
}

/** Compiles and runs some programs, keeps them, and disposes of them: a sample before, with them, and after. */
const dispose = async (count: number): Promise<Counted> => {
  const samples = [await settled()]
  const kept: Executable[] = []
  for (let i = 0; i < count; i += 1) {
    const executable = wasm().compile(large(i))
    executable.run([given])
    kept.push(executable)
  }
  samples.push(await settled())
  for (const executable of kept) executable.dispose?.()
  samples.push(await settled())
  let message = ''
  try {
    kept[0]!.run([given])
  } catch (error) {
    message = error instanceof Error ? error.message : String(error)
  }
  return { samples, collected: 0, message }
}

/** Compiles and runs many programs without a word to the collector: the greatest external memory on the way. */
const pressure = (count: number): number => {
  let greatest = 0
  for (let i = 0; i < count; i += 1) {
    wasm().compile(large(i)).run([given])
    greatest = Math.max(greatest, process.memoryUsage().external / 2 ** 20)
  }
  return greatest
}

const jobs: Readonly<Record<string, (count: number) => unknown>> = { fold, release, dispose, pressure }

const [job = '', count = '0'] = process.argv.slice(2)
console.log(JSON.stringify(await jobs[job]?.(Number(count))))
