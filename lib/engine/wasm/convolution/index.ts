/**
 * Kernels of the convolution and of its two gradients.
 *
 * @since 0.1.0
 */
import type { ConvolutionParameters, Equation, Parameters, Primitive } from '../../../expr/internal.ts'
import { raise, size } from '../../../shape/index.ts'
import type { Slot } from '../../../tensor/index.ts'
import { touched, touching, type Extent } from '../../reference/geometry.ts'
import { define, memory } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { keyOf, type Kernel, type KernelRule, type KernelRules, type Task } from '../kernel.ts'
import { contract, type Contraction } from './contraction.ts'
import type { PlacedEpilogue } from './epilogue.ts'
import { gradientByKernel } from './kernel-gradient.ts'
import { lanesOf } from './lanes.ts'

/** Every length of a convolution; channels and filters are those of one group. */
const lengthsOf = (image: Slot, kernel: Slot, out: Slot, { groups }: ConvolutionParameters) => {
  const [images, height, width] = image.shape as readonly [number, number, number]
  const [tall, wide, channels, filters] = kernel.shape as readonly [number, number, number, number]
  const [, outHeight, outWidth] = out.shape as readonly [number, number, number]
  return { images, height, width, tall, wide, channels, filters: filters / groups, outHeight, outWidth, groups }
}

type Lengths = ReturnType<typeof lengthsOf>

const vertical = ({ height, tall, outHeight }: Lengths): Extent => ({ image: height, window: tall, places: outHeight })
const horizontal = ({ width, wide, outWidth }: Lengths): Extent => ({ image: width, window: wide, places: outWidth })

const operationsOf = ({ images, outHeight, outWidth, tall, wide, channels, filters, groups }: Lengths): number =>
  2 * images * outHeight * outWidth * tall * wide * channels * filters * groups

/** A kernel of two operands whose sums are all empty. */
const zeros = (out: Slot): Kernel => ({
  definition: define('zeros', ['i32', 'i32', 'i32'], [], ([, , to]) => [
    memory.fill(to, 0, size(out.shape) * lanesOf(out.dtype).bytes)
  ]),
  scratch: 0,
  operations: size(out.shape)
})

const isEmpty = (...slots: readonly Slot[]): boolean => slots.some(({ shape }) => size(shape) === 0)

/** How a primitive becomes a kernel, which an epilogue may end: then no operand is empty. */
type EndedRule<P extends Primitive> = (
  compilation: Compilation,
  task: Task<Parameters[P]>,
  epilogue?: PlacedEpilogue
) => Kernel

const forward: EndedRule<'convolution'> = (compilation, task, epilogue) => {
  const { parameters } = task
  const [image, kernel] = task.operands as readonly [Slot, Slot]
  const [out] = task.outputs as readonly [Slot]
  if (isEmpty(image, kernel, out)) return zeros(out)
  const lengths = lengthsOf(image, kernel, out, parameters)
  const { channels, filters, groups, height, width, tall, wide } = lengths
  const lanes = lanesOf(out.dtype)
  const contraction: Contraction = {
    ...lengths,
    lanes,
    elements: channels,
    results: filters,
    inHeight: height,
    inWidth: width,
    rows: touched(0, parameters, vertical(lengths)),
    columns: touched(1, parameters, horizontal(lengths)),
    tapStep: parameters.dilation[1],
    weights: {
      groups,
      group: filters * lanes.bytes,
      columns: filters,
      column: lanes.bytes,
      outer: { count: 1, bytes: 0 },
      inner: { count: tall * wide * channels, bytes: groups * filters * lanes.bytes }
    }
  }
  const made = contract(compilation, keyOf('convolution', task), contraction, epilogue)
  return { ...made, operations: operationsOf(lengths) }
}

const byInput: EndedRule<'convolutionInputGradient'> = (compilation, task, epilogue) => {
  const { parameters } = task
  const [gradient, kernel] = task.operands as readonly [Slot, Slot]
  const [image] = task.outputs as readonly [Slot]
  if (isEmpty(gradient, kernel, image)) return zeros(image)
  const lengths = lengthsOf(image, kernel, gradient, parameters)
  const { channels, filters, groups, height, width, outHeight, outWidth, tall, wide } = lengths
  const lanes = lanesOf(image.dtype)
  const row = groups * filters * lanes.bytes
  const contraction: Contraction = {
    ...lengths,
    lanes,
    elements: filters,
    results: channels,
    inHeight: outHeight,
    inWidth: outWidth,
    outHeight: height,
    outWidth: width,
    rows: touching(0, parameters, vertical(lengths)),
    columns: touching(1, parameters, horizontal(lengths)),
    tapStep: -parameters.dilation[1] / parameters.stride[1],
    weights: {
      groups,
      group: filters * lanes.bytes,
      columns: channels,
      column: row,
      outer: { count: tall * wide, bytes: channels * row },
      inner: { count: filters, bytes: lanes.bytes }
    }
  }
  const made = contract(compilation, keyOf('convolutionInputGradient', task), contraction, epilogue)
  return { ...made, operations: operationsOf(lengths) }
}

const byKernel: KernelRule<ConvolutionParameters> = (compilation, task) => {
  const { parameters } = task
  const [image, gradient] = task.operands as readonly [Slot, Slot]
  const [kernel] = task.outputs as readonly [Slot]
  if (isEmpty(image, gradient, kernel)) return zeros(kernel)
  const lengths = lengthsOf(image, kernel, gradient, parameters)
  return {
    ...gradientByKernel(compilation, keyOf('convolutionKernelGradient', task), {
      ...lengths,
      lanes: lanesOf(kernel.dtype),
      stride: parameters.stride,
      dilation: parameters.dilation,
      rows: touched(0, parameters, vertical(lengths)),
      columns: touched(1, parameters, horizontal(lengths))
    }),
    operations: operationsOf(lengths)
  }
}

export const convolution: KernelRules<'convolution' | 'convolutionInputGradient' | 'convolutionKernelGradient'> = {
  convolution: (compilation, task) => forward(compilation, task),
  convolutionInputGradient: (compilation, task) => byInput(compilation, task),
  convolutionKernelGradient: byKernel
}

/** The kernel of a convolution that an epilogue ends, or of its gradient by the image; no operand is empty. */
export const endedConvolution = (
  compilation: Compilation,
  equation: Equation,
  slots: Pick<Task<unknown>, 'operands' | 'outputs'>,
  epilogue: PlacedEpilogue
): Kernel => {
  switch (equation.primitive) {
    case 'convolution':
      return forward(compilation, { ...slots, parameters: equation.parameters }, epilogue)
    case 'convolutionInputGradient':
      return byInput(compilation, { ...slots, parameters: equation.parameters }, epilogue)
    default:
      return raise(`wasm: nothing ends ${equation.primitive}`)
  }
}
