/**
 * Forward derivatives of products and extremes over axes, and of sorting.
 *
 * @since 0.1.0
 */
import { applyOne, applyPrimitive, type Value } from '../../expr/internal.ts'
import { raise } from '../../shape/index.ts'
import {
  add,
  broadcast,
  equal,
  joinLast,
  multiply,
  negate,
  range,
  reduceSum,
  reshape,
  select,
  slice,
  takeAlong,
  zeros,
  type Tangent
} from '../build.ts'
import type { JvpRule, JvpRules } from '../rule.ts'

interface Pair {
  readonly product: Value
  readonly tangent: Value
}

/** The part of the last axis from `start` up to `stop`. */
const section = (x: Value, start: number, stop: number): Value => {
  const last = x.shape.length - 1
  return slice(x, [...x.shape.slice(0, -1).map(() => 0), start], [...x.shape.slice(0, last), stop])
}

/**
 * Product and derivative over the last axis, halving it until one element is left: exact also where factors are zero,
 * which `y / x` is not.
 */
const halve = ({ product, tangent }: Pair): Pair => {
  const n = product.shape.at(-1) ?? 1
  if (n === 1) return { product, tangent }
  const half = Math.floor(n / 2)
  const [a, b] = [section(product, 0, half), section(product, half, 2 * half)]
  const [ta, tb] = [section(tangent, 0, half), section(tangent, half, 2 * half)]
  const joined = { product: multiply(a, b), tangent: add(multiply(ta, b), multiply(a, tb)) }
  if (n % 2 === 0) return halve(joined)
  const last = { product: section(product, n - 1, n), tangent: section(tangent, n - 1, n) }
  const axis = product.shape.length - 1
  return halve({
    product: applyOne('concat', [joined.product, last.product], { axis }),
    tangent: applyOne('concat', [joined.tangent, last.tangent], { axis })
  })
}

const reduceProduct: JvpRule<{ readonly axes: readonly number[] }> = ({
  operands: [x],
  tangents: [t],
  parameters: { axes },
  outputs: [y]
}) => {
  if (x === undefined || t === undefined || y === undefined) return { tangents: [undefined] }
  const joined = joinLast(x, axes)
  if (joined.shape.at(-1) === 0) return { tangents: [zeros(y)] }
  return { tangents: [reshape(halve({ product: joined, tangent: joinLast(t, axes) }).tangent, y.shape)] }
}

/** The tangent of the first extreme element; `order` turns the extreme into the greatest. */
const extreme =
  (order: (x: Value) => Value): JvpRule<{ readonly axes: readonly number[] }> =>
  ({ operands: [x], tangents: [t], parameters: { axes } }) => {
    if (x === undefined || t === undefined) return { tangents: [undefined] }
    const rows = joinLast(order(x), axes)
    const last = rows.shape.length - 1
    const places = applyOne('iota', [], { shape: rows.shape, axis: last, dtype: 'i32' })
    const first = broadcast(applyOne('argMax', [rows], { axis: last }), rows.shape, range(last))
    const picked = select(equal(places, first), joinLast(t, axes), zeros(rows))
    return { tangents: [reduceSum(picked, [last])] }
  }

const sort: JvpRule<{ readonly axis: number }> = ({ operands, tangents, parameters, outputs }) => {
  const [keys] = operands
  if (keys === undefined || tangents.every((t) => t === undefined)) return { tangents: outputs.map(() => undefined) }
  const places = applyOne('iota', [], { shape: keys.shape, axis: parameters.axis, dtype: 'i32' })
  const sorted = applyPrimitive('sort', [...operands, places], parameters)
  const order = sorted.at(-1) ?? raise('sort: has no output')
  return {
    outputs: sorted.slice(0, -1),
    tangents: tangents.map((t): Tangent => t && takeAlong(t, order, parameters.axis))
  }
}

export const reductions: JvpRules<'reduceProduct' | 'reduceMax' | 'reduceMin' | 'sort'> = {
  reduceProduct,
  reduceMax: extreme((x) => x),
  reduceMin: extreme(negate),
  sort
}
