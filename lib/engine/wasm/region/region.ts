/**
 * Regions: what fusion makes of elementwise work, broadcasts and reductions that walk over the same elements: one kernel
 * whose values stay in registers.
 *
 * A region has a space, the shape that it walks over, row-major. Its steps are in order, and their values are numbered
 * in order, `outputs` of an application counting each. A value is *whole* (one element for each place of the space) or
 * *folded* (one for each place of the axes that are left): a fold gives a folded value, an application of folded values
 * and constants is folded too. A whole step that uses a folded value sees it repeated along the folded axes; folded
 * values meet only values of the same axes. So softmax over rows is one region: a fold, whole steps, a fold, whole steps.
 *
 * @since 0.1.0
 */
import type { Equation, Primitive } from '../../../expr/internal.ts'
import type { Sizes } from '../../../shape/index.ts'
import type { DType } from '../../../tensor/index.ts'

// model

/** Folds of the axes of a space; bool folds by max (or) and min (and). */
export type Fold = 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin'

export type RegionStep =
  /** An element of a buffer: pointer parameter `pointer`, at `offset` + Σ place[axis] · strides[axis], in elements. */
  | {
      readonly kind: 'read'
      readonly pointer: number
      readonly dtype: DType
      readonly offset: number
      readonly strides: Sizes
    }
  /** One number, the same at every place: the element itself, bool as 0 or 1. */
  | { readonly kind: 'constant'; readonly dtype: DType; readonly value: number }
  /** A primitive that works element by element. */
  | {
      readonly kind: 'apply'
      readonly primitive: Primitive
      readonly parameters: Equation['parameters']
      readonly operands: readonly number[]
      readonly operandTypes: readonly DType[]
      readonly outputs: readonly DType[]
    }
  /** A whole value folded along axes; all folds of a region have the same axes. The order of sums is that of the numerics. */
  | {
      readonly kind: 'fold'
      readonly fold: Fold
      readonly operand: number
      readonly axes: Sizes
      readonly dtype: DType
    }

/** A value that leaves the region: row-major in the space, or in the axes of the space that are not folded. */
export interface RegionWrite {
  readonly value: number
  readonly pointer: number
  readonly dtype: DType
  /**
   * Whether it is written in the axes that are not folded: where absent, if the value is folded. A whole value that is
   * the same along the folded axes (a read of strides 0 there, say, times a sum) can be written so too.
   */
  readonly folded?: boolean
}

export interface Region {
  readonly space: Sizes
  readonly steps: readonly RegionStep[]
  readonly writes: readonly RegionWrite[]
  /** how many pointers the kernel takes: buffers that are read, then buffers that are written */
  readonly pointers: number
}
