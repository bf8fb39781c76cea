/**
 * Programs for several threads, whatever their size, with workers or without.
 */
import type { Engine } from '../../../../lib/engine/index.ts'
import { executableOf } from '../../../../lib/engine/wasm/executable.ts'
import { imageOf, isTeam } from '../../../../lib/engine/wasm/image.ts'
import { poolOf, type Pool } from '../../../../lib/engine/wasm/threads/pool.ts'
import type { Sharing } from '../../../../lib/engine/wasm/threads/team-code.ts'
import { words } from '../../../../lib/engine/wasm/threads/protocol.ts'
import type { Program } from '../../../../lib/expr/internal.ts'

/** Shares out everything that can be. */
export const everything = (threads: number): Sharing => ({ threads, leastCall: 0, leastProgram: 0 })

/** A pool without workers; where it `pretends` there are some, the calling thread goes by the protocol. */
export const noWorkers = (pretends: boolean): Pool & { readonly hasFailed: () => boolean } => {
  let hasFailed = false
  return {
    threads: 2,
    lease: () => () => undefined,
    join: (_, __, memory, ___, present) => {
      if (pretends) new Int32Array(memory.buffer)[present / 4] = 1
      return { call: () => undefined, leave: () => undefined }
    },
    fail: () => {
      hasFailed = true
    },
    hasFailed: () => hasFailed
  }
}

/** An engine that shares out everything, with a pool. */
export const sharing = (threads: number, pool: Pool): Engine => ({
  name: `wasm, ${threads} threads`,
  compile: (program) => executableOf(program, () => imageOf(program, everything(threads)), pool)
})

/** A pool of workers, and what it has seen. */
export interface Watched extends Pool {
  /** waits until all workers have the last module that they were given, unless the calling thread has given them up */
  readonly ready: () => Promise<void>
  /** how many steps were shared */
  readonly steps: () => number
}

export const watched = (threads: number): Watched => {
  const pool = poolOf(threads)
  let isGivenUp = false
  const joined: { readonly words: Int32Array; readonly present: number }[] = []
  return {
    ...pool,
    fail: () => {
      isGivenUp = true
      pool.fail()
    },
    join: (owner, module, memory, pages, present) => {
      joined.push({ words: new Int32Array(memory.buffer), present: present / 4 })
      return pool.join(owner, module, memory, pages, present)
    },
    ready: async () => {
      const last = joined.at(-1)
      const isReady = (): boolean => isGivenUp || last === undefined || last.words[last.present] === threads - 1
      for (let i = 0; i < 5000 && !isReady(); i += 1) await new Promise((resolve) => setTimeout(resolve, 2))
    },
    steps: () =>
      joined.reduce((sum, { words: all, present }) => sum + all[present + (words.order - words.present) / 4]!, 0)
  }
}

export const isShared = (program: Program, threads: number): boolean => isTeam(imageOf(program, everything(threads)))
