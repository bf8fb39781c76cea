/**
 * Immutable tensors and trees of them.
 *
 * @since 0.1.0
 */
import * as operations from './tree-operations.ts'
import type { Leaf, Tree as TreeOf } from './tree.ts'

// element types and slots
export type { Buffers, DType, FloatDType } from './dtype.ts'
export { bytesPerElement, dtypes, isDType, isFloat } from './dtype.ts'
export type { Element } from './element.ts'
export type { Slot, TypedSlot } from './slot.ts'
export { sameSlot, showSlot, slot } from './slot.ts'

// tensors
export type { AnyTensor, ShapeOf, Tensor } from './tensor.ts'
export { isTensor } from './tensor.ts'
export type { DTypeOfArray, TypedArray } from './literal.ts'
export { fromArray, fromTypedArray, full, ones, tensor, zeros } from './literal.ts'
export type { DefaultDType, Nested, NestedMessage, NestedOf, NestedShape } from './nested.ts'
export type { AtMessage } from './reading.ts'
export { at, item, toArray, toFlatArray } from './reading.ts'
export type { Tolerance } from './equality.ts'
export { Eq, equals, getEq } from './equality.ts'
export type { ShowOptions } from './printing.ts'
export { Show, show, showWith } from './printing.ts'
export { fromBytes, toBytes } from './bytes.ts'
export { hashTree } from './hash.ts'

// trees
export type { Leaf, Path } from './tree.ts'
export { isLeaf, leavesOf, pathsAndLeaves, replaceLeaves, withLeaves } from './tree.ts'
export type { TensorDifference } from './difference.ts'
export type { LeafAt, LeafOf, LeafPaths, Mapped, Slots, Tensors, TreeLike } from './tree-types.ts'
export type { Flat } from './tree-operations.ts'

/**
 * A nested structure with leaves of type A.
 *
 * @category model
 * @since 0.1.0
 */
export type Tree<A extends Leaf> = TreeOf<A>

/**
 * The operations on trees: `map`, `modify`, `zipWith`, `fold`, `foldMap`, `leaves`, `paths`, `names`, `at`, `flatten`,
 * `slots`, `structureEquals`, `equals`.
 *
 * @category trees
 * @since 0.1.0
 */
export const Tree: typeof operations = operations
