/**
 * Folding axes away: sums and products by lanes, extremes, and the index of the greatest.
 *
 * @since 0.1.0
 */
import type { Sizes } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { allocate, type Buffer } from '../../tensor/internal.ts'
import { numerics } from '../numerics.ts'
import { exceeds } from './exceeds.ts'
import { compute1, operandOf, type Loop1, type Rule, type Rules } from './kernel.ts'
import { axesOf, collapse, placesOf, rowMajor, type Axis } from './strides.ts'

const lanes = numerics.reductionLanes

/** The walk of a reduction: rows of results that lie side by side, and what is folded into each. */
interface Walk {
  /** where each row of results begins to read */
  readonly rows: Int32Array
  /** how many results a row holds; their elements are neighbours */
  readonly width: number
  /** the folded places relative to a row's begin, in runs of equal steps */
  readonly runs: Int32Array
  readonly run: Axis
  /** how many elements are folded into one result */
  readonly count: number
}

const walkOf = (shape: Sizes, axes: Sizes): Walk => {
  const all = axesOf(shape, rowMajor(shape))
  const kept = collapse(all.filter((_, axis) => !axes.includes(axis)))
  const folded = collapse(all.filter((_, axis) => axes.includes(axis)))
  const last = kept.at(-1)
  const side = last !== undefined && last.stride === 1 ? last : undefined
  const run = folded.at(-1) ?? { length: 1, stride: 0 }
  const runs = placesOf({ offset: 0, axes: folded.slice(0, -1) })
  return {
    rows: placesOf({ offset: 0, axes: side === undefined ? kept : kept.slice(0, -1) }),
    width: side?.length ?? 1,
    runs,
    run,
    count: runs.length * run.length
  }
}

/** Adds (or multiplies) element i of a buffer into lane i; `acc` is as long as 8 rows. */
type Accumulate = (acc: Buffer, lane: number, x: Buffer, from: number, width: number) => void

// two texts, so that the one for f32 only ever sees one kind of buffer

const addF32: Accumulate = (acc, lane, x, from, width) => {
  for (let j = 0; j < width; j += 1) acc[lane + j] = acc[lane + j]! + x[from + j]!
}
const add: Accumulate = (acc, lane, x, from, width) => {
  for (let j = 0; j < width; j += 1) acc[lane + j] = acc[lane + j]! + x[from + j]!
}
const multiply: Accumulate = (acc, lane, x, from, width) => {
  for (let j = 0; j < width; j += 1) acc[lane + j] = acc[lane + j]! * x[from + j]!
}
const multiplyInteger: Accumulate = (acc, lane, x, from, width) => {
  for (let j = 0; j < width; j += 1) acc[lane + j] = Math.imul(acc[lane + j]!, x[from + j]!)
}

/** A fold by lanes: element i of the folded index goes to lane i mod 8, then the lanes are folded pairwise. */
const byLanes = (walk: Walk, dtype: DType, start: number, accumulate: Accumulate): Loop1 => {
  const { rows, width, runs, run } = walk
  const acc = allocate(dtype, lanes * width)
  return (out, x) => {
    for (let row = 0; row < rows.length; row += 1) {
      acc.fill(start)
      for (let r = 0, i = 0; r < runs.length; r += 1)
        for (let s = 0, from = rows[row]! + runs[r]!; s < run.length; s += 1, from += run.stride, i += 1)
          accumulate(acc, (i & (lanes - 1)) * width, x, from, width)
      for (let half = lanes / 2; half >= 1; half /= 2)
        for (let j = 0; j < half; j += 1) accumulate(acc, j * width, acc, (j + half) * width, width)
      for (let j = 0; j < width; j += 1) out[row * width + j] = acc[j]!
    }
  }
}

/** A fold whose order cannot be seen; the first element is the start. */
const extreme = (walk: Walk, better: (a: number, b: number) => number): Loop1 => {
  const { rows, width, runs, run } = walk
  return (out, x) => {
    for (let row = 0; row < rows.length; row += 1)
      for (let j = 0; j < width; j += 1) {
        const begin = rows[row]! + j
        let best = x[begin]!
        for (let r = 0; r < runs.length; r += 1)
          for (let s = 0, from = begin + runs[r]!; s < run.length; s += 1, from += run.stride)
            best = better(best, x[from]!)
        out[row * width + j] = best
      }
  }
}

const greatest = (walk: Walk): Loop1 => {
  const { rows, width, run } = walk
  return (out, x) => {
    for (let row = 0; row < rows.length; row += 1)
      for (let j = 0; j < width; j += 1) {
        const begin = rows[row]! + j
        let best = 0
        for (let s = 1; s < run.length; s += 1)
          if (exceeds(x[begin + s * run.stride]!, x[begin + best * run.stride]!)) best = s
        out[row * width + j] = best
      }
  }
}

const extremum =
  (better: (a: number, b: number) => number): Rule<{ readonly axes: Sizes }> =>
  (context, { axes }) =>
    compute1(extreme(walkOf(operandOf(context, 0).shape, axes), better))

export const reduction: Rules<'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin' | 'argMax'> = {
  reduceSum: (context, { axes }) => {
    const { shape, dtype } = operandOf(context, 0)
    return compute1(byLanes(walkOf(shape, axes), dtype, 0, dtype === 'f32' ? addF32 : add))
  },
  reduceProduct: (context, { axes }) => {
    const { shape, dtype } = operandOf(context, 0)
    const isInteger = dtype === 'i32' || dtype === 'u32'
    return compute1(byLanes(walkOf(shape, axes), dtype, 1, isInteger ? multiplyInteger : multiply))
  },
  reduceMax: extremum(Math.max),
  reduceMin: extremum(Math.min),
  argMax: (context, { axis }) => compute1(greatest(walkOf(operandOf(context, 0).shape, [axis])))
}
