/**
 * Typed expressions: immutable nodes of a graph that operators build and engines compute.
 *
 * @since 0.1.0
 */

// model
export type { AnyExpr, Expr } from './node.ts'
export { isExpr } from './node.ts'
export type { Equation, Program } from './program.ts'
export { isProgram, outputSlots } from './program.ts'
export type { Primitive } from './primitive/parameters.ts'
export type { Exprs } from './operators/exprs.ts'

// operators
export {
  constant,
  full,
  iota,
  ones,
  onesLike,
  scalar,
  zeros,
  zerosLike,
  type IotaOptions
} from './operators/creation.ts'
export { add, atan2, divide, maximum, minimum, multiply, power, remainder, subtract } from './operators/arithmetic.ts'
export { and, not, or, shiftLeft, shiftRight, xor } from './operators/logic.ts'
export { abs, ceil, floor, negate, round, sign } from './operators/rounding.ts'
export { cbrt, reciprocal, rsqrt, sqrt, square } from './operators/root.ts'
export { exp, exp2, expm1, log, log10, log1p, log2, sigmoid } from './operators/exponential.ts'
export { atan, cos, cosh, sin, sinh, tan, tanh } from './operators/trigonometric.ts'
export { erf, erfInv, erfc } from './operators/error-function.ts'
export {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
  type Compare,
  type ComparisonOperator
} from './operators/comparison.ts'
export { clip, select, type Clip, type Select } from './operators/select.ts'
export { logSumExp, max, mean, min, product, sum, variance } from './operators/reduction.ts'
export { all, any } from './operators/quantifier.ts'
export type { Fold, FoldOperator, FoldOptions } from './operators/fold.ts'
export { argMax, argMin, type Locate } from './operators/arg-max.ts'
export { matmul, type MatMulBy } from './operators/matmul.ts'
export { expandDims, reshape, squeeze, type ExpandAt, type ReshapeTo, type SqueezeAt } from './operators/reshape.ts'
export { broadcastLike, broadcastTo, type BroadcastBy, type BroadcastLike } from './operators/broadcast.ts'
export { reverse, transpose, type ReverseAlong, type TransposeBy } from './operators/transpose.ts'
export { slice, type SliceBy } from './operators/slice.ts'
export { pad, type PadBy, type PadOptions, type PadWidth } from './operators/pad.ts'
export { concat, concatAll, stack, type ConcatWith } from './operators/concat.ts'
export { bitcast, convert, type BitcastTo, type ConvertTo } from './operators/convert.ts'
export { scatterAdd, take, takeAlong, type ScatterAddAt, type TakeAlong, type TakeAt } from './operators/indexing.ts'
export { oneHot, type OneHot } from './operators/one-hot.ts'
export { argSort, sort, sortBy, type ArgSortAlong, type SortAlong, type SortByKeys } from './operators/sort.ts'
export { conv2d, type Conv2dBy, type Conv2dOptions } from './operators/convolution.ts'
export {
  averagePool2d,
  maxPool2d,
  sumPool2d,
  type AverageOptions,
  type PoolBy,
  type PoolOptions
} from './operators/window.ts'
export {
  elu,
  gelu,
  hardTanh,
  leakyRelu,
  relu,
  selu,
  silu,
  softplus,
  step,
  type GeluForm
} from './operators/activation.ts'
export { logSoftmax, softmax, type Along } from './operators/softmax.ts'
export type { BinaryOperator, Combine, Elementwise } from './operators/elementwise.ts'

// control flow
export { cond, scan, whileLoop, type Collected, type Elements, type ScanOptions } from './operators/control.ts'
export { customJvp, customVjp } from './operators/custom.ts'

// programs
export { program } from './operators/program.ts'
export { hash, parse, print } from './text/index.ts'
