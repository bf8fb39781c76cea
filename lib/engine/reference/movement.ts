/**
 * Moving elements: broadcast, reshape, transpose, reverse, slice, pad, concat.
 *
 * @since 0.1.0
 */
import { size } from '../../shape/index.ts'
import { axesOf, countOf, isWhole, readStrided, rowMajor, writeStrided, type Layout } from './strides.ts'
import { compute1, compute2, operandOf, outputOf, same, type Kernel, type Rules } from './kernel.ts'

type Movement = 'broadcast' | 'reshape' | 'transpose' | 'reverse' | 'slice' | 'pad' | 'concat'

/** Reads the operand through a layout; a layout that changes nothing costs nothing. */
const reading = (layout: Layout, length: number): Kernel =>
  isWhole(layout) && countOf(layout.axes) === length ? same : compute1(readStrided(layout))

export const movement: Rules<Movement> = {
  broadcast: (context, { shape, axes }) => {
    const from = operandOf(context, 0).shape
    const steps = rowMajor(from)
    const strides = shape.map((_, axis) => {
      const i = axes.indexOf(axis)
      return i === -1 || from[i] === 1 ? 0 : steps[i]!
    })
    return reading({ offset: 0, axes: axesOf(shape, strides) }, size(from))
  },
  reshape: () => same,
  transpose: (context, { permutation }) => {
    const from = operandOf(context, 0).shape
    const steps = rowMajor(from)
    const axes = permutation.map((axis) => ({ length: from[axis]!, stride: steps[axis]! }))
    return reading({ offset: 0, axes }, size(from))
  },
  reverse: (context, { axes }) => {
    const from = operandOf(context, 0).shape
    const steps = rowMajor(from)
    const strides = steps.map((step, axis) => (axes.includes(axis) ? -step : step))
    const offset = axes.reduce((sum, axis) => sum + Math.max(0, from[axis]! - 1) * steps[axis]!, 0)
    return reading({ offset, axes: axesOf(from, strides) }, size(from))
  },
  slice: (context, { start, stride }) => {
    const from = operandOf(context, 0).shape
    const steps = rowMajor(from)
    const strides = steps.map((step, axis) => step * stride[axis]!)
    const offset = start.reduce((sum, n, axis) => sum + n * steps[axis]!, 0)
    return reading({ offset, axes: axesOf(outputOf(context).shape, strides) }, size(from))
  },
  pad: (context, { low, interior }) => {
    const from = operandOf(context, 0).shape
    const steps = rowMajor(outputOf(context).shape)
    const strides = steps.map((step, axis) => step * (interior[axis]! + 1))
    const offset = low.reduce((sum, n, axis) => sum + n * steps[axis]!, 0)
    const write = writeStrided({ offset, axes: axesOf(from, strides) })
    return compute2((out, x, value) => {
      out.fill(value[0]!)
      write(out, x)
    })
  },
  concat: (context, { axis }) => {
    const { shape } = outputOf(context)
    const steps = rowMajor(shape)
    const writes = context.operands.map((operand, i) => {
      const before = context.operands.slice(0, i).reduce((sum, other) => sum + other.shape[axis]!, 0)
      return writeStrided({ offset: before * steps[axis]!, axes: axesOf(operand.shape, steps) })
    })
    return {
      kind: 'compute',
      run: (inputs, outputs) => {
        for (let i = 0; i < writes.length; i += 1) writes[i]!(outputs[0]!, inputs[i]!)
      }
    }
  }
}
