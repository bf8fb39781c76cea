/**
 * Segments: the taps of places with equal taps as runs of k whose operands lie at equal distances.
 *
 * @since 0.1.0
 */
import { numerics } from '../../numerics.ts'
import type { Places } from './places.ts'

/** How k counts, and where its operands are. */
export interface Counting {
  /** taps of a row of the window, and elements of each tap */
  readonly wide: number
  readonly elements: number
  /** bytes from row to row, and from pixel to pixel, of what taps fall on */
  readonly rowBytes: number
  readonly pixelBytes: number
  /** bytes from k to k within a segment, of what taps fall on and of the weights */
  readonly rowStep: number
  readonly step: number
  /** how far neighbouring taps of a row are apart if a segment goes on from one to the next */
  readonly joined: number | undefined
}

/** Consecutive k: offsets of the operands in bytes, how many bytes of weights, and whether a block of sums ends there. */
export interface Segment {
  readonly a: number
  readonly b: number
  readonly length: number
  readonly closes: boolean
}

/** Ascending k from `first` on, `count` of them, the operand of the first at `a`. */
interface Run {
  readonly first: number
  readonly count: number
  readonly a: number
}

const block = numerics.contractionBlock

/** The runs of k; a is relative to the first tap. */
const runsOf = ({ wide, elements, rowBytes, pixelBytes, joined }: Counting, rows: Places, columns: Places) => {
  const runs: Run[] = []
  for (const { tap: ky, at: y } of rows.taps)
    columns.taps.forEach(({ tap: kx, at: x }, i) => {
      const before = columns.taps[i - 1]
      const last = runs.at(-1)
      if (last !== undefined && before !== undefined && before.tap + 1 === kx && x - before.at === joined)
        runs[runs.length - 1] = { ...last, count: last.count + elements }
      else {
        const a = (y - rows.taps[0]!.at) * rowBytes + (x - columns.taps[0]!.at) * pixelBytes
        runs.push({ first: (ky * wide + kx) * elements, count: elements, a })
      }
    })
  return runs
}

/** The runs cut where blocks of sums end. */
export const segmentsOf = (counting: Counting, rows: Places, columns: Places): readonly Segment[] => {
  const { rowStep, step } = counting
  const parts = runsOf(counting, rows, columns).flatMap(({ first, count, a }) => {
    const cuts: Run[] = []
    for (let k = first; k < first + count;) {
      const end = Math.min(first + count, k - (k % block) + block)
      cuts.push({ first: k, count: end - k, a: a + (k - first) * rowStep })
      k = end
    }
    return cuts
  })
  const blockOf = (part: Run | undefined) => part && Math.floor(part.first / block)
  return parts.map((part, i) => ({
    a: part.a,
    b: part.first * step,
    length: part.count * step,
    closes: blockOf(part) !== blockOf(parts[i + 1])
  }))
}

export const segmentBytes = 16

/** Segments as they stand in memory. */
export const segmentTable = (segments: readonly Segment[]): Int32Array =>
  Int32Array.from(segments.flatMap(({ a, b, length, closes }) => [a, b, length, closes ? 1 : 0]))
