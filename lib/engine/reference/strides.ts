/**
 * Reading and writing by strides: an axis is a number of steps and how far each goes.
 *
 * Broadcasting, transposing, slicing, reversing and padding are all a walk over axes on one side and a plain count on
 * the other.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../shape/index.ts'
import type { Buffer } from '../../tensor/internal.ts'

// model

export interface Axis {
  readonly length: number
  readonly stride: number
}

/** Places in a buffer: the axes in row-major order, from an offset. */
export interface Layout {
  readonly offset: number
  readonly axes: readonly Axis[]
}

// constructors

/** How far apart the elements along each axis of a row-major buffer are. */
export const rowMajor = (shape: Sizes): readonly number[] => shape.map((_, axis) => size(shape.slice(axis + 1)))

export const axesOf = (shape: Sizes, strides: readonly number[] = rowMajor(shape)): readonly Axis[] =>
  shape.map((length, axis) => ({ length, stride: strides[axis]! }))

/** The same places with as few axes as possible: none of length 1, none that continues the one before it. */
export const collapse = (axes: readonly Axis[]): readonly Axis[] => {
  const joined: Axis[] = []
  for (const axis of axes) {
    const before = joined.at(-1)
    if (axis.length === 1) continue
    if (before !== undefined && before.stride === axis.length * axis.stride)
      joined[joined.length - 1] = { length: before.length * axis.length, stride: axis.stride }
    else joined.push(axis)
  }
  return joined
}

// destructors

export const countOf = (axes: readonly Axis[]): number => axes.reduce((count, { length }) => count * length, 1)

/** The places of a layout one by one. */
export const placesOf = ({ offset, axes }: Layout): Int32Array => {
  const places = new Int32Array(countOf(axes))
  places[0] = offset
  let filled = 1
  if (places.length === 0) return places
  // each axis repeats what its inner axes have filled
  for (const { length, stride } of axes.toReversed()) {
    for (let step = 1; step < length; step += 1)
      for (let i = 0; i < filled; i += 1) places[step * filled + i] = places[i]! + step * stride
    filled *= length
  }
  return places
}

/** Whether a layout counts 0, 1, 2 … */
export const isWhole = ({ offset, axes }: Layout): boolean => {
  const [first, ...rest] = collapse(axes)
  return offset === 0 && rest.length === 0 && (first === undefined || first.stride === 1 || first.length === 0)
}

// runs

/** Copies n elements from every `step`-th place. */
type Run = (out: Buffer, to: number, x: Buffer, from: number, step: number, n: number) => void

/** From here on copying a block at once is cheaper than a loop. */
const longRun = 48

const block: Run = (out, to, x, from, step, n) => {
  if (step === 0) out.fill(x[from]!, to, to + n)
  else out.set(x.subarray(from, from + n), to)
}

// two texts, so that the one for f32 only ever sees one kind of buffer

const runF32: Run = (out, to, x, from, step, n) => {
  for (let i = 0, place = from; i < n; i += 1, place += step) out[to + i] = x[place]!
}
const runOther: Run = (out, to, x, from, step, n) => {
  for (let i = 0, place = from; i < n; i += 1, place += step) out[to + i] = x[place]!
}

/** Copies from a layout to a plain count. */
export const readStrided = (layout: Layout): ((out: Buffer, x: Buffer) => void) => {
  const axes = collapse(layout.axes)
  const inner = axes.at(-1) ?? { length: 1, stride: 1 }
  const middle = axes.at(-2) ?? { length: 1, stride: 0 }
  const places = placesOf({ offset: layout.offset, axes: axes.slice(0, -2) })
  const { length: n, stride: step } = inner
  const isBlock = n >= longRun && (step === 0 || step === 1)
  return (out, x) => {
    const run = isBlock ? block : x instanceof Float32Array ? runF32 : runOther
    let to = 0
    for (let i = 0; i < places.length; i += 1)
      for (let j = 0, from = places[i]!; j < middle.length; j += 1, from += middle.stride, to += n)
        run(out, to, x, from, step, n)
  }
}

/** Copies from a plain count to a layout. */
export const writeStrided = (layout: Layout): ((out: Buffer, x: Buffer) => void) => {
  const axes = collapse(layout.axes)
  const { length: n, stride: step } = axes.at(-1) ?? { length: 1, stride: 1 }
  const places = placesOf({ offset: layout.offset, axes: axes.slice(0, -1) })
  return (out, x) => {
    for (let i = 0, from = 0; i < places.length; i += 1)
      for (let j = 0, to = places[i]!; j < n; j += 1, to += step, from += 1) out[to] = x[from]!
  }
}
