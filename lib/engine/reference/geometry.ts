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

/** Marks a tap that falls on padding. */
export const outside = -1

/**
 * For each place of the window and each tap, row-major, the place of the image that is touched along one axis, or
 * `outside`.
 */
export const touched = (
  axis: 0 | 1,
  { stride, padding, dilation }: Sliding,
  lengths: { readonly image: number; readonly window: number; readonly places: number }
): Int32Array =>
  Int32Array.from({ length: lengths.places * lengths.window }, (_, i) => {
    const place = Math.floor(i / lengths.window)
    const tap = i % lengths.window
    const at = place * stride[axis] + tap * dilation[axis] - padding[axis][0]
    return at < lengths.image && at >= 0 ? at : outside
  })

/** For each place of the image and each tap the place of the window that touches it so, or `outside`. */
export const touching = (
  axis: 0 | 1,
  { stride, padding, dilation }: Sliding,
  lengths: { readonly image: number; readonly window: number; readonly places: number }
): Int32Array =>
  Int32Array.from({ length: lengths.image * lengths.window }, (_, i) => {
    const at = Math.floor(i / lengths.window)
    const tap = i % lengths.window
    const from = at + padding[axis][0] - tap * dilation[axis]
    const place = from / stride[axis]
    return from >= 0 && from % stride[axis] === 0 && place < lengths.places ? place : outside
  })
