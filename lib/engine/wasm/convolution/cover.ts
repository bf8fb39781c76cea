/**
 * Covering a rectangle of rows by tiles, none of the rows twice.
 *
 * @since 0.1.0
 */
import type { Job, Repeat } from './jobs.ts'

/** Jobs with the same kind of tile: how many rows it has, and how far they are apart in bytes. */
export interface RowTiling {
  readonly rows: number
  readonly apart: { readonly a: number; readonly out: number }
  readonly jobs: readonly Job[]
}

/**
 * Covers the rows of a job: full tiles along the inner axis, full ones along the outer in the
 * columns that are left, then tiles that are not full.
 */
export const cover = (job: Job, limit: number): readonly RowTiling[] => {
  const { outer, inner } = job
  const tiles = (
    rows: number,
    along: Repeat,
    count: number,
    across: Repeat,
    firstInner: number,
    firstOuter: number
  ): RowTiling => ({
    rows,
    apart: along,
    jobs:
      count === 0 || across.count === 0
        ? []
        : [
            {
              ...job,
              a: job.a + firstInner * inner.a + firstOuter * outer.a,
              out: job.out + firstInner * inner.out + firstOuter * outer.out,
              outer: across,
              inner: { count, a: along.a * rows, out: along.out * rows }
            }
          ]
  })
  const [wide, tall] = [Math.floor(inner.count / limit), Math.floor(outer.count / limit)]
  const [right, below] = [inner.count % limit, outer.count % limit]
  const rest = (axis: Repeat, count: number): Repeat => ({ ...axis, count })
  const left = [inner.count - right, outer.count - below] as const
  return [
    tiles(limit, inner, wide, outer, 0, 0),
    tiles(limit, outer, tall, rest(inner, right), left[0], 0),
    ...(right > below
      ? [tiles(right, inner, 1, rest(outer, below), left[0], left[1])]
      : [tiles(below, outer, 1, rest(inner, right), left[0], left[1])])
  ].filter(({ jobs }) => jobs.length > 0)
}

/** Jobs of equal tiles together. */
export const merged = (tilings: readonly RowTiling[]): readonly RowTiling[] => {
  const known = new Map<string, RowTiling>()
  for (const tiling of tilings) {
    const key = `${tiling.rows} ${tiling.apart.a} ${tiling.apart.out}`
    known.set(key, { ...tiling, jobs: [...(known.get(key)?.jobs ?? []), ...tiling.jobs] })
  }
  return [...known.values()]
}
