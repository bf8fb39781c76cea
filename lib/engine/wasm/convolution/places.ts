/**
 * Places along one axis of an image, sorted by the taps of the window that fall on something there.
 *
 * Inside an image every tap does, at its edges only some; and where places stand between strides, every second or third
 * place has the same taps. What has the same taps is computed by the same code with the same offsets.
 *
 * @since 0.1.0
 */
import { outside } from '../../reference/geometry.ts'

/** A tap, and the place that it falls on. */
export interface Tap {
  readonly tap: number
  readonly at: number
}

/** Places first, first + step, …, whose taps are the same. */
export interface Places {
  readonly first: number
  readonly step: number
  readonly count: number
  /** ascending, as they fall at the first place */
  readonly taps: readonly Tap[]
  /** how far all of them move from place to place */
  readonly move: number
}

interface Place {
  readonly place: number
  readonly taps: readonly Tap[]
}

/** Places with the same taps, sorted into groups by these. */
const groupsOf = (table: Int32Array, window: number): readonly (readonly Place[])[] => {
  const groups = new Map<string, Place[]>()
  for (let place = 0; place * window < table.length; place += 1) {
    const taps = [...table.subarray(place * window, (place + 1) * window)].flatMap((at, tap): readonly Tap[] =>
      at === outside ? [] : [{ tap, at }]
    )
    const key = taps.map(({ tap }) => tap).join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [{ place, taps }])
    else group.push({ place, taps })
  }
  return [...groups.values()]
}

/** Where the first tap falls, if there is one. */
const start = (taps: readonly Tap[]): number => taps[0]?.at ?? 0

/** Places of a group that are at equal distances. */
const runsOf = (group: readonly Place[]): readonly Places[] => {
  const runs: Places[] = []
  for (const { place, taps } of group) {
    const run = runs.at(-1)
    const step = run === undefined ? 0 : run.count === 1 ? place - run.first : run.step
    const move = run === undefined ? 0 : run.count === 1 ? start(taps) - start(run.taps) : run.move
    const follows =
      run !== undefined && run.first + run.count * step === place && start(run.taps) + run.count * move === start(taps)
    if (follows) runs[runs.length - 1] = { ...run, step, move, count: run.count + 1 }
    else runs.push({ first: place, step: 0, count: 1, taps, move: 0 })
  }
  return runs
}

/**
 * The places that have taps, from a table as `touched` and `touching` give it: for each place and each of the `window`
 * taps, where it falls, or `outside`.
 */
export const placesOf = (table: Int32Array, window: number): readonly Places[] =>
  groupsOf(table, window)
    .filter(([first]) => first!.taps.length > 0)
    .flatMap(runsOf)

/** The places that have none. */
export const blanksOf = (table: Int32Array, window: number): readonly Places[] =>
  groupsOf(table, window)
    .filter(([first]) => first!.taps.length === 0)
    .flatMap(runsOf)
