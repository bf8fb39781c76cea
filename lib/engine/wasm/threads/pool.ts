/**
 * Pools: the workers of an engine, which all of its executables share.
 *
 * They start when the first executable that needs them does, and stop when the last one is disposed of or collected. They
 * never keep a process alive. Until they have started, and after one has failed, the calling thread does all the work.
 *
 * @since 0.1.0
 */
import { startWorker, type Memory, type Module, type Worker } from '../platform.ts'
import { signals, workerSource, type Mail } from './worker.ts'

// model

/** A module that workers take part in. */
export interface Seat {
  /** tells the workers that a step has begun */
  readonly call: () => void
  readonly leave: () => void
}

export interface Pool {
  readonly threads: number
  /** Keeps the workers until it is called, or until the owner is collected. */
  readonly lease: (owner: object) => () => void
  /** Gives a module at work to the workers; `present` is the address of the word in which they count themselves. */
  readonly join: (owner: object, module: Module, memory: Memory, pages: number, present: number) => Seat
  /** Stops the workers for good: one of them does not answer. */
  readonly fail: () => void
}

// constructors

/** What is to be done when an object has been collected. */
const endings = new FinalizationRegistry<() => void>((end) => {
  end()
})

/** Workers at work. */
interface Crew {
  readonly workers: readonly Worker[]
  readonly words: Int32Array
  readonly tell: (mail: Mail) => void
  readonly wake: () => void
}

/** Starts workers; undefined where that is not possible: a page forbids them, a system has no more threads. */
const crewOf = (threads: number, onEnd: () => void): Crew | undefined => {
  const words = new Int32Array(new SharedArrayBuffer(64))
  const wake = (): void => {
    Atomics.add(words, signals.round, 1)
    Atomics.notify(words, signals.round)
  }
  const workers: Worker[] = []
  try {
    while (workers.length < threads - 1) workers.push(startWorker(workerSource, onEnd))
  } catch {
    for (const worker of workers) void worker.terminate()
    return undefined
  }
  const post = (mails: readonly Mail[]): void => {
    // a worker that sees that there is mail waits for it
    Atomics.add(words, signals.mail, 1)
    workers.forEach((worker, i) => {
      worker.postMessage(mails[i])
    })
    wake()
  }
  post(workers.map((_, i) => ({ kind: 'begin', signals: words, thread: i + 1 })))
  return {
    workers,
    words,
    wake,
    tell: (mail) => {
      post(workers.map(() => mail))
    }
  }
}

/** A pool for so many threads, the calling one included. */
export const poolOf = (threads: number): Pool => {
  let crew: Crew | undefined
  let isBroken = false
  let leases = 0
  let next = 0
  const stop = (): void => {
    crew?.workers.forEach((worker) => void worker.terminate())
    crew = undefined
  }
  const fail = (): void => {
    isBroken = true
    stop()
  }
  const lease = (owner: object): (() => void) => {
    leases += 1
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      leases -= 1
      if (leases === 0) stop()
    }
    endings.register(owner, end, end)
    return () => {
      endings.unregister(end)
      end()
    }
  }
  const start = (): Crew | undefined => {
    if (isBroken) return undefined
    if (crew !== undefined) return crew
    const started = crewOf(threads, () => {
      if (crew === started) fail()
    })
    crew = started
    // the calling thread does without
    isBroken = started === undefined
    return crew
  }
  return {
    threads,
    lease,
    fail,
    join: (owner, module, memory, pages, present) => {
      const mine = start()
      next += 1
      const team = next
      try {
        mine?.tell({ kind: 'join', team, module, memory, pages, present: present / 4 })
      } catch {
        // workers that wait for mail that cannot be sent are of no use
        fail()
      }
      const end = lease(owner)
      const forget = (): void => {
        // workers that have stopped have forgotten it
        if (crew === mine) mine?.tell({ kind: 'leave', team })
      }
      endings.register(owner, forget, forget)
      return {
        call: () => {
          if (mine === undefined) return
          Atomics.store(mine.words, signals.team, team)
          mine.wake()
        },
        leave: () => {
          endings.unregister(forget)
          end()
          forget()
        }
      }
    }
  }
}
