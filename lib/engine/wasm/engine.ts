/**
 * The WebAssembly engine: every program becomes one module.
 *
 * @since 0.1.0
 */
import { raise } from '../../shape/index.ts'
import type { Engine } from '../engine.ts'
import { imageCache } from './cache.ts'
import { executableOf } from './executable.ts'
import { whyNoThreads } from './platform.ts'
import { poolOf } from './threads/pool.ts'
import { sharingAmong } from './threads/team-code.ts'

/**
 * How the engine runs programs.
 *
 * @category model
 * @since 0.1.0
 */
export interface WasmOptions {
  /** how many threads compute a program that is large enough, 1 to 64; the calling one is one of them. Default 1. */
  readonly threads?: number
}

const mostThreads = 64

const images = imageCache()

const checked = (threads: number): number => {
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads)
    return raise(`engine: threads is a whole number from 1 to ${mostThreads}, got ${threads}`)
  const reason = threads === 1 ? undefined : whyNoThreads()
  return reason === undefined ? threads : raise(`engine: ${threads} threads are not possible here: ${reason}`)
}

/**
 * The engine that compiles programs to WebAssembly.
 *
 * With several threads it shares out programs that take longer than about 0.2 ms: each thread computes a part of what
 * is large, never of a sum, so the bits are those of one thread. The workers belong to the engine and serve all of its executables.
 * They start with the first one that needs them, and stop with the last one that is disposed of or collected, or for good
 * where one of them crashes or does not answer; they do not keep a process alive. Until they have started, and while other processes need the processors, the calling thread
 * computes alone. The main thread of a browser may not sleep, so it spins while it waits; better run trainings in a
 * worker.
 *
 * @param options.threads how many threads, from 1 to 64. Default 1.
 * @returns an engine
 * @throws one sentence if threads is not such a number, or threads are not possible where the program runs
 * @example
 * import { wasm } from 'gradfold/engine'
 * const engine = wasm({ threads: 2 })
 * engine.name // 'wasm'
 * @category engines
 * @since 0.1.0
 */
export const wasm = (options: WasmOptions = {}): Engine => {
  const threads = checked(options.threads ?? 1)
  if (threads === 1) return { name: 'wasm', compile: (program) => executableOf(program, images) }
  const pool = poolOf(threads)
  const shared = imageCache(sharingAmong(threads))
  return { name: 'wasm', compile: (program) => executableOf(program, shared, pool) }
}
