/**
 * Slots: the shape and element type of a value that is not there yet.
 *
 * A parameter tree of slots is the plan from which trees of tensors and trees of expressions are made.
 *
 * @since 0.1.0
 */
import { sameShape, show, type Shape, type Sizes } from '../shape/index.ts'
import type { DType } from './dtype.ts'
import type { Leaf } from './tree.ts'

/**
 * The shape and element type of a tensor, without its elements.
 *
 * @category model
 * @since 0.1.0
 */
export interface Slot {
  readonly shape: Sizes
  readonly dtype: DType
}

declare const slotOf: unique symbol

/**
 * A slot whose shape S and element type T are in its type; `'float'` is the float type a tree is made for.
 *
 * @category model
 * @since 0.1.0
 */
export interface TypedSlot<S extends Shape, T extends DType | 'float' = 'float'> {
  readonly [slotOf]: readonly [shape: S, dtype: T]
}

/**
 * A slot as data.
 *
 * @param shape sizes, outermost first
 * @param dtype the element type
 * @example
 * import { slot } from 'gradfold/tensor'
 * const images = slot([32, 28, 28, 1], 'f32')
 * @category constructors
 * @since 0.1.0
 */
export const slot = (shape: Sizes, dtype: DType): Slot => ({ shape, dtype })

/**
 * The text of a slot, or of any leaf: `f32[2, 3]`.
 *
 * @example
 * import { showSlot, tensor } from 'gradfold/tensor'
 * const text: string = showSlot(tensor([1, 2])) // 'f32[2]'
 * @category destructors
 * @since 0.1.0
 */
export const showSlot = (self: Leaf): string => `${self.dtype}${show(self.shape)}`

/**
 * Whether two slots have the same shape and element type.
 *
 * @example
 * import { sameSlot, tensor } from 'gradfold/tensor'
 * const yes: boolean = sameSlot(tensor([1, 2]), tensor([3, 4]))
 * @category predicates
 * @since 0.1.0
 */
export const sameSlot = (a: Slot, b: Slot): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape)
