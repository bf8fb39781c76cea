/**
 * Tiling: how rectangles of places are cut into tiles of a few rows each.
 *
 * The rows of a tile are places along x, along y, or the same place of several images: whichever takes least time. A last
 * tile that would not be full overlaps the one before it, and computes the same again.
 *
 * @since 0.1.0
 */
import type { Job, Repeat } from './jobs.ts'

/** Places in a rectangle that are computed in the same way: as a job, of which each element is one place. */
export type Rectangle = Job

type Direction = 'inner' | 'outer' | 'images'

/** Jobs with the same kind of tile. */
export interface Tiling {
  /** offsets of the rows of a tile in the first operand and in the output */
  readonly rows: readonly number[]
  readonly outRows: readonly number[]
  /** whether the rows are images, so that the jobs are done for `rows.length` images at a time */
  readonly acrossImages: boolean
  readonly jobs: readonly Job[]
}

interface Choice {
  readonly direction: Direction
  readonly rows: number
}

/** Cycles of a step: multiplications and additions are two vectors a cycle each, an addition waits three for the last. */
const cycles = (rows: number, vectors: number): number => Math.max(3, (rows * vectors) / 2) + 0.2

/** The direction and the number of rows that take least time. */
const choose = (
  { outer, inner }: Rectangle,
  images: Repeat,
  limits: { readonly rows: number; readonly vectors: number }
): Choice => {
  const along: Readonly<Record<Direction, number>> = { inner: inner.count, outer: outer.count, images: images.count }
  const all = inner.count * outer.count * images.count
  const choices = (['inner', 'outer', 'images'] as const).flatMap((direction) =>
    Array.from({ length: Math.min(limits.rows, along[direction]) }, (_, i) => {
      const n = along[direction]
      const tiles = (all / n) * Math.ceil(n / (i + 1))
      // images are far apart in memory
      const time = tiles * cycles(i + 1, limits.vectors) * (direction === 'images' ? 1.05 : 1)
      return { direction, rows: i + 1, time }
    })
  )
  return choices.reduce((best, choice) => (choice.time < best.time ? choice : best))
}

/** The jobs of a rectangle whose tiles have `rows` places along the inner axis. */
const alongInner = (rectangle: Rectangle, rows: number): readonly Job[] => {
  const { a, out, inner } = rectangle
  const full = Math.floor(inner.count / rows)
  const last = inner.count - rows
  const tiles = { ...rectangle, inner: { count: full, a: inner.a * rows, out: inner.out * rows } }
  return inner.count % rows === 0
    ? [tiles]
    : [tiles, { ...rectangle, a: a + last * inner.a, out: out + last * inner.out, inner: { ...inner, count: 1 } }]
}

/** The same places with the axes the other way round. */
const exchanged = (rectangle: Rectangle): Rectangle => ({
  ...rectangle,
  outer: rectangle.inner,
  inner: rectangle.outer
})

/** Rows that go on where the row before ended are one row. */
const flattened = (rectangle: Rectangle): Rectangle => {
  const { outer, inner } = rectangle
  const goesOn = outer.a === inner.count * inner.a && outer.out === inner.count * inner.out
  return goesOn && outer.count > 1
    ? { ...rectangle, outer: { ...outer, count: 1 }, inner: { ...inner, count: inner.count * outer.count } }
    : rectangle
}

/** The tiles of all rectangles. */
export const tilingsOf = (
  rectangles: readonly Rectangle[],
  images: Repeat,
  limits: { readonly rows: number; readonly vectors: number }
): readonly Tiling[] => {
  const tilings = new Map<string, Tiling>()
  for (const rectangle of rectangles.map(flattened)) {
    const { direction, rows } = choose(rectangle, images, limits)
    const turned = direction === 'outer' ? exchanged(rectangle) : rectangle
    const axis = direction === 'images' ? images : turned.inner
    const jobs = direction === 'images' ? [rectangle] : alongInner(turned, rows)
    const offsets = (bytes: number) => Array.from({ length: rows }, (_, i) => i * bytes)
    const tiling = {
      rows: offsets(axis.a),
      outRows: offsets(axis.out),
      acrossImages: direction === 'images' && rows > 1,
      jobs
    }
    const key = `${tiling.rows.join()} ${tiling.outRows.join()} ${tiling.acrossImages}`
    tilings.set(key, { ...tiling, jobs: [...(tilings.get(key)?.jobs ?? []), ...jobs] })
  }
  return [...tilings.values()]
}
