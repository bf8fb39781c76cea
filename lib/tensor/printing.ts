/**
 * Printing tensors: small ones whole, large ones by their edges.
 *
 *     f32[2, 3]
 *     [[1, 2, 3],
 *      [4, 5, 6]]
 *
 * Numbers are the shortest decimals that read back as the same value of the element type.
 *
 * @since 0.1.0
 */
import type * as Showing from 'fp-ts/lib/Show.js'
import { raise, size, type Shape, type Sizes } from '../shape/index.ts'
import type { DType } from './dtype.ts'
import { elementOf } from './element.ts'
import { showSlot } from './slot.ts'
import { bufferOf, type AnyTensor, type Tensor } from './tensor.ts'

// model

/**
 * How tensors print.
 *
 * @category model
 * @since 0.1.0
 */
export interface ShowOptions {
  /** the most elements that are printed whole; default 1000 */
  readonly threshold?: number
  /** the elements printed at each end of an axis that is summarised; default 3 */
  readonly edge?: number
  /** the width at which the elements of the last axis wrap; default 75 */
  readonly width?: number
}

/** A place on an axis, or the gap in its middle. */
type Place = number | '...'

// elements

/** The shortest decimal that rounds to a float32: nine digits always suffice. */
const shortestFloat32 = (x: number): string => {
  const candidates = Array.from({ length: 9 }, (_, digits) => Number(x.toPrecision(digits + 1)))
  return String(candidates.find((candidate) => Math.fround(candidate) === x) ?? x)
}

/** The text of an element: JavaScript's own notation, with the sign of −0. */
const showElement = (dtype: DType, stored: number): string => {
  if (Object.is(stored, -0)) return '-0'
  if (dtype === 'f32' && Number.isFinite(stored)) return shortestFloat32(stored)
  return String(elementOf(dtype, stored))
}

// layout

const placesOf = (n: number, edge: number, summarise: boolean): readonly Place[] =>
  summarise && n > 2 * edge
    ? [
        ...Array.from({ length: edge }, (_, i) => i),
        '...' as const,
        ...Array.from({ length: edge }, (_, i) => n - edge + i)
      ]
    : Array.from({ length: n }, (_, i) => i)

/** The row-major positions of the elements that print. */
const positionsOf = (axes: readonly (readonly Place[])[], shape: Sizes): readonly number[] =>
  axes.reduce<readonly number[]>(
    (positions, places, axis) =>
      positions.flatMap((position) =>
        places.flatMap((place) => (place === '...' ? [] : [position * (shape[axis] ?? 0) + place]))
      ),
    [0]
  )

/** Words in lines of at most a width, greedily; lines after the first begin with a margin. */
const wrap = (words: readonly string[], width: number, margin: string): string =>
  words.reduce(
    ({ text, column }, word, i) =>
      i > 0 && column + 1 + word.length <= width
        ? { text: `${text} ${word}`, column: column + 1 + word.length }
        : { text: i === 0 ? word : `${text}\n${margin}${word}`, column: word.length },
    { text: '', column: 0 }
  ).text

/** The block of one node: its children separated by commas, lines of an outer axis by more line breaks. */
const block = (
  axes: readonly (readonly Place[])[],
  shape: Sizes,
  width: number,
  text: (position: number) => string,
  axis: number,
  position: number
): string => {
  const places = axes[axis]
  if (places === undefined) return text(position)
  const innermost = axis === axes.length - 1
  const margin = ' '.repeat(axis + 1)
  const children = places.map((place) =>
    place === '...' ? place : block(axes, shape, width, text, axis + 1, position * (shape[axis] ?? 0) + place)
  )
  const words = children.map((child, i) => (i < children.length - 1 ? `${child},` : child))
  const body = innermost
    ? wrap(words, width - margin.length - 1, margin)
    : words.join('\n'.repeat(axes.length - axis - 1) + margin)
  return `[${body}]`
}

// instances

/**
 * The text of a tensor, with settings of one's own.
 *
 * @param options.threshold the most elements that are printed whole, at least 0. Default 1000.
 * @param options.edge the elements printed at each end of a summarised axis, at least 1. Default 3.
 * @param options.width the width in characters at which the last axis wraps, at least 1. Default 75.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { showWith, zeros } from 'gradfold/tensor'
 * const text: string = pipe(zeros([100]), showWith({ threshold: 10, edge: 2 })) // 'f32[100] [0, 0, ..., 0, 0]'
 * @category destructors
 * @since 0.1.0
 */
export const showWith = ({ threshold = 1000, edge = 3, width = 75 }: ShowOptions) => {
  const settings = { threshold, edge, width }
  Object.entries(settings).forEach(([name, value]) => {
    const least = name === 'threshold' ? 0 : 1
    if (!(value >= least)) raise(`show: ${name} has to be at least ${least}, got ${value}`)
  })
  return <S extends Shape, T extends DType>(self: Tensor<S, T>): string => {
    const { shape, dtype } = self
    const buffer: ArrayLike<number> = bufferOf(self)
    const summarise = size(shape) > threshold
    const axes = size(shape) === 0 ? [[]] : shape.map((n) => placesOf(n, edge, summarise))
    const texts = new Map(
      positionsOf(axes, shape).map((position) => [position, showElement(dtype, buffer[position] ?? 0)])
    )
    const column = shape.length < 2 ? 0 : [...texts.values()].reduce((widest, text) => Math.max(widest, text.length), 0)
    const text = (position: number): string => (texts.get(position) ?? '').padStart(column)
    return `${showSlot(self)}${shape.length < 2 ? ' ' : '\n'}${block(axes, shape, width, text, 0, 0)}`
  }
}

/**
 * The text of a tensor: its element type, its shape and its elements; of more than 1000 elements only the edges.
 *
 * @example
 * import { show, tensor } from 'gradfold/tensor'
 * const text: string = show(tensor([1, 0.5])) // 'f32[2] [1, 0.5]'
 * @category destructors
 * @since 0.1.0
 */
export const show: (self: AnyTensor) => string = showWith({})

/**
 * Printing as an fp-ts instance.
 *
 * @category instances
 * @since 0.1.0
 */
export const Show: Showing.Show<AnyTensor> = { show }
