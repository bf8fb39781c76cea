/**
 * The primitives by name, and the parameters of each.
 *
 * Rules about primitives (shape, derivative, transposition, batching, evaluation, lowering) are records with one entry
 * for each name here, so that a missing rule does not compile.
 *
 * @since 0.1.0
 */
import type { Sizes } from '../../shape/index.ts'
import type { AnyTensor, DType, Slot } from '../../tensor/index.ts'
import type { Program } from '../program.ts'

declare const none: unique symbol

/** Nothing to set. */
export interface None {
  readonly [none]?: never
}

/** Zeros before and after each of the two image axes. */
export type Pads = readonly [vertical: readonly [number, number], horizontal: readonly [number, number]]
/** A pair for the two image axes: vertical, horizontal. */
export type Pair = readonly [vertical: number, horizontal: number]

/** A sliding window over `[batch, height, width, channels]`. */
export interface WindowParameters {
  readonly size: Pair
  readonly stride: Pair
  readonly padding: Pads
  readonly dilation: Pair
}

/** A convolution of `[batch, height, width, channels]` by `[kernelHeight, kernelWidth, channels / groups, filters]`. */
export interface ConvolutionParameters {
  readonly stride: Pair
  readonly padding: Pads
  readonly dilation: Pair
  readonly groups: number
}

export type Unary =
  | 'negate'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'sqrt'
  | 'rsqrt'
  | 'cbrt'
  | 'exp'
  | 'exp2'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'log2'
  | 'log10'
  | 'tanh'
  | 'sinh'
  | 'cosh'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'atan'
  | 'erf'
  | 'erfc'
  | 'erfInv'
  | 'sigmoid'
  | 'not'
  | 'stopGradient'

export type Binary =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'remainder'
  | 'maximum'
  | 'minimum'
  | 'power'
  | 'atan2'
  | 'and'
  | 'or'
  | 'xor'
  | 'shiftLeft'
  | 'shiftRight'

export type Comparison = 'equal' | 'less' | 'lessEqual'

/** The primitives that slide a window over images. */
export type Windowed =
  | 'convolution'
  | 'convolutionInputGradient'
  | 'convolutionKernelGradient'
  | 'windowMax'
  | 'windowPick'
  | 'windowScatter'
  | 'windowSum'
  | 'windowSpread'

/** The primitives with programs inside. */
export type Control = 'scan' | 'cond' | 'whileLoop' | 'customJvp' | 'customVjp' | 'customLinear'

/** The parameters of each primitive, by its name. */
export interface Parameters extends Readonly<Record<Unary | Binary | Comparison, None>> {
  /** `[condition, whenTrue, whenFalse]`, of one shape. */
  readonly select: None
  /** To another element type: floats to integers truncate and saturate, NaN gives 0; anything but 0 is true. */
  readonly convert: { readonly dtype: DType }
  /** The same bits read as another type of the same width. */
  readonly bitcast: { readonly dtype: DType }

  readonly constant: { readonly value: AnyTensor }
  /** Counts 0, 1, 2 … along one axis. */
  readonly iota: { readonly shape: Sizes; readonly axis: number; readonly dtype: DType }

  readonly reduceSum: { readonly axes: Sizes }
  readonly reduceProduct: { readonly axes: Sizes }
  /** On bool: or. */
  readonly reduceMax: { readonly axes: Sizes }
  /** On bool: and. */
  readonly reduceMin: { readonly axes: Sizes }
  /** The index (i32) of the first greatest element along an axis; NaN counts as greatest. */
  readonly argMax: { readonly axis: number }

  /** `[…, n, k] · […, k, m]` with equal leading axes. */
  readonly matmul: None

  /** Axis i of the operand becomes axis `axes[i]` of the result; an axis of size 1 is repeated, new axes too. */
  readonly broadcast: { readonly shape: Sizes; readonly axes: Sizes }
  readonly reshape: { readonly shape: Sizes }
  /** Axis i of the result is axis `permutation[i]` of the operand. */
  readonly transpose: { readonly permutation: Sizes }
  readonly reverse: { readonly axes: Sizes }
  readonly slice: { readonly start: Sizes; readonly stop: Sizes; readonly stride: Sizes }
  /** `[operand, value]`: `low` and `high` copies of the value around, `interior` of them between elements. */
  readonly pad: { readonly low: Sizes; readonly high: Sizes; readonly interior: Sizes }
  readonly concat: { readonly axis: number }

  /**
   * `[x, indices]`: elements of x along `axis` at integer indices (clamped into range). The first `batch` axes of x and
   * indices are shared: `[batch…, before…, n, after…]` at `[batch…, places…]` gives `[batch…, before…, places…, after…]`.
   */
  readonly gather: { readonly axis: number; readonly batch: number }
  /** `[target, indices, updates]`: target plus updates at the places that `gather` would read, ascending. */
  readonly scatterAdd: { readonly axis: number; readonly batch: number }

  /** `[image, kernel]`. */
  readonly convolution: ConvolutionParameters
  /** `[outputGradient, kernel]`: the gradient by the image, of height and width `inputSize`. */
  readonly convolutionInputGradient: ConvolutionParameters & { readonly inputSize: Pair }
  /** `[image, outputGradient]`: the gradient by the kernel, of height and width `kernelSize`. */
  readonly convolutionKernelGradient: ConvolutionParameters & { readonly kernelSize: Pair }

  /** Greatest element of each window; padding never wins. */
  readonly windowMax: WindowParameters
  /** `[x, values]`: of each window the element of `values` where x is first greatest. */
  readonly windowPick: WindowParameters
  /** `[x, windows]`: each element of `windows` added where x is first greatest in its window. */
  readonly windowScatter: WindowParameters
  readonly windowSum: WindowParameters
  /** The gradient of `windowSum`: each element spread over its window, into an image of `inputSize`. */
  readonly windowSpread: WindowParameters & { readonly inputSize: Pair }

  /** `[keys, …values]` sorted together, stably and ascending by the keys along an axis: −0 before +0, NaN last. */
  readonly sort: { readonly axis: number }
  /** `[key0, key1, counter0, counter1]` u32: one Threefry-2x32 block of 20 rounds for each element. */
  readonly threefry2x32: None

  /** `[…constants, …carry, …xs]`: the body maps `constants, carry, x` to `carry, y`, over the first axis of xs. */
  readonly scan: {
    readonly body: Program
    readonly length: number
    readonly constants: number
    readonly carry: number
    readonly reverse: boolean
  }
  /** `[predicate, …operands]`. */
  readonly cond: { readonly whenTrue: Program; readonly whenFalse: Program }
  /** `[…predicateConstants, …bodyConstants, …carry]`. */
  readonly whileLoop: {
    readonly predicate: Program
    readonly body: Program
    readonly predicateConstants: number
    readonly bodyConstants: number
  }

  /** A function with a derivative of its own: `jvp` maps primals and tangents to outputs and their tangents. */
  readonly customJvp: { readonly primal: Program; readonly jvp: Program }
  /** A function with a pull-back of its own: `forward` gives outputs and residuals, `backward` takes residuals and cotangents. */
  readonly customVjp: { readonly primal: Program; readonly forward: Program; readonly backward: Program }
  /** `[…residuals, …tangents]`: the linear map whose transpose is `backward`; it can be transposed but not computed. */
  readonly customLinear: { readonly backward: Program; readonly residuals: number; readonly outputs: readonly Slot[] }
}

/**
 * The name of a primitive.
 *
 * @category model
 * @since 0.1.0
 */
export type Primitive = keyof Parameters
