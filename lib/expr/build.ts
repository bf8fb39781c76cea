/**
 * Untyped graph building: applications that cost nothing where they would change nothing.
 *
 * @internal
 */
import { sameShape, type Sizes } from '../shape/index.ts'
import type { DType } from '../tensor/index.ts'
import { scalarOf } from '../tensor/internal.ts'
import { applyOne, type Value } from './node.ts'

/** A number as a constant without axes, rounded to its type. */
export const scalar = (value: number, dtype: DType): Value =>
  applyOne('constant', [], { value: scalarOf(dtype, value) })

/** Repeats a value to a shape that it broadcasts to. */
export const stretched = (self: Value, shape: Sizes): Value =>
  sameShape(self.shape, shape)
    ? self
    : applyOne('broadcast', [self], {
        shape,
        axes: self.shape.map((_, axis) => shape.length - self.shape.length + axis)
      })

/** Another shape for the same elements. */
export const reshaped = (self: Value, shape: Sizes): Value =>
  sameShape(self.shape, shape) ? self : applyOne('reshape', [self], { shape })

/** Another order of the axes. */
export const permuted = (self: Value, permutation: Sizes): Value =>
  permutation.every((axis, i) => axis === i) ? self : applyOne('transpose', [self], { permutation })

/** Another element type. */
export const converted = (self: Value, dtype: DType): Value =>
  self.dtype === dtype ? self : applyOne('convert', [self], { dtype })
