/**
 * Timing steps that consume batches: a warm-up by time, then blocks of at least so many milliseconds.
 *
 * The steps pull their batches from a generator, which looks at the clock between them: one fold over all of them is timed
 * as it runs, with everything that each step costs and without the start of the fold.
 */

// model

export interface Plan {
  /** how long steps are made before any is timed, in seconds */
  readonly warmup: number
  /** how long steps are timed, in seconds */
  readonly seconds: number
}

/** Milliseconds per step. */
export interface Timing {
  /** the first step, with everything that is traced and compiled for it */
  readonly first: number
  readonly median: number
  readonly tenth: number
  readonly best: number
  readonly samples: number
}

/** The time, in milliseconds. */
export type Clock = () => number

/** The shortest block, in milliseconds, and the fewest of them. */
const shortest = 20
const fewest = 5

/**
 * The share of the timed blocks that may be left at the end, where a fold also brings out its state; another process may
 * have come between, so it is tried again.
 */
const mostLeft = 0.1
const mostTries = 4

// measuring

/** One run: what it found, and how much work was left when the last batch had been taken, as a share of all blocks. */
const attempt = <B>(batch: B, plan: Plan, consume: (batches: Iterable<B>) => void, clock: Clock) => {
  const blocks: number[] = []
  let [first, inner, end] = [0, 1, 0]
  function* batches(): Generator<B, void> {
    const begin = clock()
    yield batch
    const warm = clock()
    first = warm - begin
    let [steps, now] = [0, warm]
    do {
      yield batch
      steps++
      now = clock()
    } while (now - warm < plan.warmup * 1000)
    inner = Math.max(1, Math.ceil((shortest * steps) / (now - warm)))
    const start = now
    end = now
    do {
      for (let i = 0; i < inner; i++) yield batch
      now = clock()
      blocks.push((now - end) / inner)
      end = now
    } while (end - start < plan.seconds * 1000 || blocks.length < fewest)
  }
  consume(batches())
  if (blocks.length < fewest) throw new Error('bench: the consumer stopped before it had all batches')
  const left = clock() - end
  const sorted = blocks.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  const timing: Timing = { first, median: at(0.5), tenth: at(0.1), best: at(0), samples: sorted.length }
  return { timing, left: left / (timing.median * inner * blocks.length) }
}

/**
 * Times what a consumer does between two batches; throws where it takes many batches before it works on them, for blocks
 * would then be cut in the wrong places.
 */
export const time = <B>(
  batch: B,
  plan: Plan,
  consume: (batches: Iterable<B>) => void,
  clock: Clock = () => performance.now()
): Timing => {
  for (let tries = 0; tries < mostTries; tries++) {
    const { timing, left } = attempt(batch, plan, consume, clock)
    if (left < mostLeft) return timing
  }
  throw new Error(`bench: work was left when the last batch had been taken, ${mostTries} times over`)
}
