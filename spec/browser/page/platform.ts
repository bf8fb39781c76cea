/**
 * What pages and workers need of a browser, which has types of its own that the tests are compiled without.
 */

/** A worker, from outside. */
export interface PageWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
}

type WorkerMaker = new (address: string, options?: { readonly type: 'module' }) => PageWorker

interface Platform {
  Worker: WorkerMaker
  readonly postMessage: (message: unknown) => void
  readonly location: { readonly origin: string }
  readonly crossOriginIsolated: boolean
}

// a browser has these globals
export const platform = globalThis as unknown as Platform

/** Does something and counts the workers that are started meanwhile, by whomever. */
export const countingWorkers = async (work: () => Promise<void>): Promise<number> => {
  const { Worker } = platform
  let count = 0
  platform.Worker = new Proxy(Worker, {
    construct: (target, [address, options]: ConstructorParameters<WorkerMaker>) => {
      count += 1
      return new target(address, options)
    }
  })
  await work().finally(() => {
    platform.Worker = Worker
  })
  return count
}
