/**
 * Views: elements of a buffer that are read in an order of their own.
 *
 * @since 0.1.0
 */
import type { Sizes } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'
import { axesOf, collapse } from '../../reference/strides.ts'
import { bytesOf } from '../quad.ts'
import type { Level } from './nest.ts'

/** The element at a place is that at `offset` + Σ place[axis] · strides[axis], in elements. */
export interface View {
  readonly dtype: DType
  readonly shape: Sizes
  readonly offset: number
  readonly strides: Sizes
}

/** An axis of a copy: how far apart, in bytes, its elements are where they are written and where they are read. */
export interface CopyAxis {
  readonly length: number
  readonly to: number
  readonly from: number
}

/** The axes of the copy of a view into a row, outermost first, as few as possible. */
export const copyAxes = ({ dtype, shape, strides }: View): readonly CopyAxis[] => {
  const width = bytesOf(dtype)
  const axes: CopyAxis[] = []
  let to = width
  for (const { length, stride } of collapse(axesOf(shape, strides)).toReversed()) {
    axes.push({ length, to, from: stride * width })
    to *= length
  }
  return axes.toReversed()
}

/** The loop over an axis, of the pointers that write and read. */
export const levelOf = ({ length, to, from }: CopyAxis): Level => ({ length, steps: [to, from] })
