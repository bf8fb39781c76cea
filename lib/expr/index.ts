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
export {
  abs,
  atan,
  cbrt,
  ceil,
  cos,
  cosh,
  erf,
  erfInv,
  erfc,
  exp,
  exp2,
  expm1,
  floor,
  log,
  log10,
  log1p,
  log2,
  negate,
  reciprocal,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  tan,
  tanh
} from './operators/elementary.ts'
export {
  clip,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
  select,
  type Clip,
  type Compare,
  type ComparisonOperator,
  type Select
} from './operators/comparison.ts'
export {
  all,
  any,
  argMax,
  argMin,
  logSumExp,
  max,
  mean,
  min,
  product,
  sum,
  variance,
  type Fold,
  type FoldOperator,
  type FoldOptions,
  type Locate
} from './operators/reduction.ts'
export { matmul, type MatMulBy } from './operators/matmul.ts'
export {
  broadcastLike,
  broadcastTo,
  expandDims,
  reshape,
  squeeze,
  transpose,
  type BroadcastBy,
  type BroadcastLike,
  type ExpandAt,
  type ReshapeTo,
  type SqueezeAt,
  type TransposeBy
} from './operators/reshape.ts'
export {
  concat,
  concatAll,
  pad,
  reverse,
  slice,
  stack,
  type ConcatWith,
  type PadBy,
  type PadOptions,
  type PadWidth,
  type ReverseAlong,
  type SliceBy
} from './operators/movement.ts'
export { bitcast, convert, type BitcastTo, type ConvertTo } from './operators/convert.ts'
export {
  oneHot,
  scatterAdd,
  take,
  takeAlong,
  type OneHot,
  type ScatterAddAt,
  type TakeAlong,
  type TakeAt
} from './operators/indexing.ts'
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
