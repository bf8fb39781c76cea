/**
 * Primitives that fold axes away, and the matrix product.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { show, type Sizes } from '../../shape/index.ts'
import { isOfKind, type Kind } from '../kind.ts'
import {
  areAxes,
  listSlots,
  none,
  one,
  refuse,
  size,
  sizes,
  withOperands,
  type Definition,
  type Definitions
} from './definition.ts'

type Reduction = 'reduceSum' | 'reduceProduct' | 'reduceMax' | 'reduceMin'

const reduction = (name: Reduction, kind: Kind, needsElements: boolean): Definition<{ readonly axes: Sizes }> => ({
  infer: (operands, { axes }) =>
    withOperands(name, 1, ([x]) => {
      if (x === undefined || !isOfKind(kind, x.dtype)) return refuse(`${name}: does not take ${x?.dtype ?? 'nothing'}`)
      if (!areAxes(axes, x.shape.length))
        return refuse(`${name}: [${axes.join(', ')}] are not axes of ${show(x.shape)}`)
      if (needsElements && axes.some((axis) => x.shape[axis] === 0))
        return refuse(`${name}: the reduced axes of ${show(x.shape)} hold no element`)
      return one(
        x.shape.filter((_, axis) => !axes.includes(axis)),
        x.dtype
      )
    })(operands),
  parameters: t.strict({ axes: sizes })
})

export const reductions: Definitions<Reduction | 'argMax' | 'matmul'> = {
  reduceSum: reduction('reduceSum', 'number', false),
  reduceProduct: reduction('reduceProduct', 'number', false),
  reduceMax: reduction('reduceMax', 'any', true),
  reduceMin: reduction('reduceMin', 'any', true),
  argMax: {
    infer: (operands, { axis }) =>
      withOperands('argMax', 1, ([x]) => {
        if (x === undefined || !isOfKind('number', x.dtype))
          return refuse(`argMax: does not take ${x?.dtype ?? 'nothing'}`)
        if ((x.shape[axis] ?? 0) === 0) return refuse(`argMax: axis ${axis} of ${show(x.shape)} holds no element`)
        return one(
          x.shape.filter((_, i) => i !== axis),
          'i32'
        )
      })(operands),
    parameters: t.strict({ axis: size })
  },
  matmul: {
    infer: withOperands('matmul', 2, (operands) => {
      const [a, b] = operands
      if (a === undefined || b === undefined || a.dtype !== b.dtype || !isOfKind('number', a.dtype))
        return refuse(`matmul: takes two values of one number type, got ${listSlots(operands)}`)
      const rank = a.shape.length
      const fits =
        rank >= 2 &&
        b.shape.length === rank &&
        a.shape[rank - 1] === b.shape[rank - 2] &&
        a.shape.slice(0, -2).every((n, axis) => n === b.shape[axis])
      return fits
        ? one([...a.shape.slice(0, -1), ...b.shape.slice(-1)], a.dtype)
        : refuse(`matmul: takes […, n, k] and […, k, m] with equal leading axes, got ${listSlots(operands)}`)
    }),
    parameters: none
  }
}
