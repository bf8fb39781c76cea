/**
 * Batching of the primitives that name axes: every axis moves up by one.
 *
 * @since 0.1.0
 */
import { applyOne, applyPrimitive, type Parameters } from '../../expr/internal.ts'
import type { Sizes } from '../../shape/index.ts'
import { matmul, moveAxis, reshape, scalar, select, zeros } from '../build.ts'
import type { BatchRule, BatchRules } from '../rule.ts'
import { batched, together, unbatched, withBatch } from './unify.ts'

const up = (axes: Sizes): Sizes => axes.map((axis) => axis + 1)

/** A primitive without operands is the same for every example. */
const constant =
  <P extends 'constant' | 'iota'>(primitive: P): BatchRule<Parameters[P]> =>
  ({ parameters }) =>
    applyPrimitive(primitive, [], parameters).map(unbatched)

/** Rows by one matrix are the rows of all examples by that matrix; otherwise the batch is one more leading axis. */
const batchMatmul: BatchRule<Parameters['matmul']> = ({ operands: [a, b], size }) => {
  if (a === undefined || b === undefined) return []
  if (a.batched && !b.batched && b.value.shape.length === 2) {
    const [, n = 0, k = 0] = a.value.shape
    const product = matmul(reshape(a.value, [size * n, k]), b.value)
    return [batched(reshape(product, [size, n, product.shape[1] ?? 0]))]
  }
  return [batched(matmul(withBatch(a, size), withBatch(b, size)))]
}

/** One filling for all examples pads all at once; different fillings go where a mask says so. */
const pad: BatchRule<Parameters['pad']> = ({ operands: [x, value], parameters, size, outputs: [out] }) => {
  if (x === undefined || value === undefined || out === undefined) return []
  const around = {
    low: [0, ...parameters.low],
    high: [0, ...parameters.high],
    interior: [0, ...parameters.interior]
  }
  const all = withBatch(x, size)
  if (!value.batched) return [batched(applyOne('pad', [all, value.value], around))]
  const inside = applyOne(
    'pad',
    [applyOne('not', [zeros({ shape: all.shape, dtype: 'bool' })], {}), scalar(0, 'bool')],
    around
  )
  const filling = applyOne('broadcast', [value.value], { shape: inside.shape, axes: [0] })
  return [batched(select(inside, applyOne('pad', [all, scalar(0, all.dtype)], around), filling))]
}

const gather: BatchRule<Parameters['gather']> = ({ operands: [x, indices], parameters: { axis, batch }, size }) => {
  if (x === undefined || indices === undefined) return []
  if (batch === 0 && x.batched && !indices.batched)
    return [batched(applyOne('gather', [x.value, indices.value], { axis: axis + 1, batch }))]
  if (batch === 0 && !x.batched && indices.batched)
    return [batched(moveAxis(applyOne('gather', [x.value, indices.value], { axis, batch }), axis, 0))]
  const operands = [withBatch(x, size), withBatch(indices, size)]
  return [batched(applyOne('gather', operands, { axis: axis + 1, batch: batch + 1 }))]
}

type Moving =
  | 'constant'
  | 'iota'
  | 'reduceSum'
  | 'reduceProduct'
  | 'reduceMax'
  | 'reduceMin'
  | 'argMax'
  | 'matmul'
  | 'broadcast'
  | 'reshape'
  | 'transpose'
  | 'reverse'
  | 'slice'
  | 'pad'
  | 'concat'
  | 'gather'
  | 'scatterAdd'
  | 'sort'

export const axes: BatchRules<Moving> = {
  constant: constant('constant'),
  iota: constant('iota'),
  reduceSum: together('reduceSum', (own) => ({ axes: up(own.axes) })),
  reduceProduct: together('reduceProduct', (own) => ({ axes: up(own.axes) })),
  reduceMax: together('reduceMax', (own) => ({ axes: up(own.axes) })),
  reduceMin: together('reduceMin', (own) => ({ axes: up(own.axes) })),
  argMax: together('argMax', ({ axis }) => ({ axis: axis + 1 })),
  matmul: batchMatmul,
  broadcast: together('broadcast', (own, { size }) => ({ shape: [size, ...own.shape], axes: [0, ...up(own.axes)] })),
  reshape: together('reshape', ({ shape }, { size }) => ({ shape: [size, ...shape] })),
  transpose: together('transpose', ({ permutation }) => ({ permutation: [0, ...up(permutation)] })),
  reverse: together('reverse', (own) => ({ axes: up(own.axes) })),
  slice: together('slice', ({ start, stop, stride }, { size }) => ({
    start: [0, ...start],
    stop: [size, ...stop],
    stride: [1, ...stride]
  })),
  pad,
  concat: together('concat', ({ axis }) => ({ axis: axis + 1 })),
  gather,
  scatterAdd: together('scatterAdd', ({ axis, batch }) => ({ axis: axis + 1, batch: batch + 1 })),
  sort: together('sort', ({ axis }) => ({ axis: axis + 1 }))
}
