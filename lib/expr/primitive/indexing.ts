/**
 * Primitives that read, add and order elements at computed places.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import * as Either from 'fp-ts/lib/Either.js'
import { sameSlot, type Slot } from '../../tensor/index.ts'
import { listSlots, none, one, refuse, size, withOperands, type Definitions } from './definition.ts'

/** The shape that reading x at indices has, if the two fit. */
const gathered = (x: Slot, indices: Slot, axis: number, batch: number): readonly number[] | undefined => {
  const fits =
    (indices.dtype === 'i32' || indices.dtype === 'u32') &&
    batch <= axis &&
    axis < x.shape.length &&
    batch <= indices.shape.length &&
    (x.shape[axis] ?? 0) > 0 &&
    x.shape.slice(0, batch).every((n, i) => n === indices.shape[i])
  return fits ? [...x.shape.slice(0, axis), ...indices.shape.slice(batch), ...x.shape.slice(axis + 1)] : undefined
}

export const indexing: Definitions<'gather' | 'scatterAdd' | 'sort' | 'threefry2x32'> = {
  gather: {
    infer: (operands, { axis, batch }) =>
      withOperands('gather', 2, ([x, indices]) => {
        const shape = x && indices && gathered(x, indices, axis, batch)
        return shape !== undefined
          ? one(shape, x?.dtype ?? 'f32')
          : refuse(`gather: axis ${axis} with ${batch} shared axes does not fit ${listSlots(operands)}`)
      })(operands),
    parameters: t.strict({ axis: size, batch: size })
  },
  scatterAdd: {
    infer: (operands, { axis, batch }) =>
      withOperands('scatterAdd', 3, ([target, indices, updates]) => {
        const shape = target && indices && gathered(target, indices, axis, batch)
        return shape !== undefined &&
          target !== undefined &&
          updates !== undefined &&
          target.dtype !== 'bool' &&
          sameSlot(updates, { shape, dtype: target.dtype })
          ? one(target.shape, target.dtype)
          : refuse(`scatterAdd: axis ${axis} with ${batch} shared axes does not fit ${listSlots(operands)}`)
      })(operands),
    parameters: t.strict({ axis: size, batch: size })
  },
  sort: {
    infer: (operands, { axis }) => {
      const [keys] = operands
      return keys !== undefined &&
        keys.dtype !== 'bool' &&
        axis < keys.shape.length &&
        operands.every((x) => sameSlot({ shape: x.shape, dtype: 'f32' }, { shape: keys.shape, dtype: 'f32' }))
        ? Either.right(operands.map(({ shape, dtype }) => ({ shape, dtype })))
        : refuse(`sort: cannot order ${listSlots(operands)} along axis ${axis}`)
    },
    parameters: t.strict({ axis: size })
  },
  threefry2x32: {
    infer: withOperands('threefry2x32', 4, (operands) => {
      const [first] = operands
      return first !== undefined && first.dtype === 'u32' && operands.every((x) => sameSlot(x, first))
        ? Either.right([
            { shape: first.shape, dtype: 'u32' },
            { shape: first.shape, dtype: 'u32' }
          ])
        : refuse(`threefry2x32: takes four u32 values of one shape, got ${listSlots(operands)}`)
    }),
    parameters: none
  }
}
