/**
 * A module at work with the help of other threads.
 *
 * Steps run on the calling thread alone until a worker has the module, and while that is faster. If a worker does not
 * answer at all, the step is done again in a new memory, which that worker does not have, and from then on there are no
 * threads.
 *
 * @since 0.1.0
 */
import type { TeamImage } from '../image.ts'
import { sharedMemory, type Running } from '../instance.ts'
import { maySleep, WebAssembly, type Memory } from '../platform.ts'
import { pace } from './pace.ts'
import type { Pool } from './pool.ts'
import { words } from './protocol.ts'

/** A module in shared memory, with a pool of workers. */
export const together = (image: TeamImage, pool: Pool): Running => {
  const { module, pages, segments, team } = image
  const instantiate = (memory: Memory) => {
    const exports = new WebAssembly.Instance(module, { environment: { memory } }).exports
    // images of teams export these
    return { memory, alone: exports['step']!, member: exports['member']!, block: new Int32Array(memory.buffer, team) }
  }
  let instance = instantiate(sharedMemory(pages, segments))
  let isAlone = false
  let order = 0
  const at = (word: number): number => word / 4
  instance.block[at(words.maySleep)] = Number(maySleep())
  const { begin, end } = pace()
  const self = {
    /** untouched, as large as the shared memory, which the collector does not count */
    ballast: new WebAssembly.Memory({ initial: pages, maximum: pages }),
    memory: () => instance.memory,
    step: (table: number): void => {
      const { block, alone, member } = instance
      if (isAlone) {
        alone(table)
        return
      }
      if (begin(Atomics.load(block, at(words.present)) > 0)) {
        order = (order + 1) | 0
        block[at(words.table)] = table
        Atomics.store(block, at(words.order), order)
        seat.call()
        if (member(0) !== 0) abandon(table)
      } else alone(table)
      end()
    },
    dispose: (): void => {
      isAlone = true
      seat.leave()
    }
  }
  const seat = pool.join(self, module, instance.memory, pages, team + words.present)
  const abandon = (table: number): void => {
    const { memory } = instance
    pool.fail()
    instance = instantiate(sharedMemory(pages, []))
    new Uint8Array(instance.memory.buffer).set(new Uint8Array(memory.buffer))
    isAlone = true
    instance.alone(table)
  }
  return self
}
