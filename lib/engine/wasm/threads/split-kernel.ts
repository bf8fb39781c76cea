/**
 * Kernels of images split by image, and the gradient of a convolution by its kernel split by the rows of that kernel.
 *
 * @since 0.1.0
 */
import type { ConvolutionParameters, Equation, Pair } from '../../../expr/internal.ts'
import { size, type Sizes } from '../../../shape/index.ts'
import type { Slot } from '../../../tensor/index.ts'
import type { Kernel, Task } from '../kernel.ts'
import { bytesIn, bytesOf } from '../quad.ts'
import { all, grainOf, range, type Access, type Splitting } from './split.ts'

type Slots = Pick<Task<unknown>, 'operands' | 'outputs'>

/** The operands of which an output image needs only the same image. */
const imagewise: Readonly<Record<string, readonly number[]>> = {
  convolution: [0],
  convolutionInputGradient: [0],
  windowMax: [0],
  windowPick: [0, 1],
  windowScatter: [0, 1],
  windowSum: [0],
  windowSpread: [0]
}

/** A slot of `count` of its outermost steps. */
const shortened = (slot: Slot, count: number): Slot => ({ ...slot, shape: [count, ...slot.shape.slice(1)] })

const steps = (slot: Slot, from: number, to: number): Access => range(from, to, bytesIn(slot) / slot.shape[0]!)

const byImage = (operands: readonly number[], slots: Slots, make: (slots: Slots) => Kernel): Splitting => {
  const isSplit = (operand: number): boolean => operands.includes(operand)
  return {
    length: slots.operands[0]!.shape[0]!,
    grain: 1,
    combinations: new Map(),
    part: (from, to) => ({
      kernel: make({
        operands: slots.operands.map((slot, i) => (isSplit(i) ? shortened(slot, to - from) : slot)),
        outputs: slots.outputs.map((slot) => shortened(slot, to - from))
      }),
      reads: slots.operands.map((slot, i) => (isSplit(i) ? steps(slot, from, to) : all(bytesIn(slot)))),
      writes: slots.outputs.map((slot) => steps(slot, from, to))
    })
  }
}

/** Row y of a kernel falls where the first row of a kernel would that has so much less padding above. */
const byKernelRow = (
  parameters: ConvolutionParameters,
  { operands, outputs }: Slots,
  make: (slots: Slots, parameters: ConvolutionParameters) => Kernel
): Splitting => {
  const kernel = outputs[0]!
  const [vertical, horizontal] = parameters.padding
  const above = (from: number): Pair => [vertical[0] - from * parameters.dilation[0], vertical[1]]
  return {
    length: kernel.shape[0]!,
    grain: 1,
    combinations: new Map(),
    part: (from, to) => ({
      kernel: make(
        { operands, outputs: [shortened(kernel, to - from)] },
        { ...parameters, padding: [above(from), horizontal] }
      ),
      reads: operands.map((slot) => all(bytesIn(slot))),
      writes: [steps(kernel, from, to)]
    })
  }
}

/** How a call of an equation's kernel is split; undefined where it cannot be. */
export const splitKernel = (
  { primitive, parameters }: Equation,
  slots: Slots,
  make: (slots: Slots, parameters: Equation['parameters']) => Kernel
): Splitting | undefined => {
  if ([...slots.operands, ...slots.outputs].some(({ shape }) => size(shape) === 0)) return undefined
  const operands = Object.hasOwn(imagewise, primitive) ? imagewise[primitive] : undefined
  if (operands !== undefined) return byImage(operands, slots, (part) => make(part, parameters))
  return primitive === 'convolutionKernelGradient' ? byKernelRow(parameters, slots, make) : undefined
}

/** Elements of a buffer, by strides from an offset. */
interface Viewed extends Slot {
  readonly offset: number
  readonly strides: Sizes
}

/** How a copy out of a buffer of `count` elements is split. */
export const splitCopy = (view: Viewed, count: number, make: (view: Viewed) => Kernel): Splitting | undefined => {
  const { dtype, shape, offset, strides } = view
  const [length] = shape
  if (length === undefined || size(shape) === 0) return undefined
  return {
    length,
    grain: grainOf(length),
    combinations: new Map(),
    part: (from, to) => ({
      kernel: make({ ...view, shape: [to - from, ...shape.slice(1)], offset: offset + from * strides[0]! }),
      reads: [all(count * bytesOf(dtype))],
      writes: [steps(view, from, to)]
    })
  }
}
