/**
 * Dimensions and shapes: exact arithmetic as types, the same rules at run time, one sentence for both.
 *
 * @since 0.1.0
 */

// dimensions
export type { Add, Dim, Div, Divides, Meet, Mul, Natural, Open, Same, Shape, Sizes, Sub, Whole } from './dimension.ts'
export { addDim, isNatural, isWhole, meetDim, sameDim, unknownDim } from './dimension.ts'
export type { AddN, DivN, ModN, MulN, SubN } from './arithmetic.ts'

// shapes
export type { Append, Init, Last, Mutable, Prepend, SameShape, Unnamed, Unranked } from './shape.ts'
export { sameShape } from './shape.ts'
export type { Coeff, Product, Quotient, SameSize, Syms } from './product.ts'
export { product, quotient, sameSize, size } from './product.ts'
export type { Show, ShowDim } from './show.ts'
export { show, showDim } from './show.ts'

// axes
export type { AxisMessage, NormalAxis } from './axis.ts'
export { normaliseAxis } from './axis.ts'

// operations
export type { Broadcast, BroadcastMessage, BroadcastTo, BroadcastToMessage } from './broadcast.ts'
export { broadcast, broadcastTo } from './broadcast.ts'
export type { MatMul, MatMulMessage } from './matmul.ts'
export { matmul } from './matmul.ts'
export type { Concat, ConcatAll, ConcatAllMessage, ConcatMessage } from './concat.ts'
export { concat, concatAll } from './concat.ts'
export type { Reshape, ReshapeMessage } from './reshape.ts'
export { reshape } from './reshape.ts'
export type { Transpose, TransposeMessage } from './transpose.ts'
export { transpose } from './transpose.ts'
export type { Axes, Reduce, ReduceMessage } from './reduce.ts'
export { normaliseAxes, reduce } from './reduce.ts'
export type { Padding, Pads, Window } from './window.ts'
export { pads, window } from './window.ts'
export type { AnySliding, OneAxis, PerAxis, Sliding } from './sliding.ts'
export { bothAxes } from './sliding.ts'
export type { Window1d, Window1dMessage, Window2d, Window2dMessage } from './windows.ts'
export { pads2d, window1d, window2d } from './windows.ts'
export type { Slice, SliceMessage } from './slice.ts'
export type { Stop } from './slice-axis.ts'
export { slice } from './slice.ts'

// refusal
export type { First, Fit } from './fit.ts'
export { raise } from './raise.ts'
