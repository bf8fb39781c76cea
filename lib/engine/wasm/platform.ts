/**
 * What the engine needs from the platform, in Node and in browsers.
 *
 * The library is compiled without the types of either, so the few that it needs are written here.
 *
 * @since 0.1.0
 */

/** Memory of an instance; every typed array over `buffer` is a view of it. */
export interface Memory {
  readonly buffer: ArrayBuffer
}

/** A compiled module, which can be instantiated many times. */
export interface Module {
  readonly [Symbol.toStringTag]: string
}

export interface Instance {
  readonly exports: Readonly<Record<string, (...operands: readonly number[]) => number | undefined>>
}

/** A thread that was started, and what is said to it. */
export interface Worker {
  readonly postMessage: (message: unknown) => void
  readonly terminate: () => unknown
}

interface BrowserWorker extends Worker {
  onerror: (() => void) | null
}

interface NodeWorker extends Worker {
  readonly on: (event: 'error' | 'exit', listener: () => void) => unknown
  /** lets the process end while the thread runs */
  readonly unref: () => void
}

interface Platform {
  readonly SharedArrayBuffer?: unknown
  readonly process?: {
    readonly getBuiltinModule?: (name: 'node:worker_threads') => {
      readonly Worker: new (source: string, options: object) => NodeWorker
    }
  }
  readonly Worker?: new (url: string) => BrowserWorker
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => unknown
  readonly URL: { readonly createObjectURL: (blob: unknown) => string; readonly revokeObjectURL: (url: string) => void }
  readonly performance: { readonly now: () => number }
  readonly WebAssembly: {
    readonly Memory: new (descriptor: {
      readonly initial: number
      readonly maximum: number
      readonly shared?: boolean
    }) => Memory
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module
    readonly Instance: new (module: Module, imports: { readonly environment: { readonly memory: Memory } }) => Instance
    readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean
  }
}

// every platform that runs the library has these globals, whose types depend on the platform
const platform = globalThis as unknown as Platform

export const { WebAssembly } = platform

/** Milliseconds since some moment. */
export const now = (): number => platform.performance.now()

// threads

/** Why no threads can be started here, or undefined. */
export const whyNoThreads = (): string | undefined => {
  if (platform.SharedArrayBuffer === undefined)
    return 'there is no shared memory; a browser has it in pages that are cross-origin isolated'
  if (platform.process?.getBuiltinModule === undefined && platform.Worker === undefined)
    return 'there are no workers; Node has them where the engine needs them from 20.16 on'
  return undefined
}

/** Starts a thread from the text of a script; it does not keep the process alive. */
export const startWorker = (source: string, onEnd: () => void): Worker => {
  const threads = platform.process?.getBuiltinModule?.('node:worker_threads')
  if (threads !== undefined) {
    // the loaders and hooks of the process are of no use to it
    const worker = new threads.Worker(source, { eval: true, execArgv: [], name: 'gradfold' })
    worker.on('error', onEnd)
    worker.on('exit', onEnd)
    worker.unref()
    return worker
  }
  const url = platform.URL.createObjectURL(new platform.Blob([source], { type: 'text/javascript' }))
  // the caller has asked whether there are threads
  const worker = new platform.Worker!(url)
  // it has the script by now
  platform.URL.revokeObjectURL(url)
  worker.onerror = onEnd
  return worker
}

/** Whether this thread may sleep until another wakes it: not the main thread of a browser. */
export const maySleep = (): boolean => {
  const word = new Int32Array(new SharedArrayBuffer(4))
  try {
    return Atomics.wait(word, 0, 1, 0) === 'not-equal'
  } catch {
    return false
  }
}
