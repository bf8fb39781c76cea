/**
 * Where a sliding window touches an image.
 *
 * @since 0.1.0
 */
import type { Pads, Pair } from '../../expr/internal.ts'

/** How a window slides. */
export interface Sliding {
  readonly stride: Pair
  readonly padding: Pads
  readonly dilation: Pair
}

/** The lengths of one axis: of the image, of the window, and in how many places the window stands. */
export interface Extent {
  readonly image: number
  readonly window: number
  readonly places: number
}

/** Marks a tap that falls on padding, or between the strides. */
export const outside = -1

/**
 * For each place of the window and each tap, row-major, the place of the image that is touched along one axis, or
 * `outside`.
 */
export const touched = (
  axis: 0 | 1,
  { stride, padding, dilation }: Sliding,
  { image, window, places }: Extent
): Int32Array =>
  Int32Array.from({ length: places * window }, (_, i) => {
    const at = Math.floor(i / window) * stride[axis] + (i % window) * dilation[axis] - padding[axis][0]
    return at < image && at >= 0 ? at : outside
  })

/** For each place of the image and each tap, row-major, the place of the window that touches it so, or `outside`. */
export const touching = (
  axis: 0 | 1,
  { stride, padding, dilation }: Sliding,
  { image, window, places }: Extent
): Int32Array =>
  Int32Array.from({ length: image * window }, (_, i) => {
    const from = Math.floor(i / window) + padding[axis][0] - (i % window) * dilation[axis]
    const place = from / stride[axis]
    return from >= 0 && from % stride[axis] === 0 && place < places ? place : outside
  })
