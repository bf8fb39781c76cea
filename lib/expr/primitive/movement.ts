/**
 * Primitives that move elements without computing with them.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { show, size as elements } from '../../shape/index.ts'
import { areAxes, listSlots, one, refuse, size, sizes, withOperands, type Definitions } from './definition.ts'

type Movement = 'broadcast' | 'reshape' | 'transpose' | 'reverse' | 'slice' | 'pad' | 'concat'

export const movement: Definitions<Movement> = {
  broadcast: {
    infer: (operands, { shape, axes }) =>
      withOperands('broadcast', 1, ([x]) => {
        const from = x?.shape ?? []
        const fits =
          axes.length === from.length &&
          axes.every((axis, i) => axis < shape.length && (i === 0 || axis > (axes[i - 1] ?? 0))) &&
          from.every((n, i) => n === 1 || n === shape[axes[i] ?? -1])
        return fits
          ? one(shape, x?.dtype ?? 'f32')
          : refuse(`broadcast: ${show(from)} at axes [${axes.join(', ')}] does not fit ${show(shape)}`)
      })(operands),
    parameters: t.strict({ shape: sizes, axes: sizes })
  },
  reshape: {
    infer: (operands, { shape }) =>
      withOperands('reshape', 1, ([x]) => {
        const from = x?.shape ?? []
        return elements(from) === elements(shape)
          ? one(shape, x?.dtype ?? 'f32')
          : refuse(`reshape: ${show(from)} has ${elements(from)} elements, ${show(shape)} has ${elements(shape)}`)
      })(operands),
    parameters: t.strict({ shape: sizes })
  },
  transpose: {
    infer: (operands, { permutation }) =>
      withOperands('transpose', 1, ([x]) => {
        const from = x?.shape ?? []
        return permutation.length === from.length && areAxes(permutation, from.length)
          ? one(
              permutation.map((axis) => from[axis] ?? 0),
              x?.dtype ?? 'f32'
            )
          : refuse(`transpose: [${permutation.join(', ')}] is not an order of the axes of ${show(from)}`)
      })(operands),
    parameters: t.strict({ permutation: sizes })
  },
  reverse: {
    infer: (operands, { axes }) =>
      withOperands('reverse', 1, ([x]) => {
        const from = x?.shape ?? []
        return areAxes(axes, from.length)
          ? one(from, x?.dtype ?? 'f32')
          : refuse(`reverse: [${axes.join(', ')}] are not axes of ${show(from)}`)
      })(operands),
    parameters: t.strict({ axes: sizes })
  },
  slice: {
    infer: (operands, { start, stop, stride }) =>
      withOperands('slice', 1, ([x]) => {
        const from = x?.shape ?? []
        const fits =
          [start, stop, stride].every((list) => list.length === from.length) &&
          from.every((n, i) => {
            const [a = 0, b = 0, step = 0] = [start[i], stop[i], stride[i]]
            return a <= b && b <= n && step >= 1
          })
        return fits
          ? one(
              from.map((_, i) => Math.ceil(((stop[i] ?? 0) - (start[i] ?? 0)) / (stride[i] ?? 1))),
              x?.dtype ?? 'f32'
            )
          : refuse(
              `slice: [${start.join(', ')}] to [${stop.join(', ')}] by [${stride.join(', ')}] is not within ${show(from)}`
            )
      })(operands),
    parameters: t.strict({ start: sizes, stop: sizes, stride: sizes })
  },
  pad: {
    infer: (operands, { low, high, interior }) =>
      withOperands('pad', 2, ([x, value]) => {
        const from = x?.shape ?? []
        if (value === undefined || value.shape.length !== 0 || value.dtype !== x?.dtype)
          return refuse(`pad: takes a value and a scalar of its type, got ${listSlots(operands)}`)
        return [low, high, interior].every((list) => list.length === from.length)
          ? one(
              from.map((n, i) => (low[i] ?? 0) + n + Math.max(0, n - 1) * (interior[i] ?? 0) + (high[i] ?? 0)),
              x.dtype
            )
          : refuse(
              `pad: takes one amount for each axis of ${show(from)}, got ${low.length}, ${high.length}, ${interior.length}`
            )
      })(operands),
    parameters: t.strict({ low: sizes, high: sizes, interior: sizes })
  },
  concat: {
    infer: (operands, { axis }) => {
      const [first] = operands
      if (first === undefined) return refuse('concat: takes at least one value, got none')
      const fits =
        axis < first.shape.length &&
        operands.every(
          (x) =>
            x.dtype === first.dtype &&
            x.shape.length === first.shape.length &&
            x.shape.every((n, i) => i === axis || n === first.shape[i])
        )
      return fits
        ? one(
            first.shape.map((n, i) => (i === axis ? operands.reduce((sum, x) => sum + (x.shape[axis] ?? 0), 0) : n)),
            first.dtype
          )
        : refuse(`concat: cannot join ${listSlots(operands)} along axis ${axis}`)
    },
    parameters: t.strict({ axis: size })
  }
}
