/**
 * Pace: whether steps are faster together or alone.
 *
 * Threads pay where processors are free. Where others need them, a barrier is late again and again and the calling thread
 * is better off alone. So both are timed: a few steps alone now and then, and the others together as long as these are
 * faster. If they are not, the calling thread goes on alone for a while, which is longer each time.
 *
 * @since 0.1.0
 */
import { now } from '../platform.ts'

export interface Pace {
  /** Begins a step; tells whether it should be shared, which it cannot be while there is nobody to share it with. */
  readonly begin: (isPossible: boolean) => boolean
  readonly end: () => void
}

/** Shared steps before they are judged. */
const trial = 16

/** Steps alone in a row that are timed. */
const sample = 4

/** In milliseconds: how long steps are shared until some are done alone again, and for how long none is shared. */
const interval = 2000
const shortestRest = 20
const longestRest = 2000

/** Together has to be so much faster. */
const worth = 0.97

const blend = (average: number | undefined, time: number, weight: number): number =>
  average === undefined ? time : average + (time - average) * weight

export const pace = (clock: () => number = now): Pace => {
  let alone: number | undefined
  let together: number | undefined
  let isShared = false
  // steps alone that are left, and the time until which there is nothing else
  let left = sample
  let restEnds = 0
  let rest = shortestRest
  // since steps are shared
  let steps = 0
  let since = 0
  let begun = 0
  return {
    begin: (isPossible) => {
      begun = clock()
      isShared = isPossible && left === 0 && begun >= restEnds
      return isShared
    },
    end: () => {
      const time = clock()
      if (!isShared) {
        alone = blend(alone, time - begun, 1 / sample)
        left = Math.max(0, left - 1)
        since = time
        return
      }
      steps += 1
      together = blend(together, time - begun, 1 / trial)
      if (steps >= trial && alone !== undefined && together > worth * alone) {
        restEnds = time + rest
        rest = Math.min(longestRest, 4 * rest)
        steps = 0
        together = undefined
      } else if (time - since > interval) {
        left = sample
        rest = shortestRest
      }
    }
  }
}
