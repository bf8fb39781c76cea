/**
 * Random matrices with orthonormal columns.
 *
 * The columns of a normal matrix are made orthogonal one after the other by classical Gram-Schmidt, each twice:
 *
 *     twice:  v ← v − Q (Qᵀ v)        q = v / √(v · v)
 *
 * Once would lose orthogonality for ill-conditioned matrices, twice keeps it to rounding (Giraud, Langou, Rozložník
 * 2005). The diagonal of R is positive by construction, so no signs have to be mended afterwards.
 *
 * @internal
 */
import { applyOne, applyPrimitive, reshaped, traceValues, type Value } from '../expr/internal.ts'
import { size, type Sizes } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { binary, filled, outputAt, unary } from './internal.ts'
import { normalValue } from './normal.ts'

const matmul = (a: Value, b: Value): Value => applyOne('matmul', [a, b], {})

/** v without its parts along the rows of q. */
const deflated = (q: Value, v: Value): Value => {
  const [count, length] = [q.shape[0] ?? 0, q.shape[1] ?? 0]
  const parts = matmul(q, reshaped(v, [length, 1]))
  const along = matmul(reshaped(parts, [1, count]), q)
  return binary('subtract', v, reshaped(along, [length]))
}

/** The rows of a matrix made orthonormal, each against those before it. */
const orthonormalRows = (matrix: Value): Value => {
  const [count, length] = [matrix.shape[0] ?? 0, matrix.shape[1] ?? 0]
  const { dtype } = matrix
  const body = traceValues(
    [
      { shape: [count, length], dtype },
      { shape: [length], dtype },
      { shape: [], dtype: 'i32' }
    ],
    (inputs) => {
      const [q, row, place] = [outputAt(inputs, 0), outputAt(inputs, 1), outputAt(inputs, 2)]
      const rest = deflated(q, deflated(q, row))
      const norm = unary('sqrt', applyOne('reduceSum', [binary('multiply', rest, rest)], { axes: [0] }))
      const unit = binary('divide', rest, norm)
      // the row at its place is still zero, so adding puts it there
      return [applyOne('scatterAdd', [q, reshaped(place, [1]), reshaped(unit, [1, length])], { axis: 0, batch: 0 })]
    }
  )
  const places = applyOne('iota', [], { shape: [count], axis: 0, dtype: 'i32' })
  const start = filled(0, [count, length], dtype)
  const parameters = { body, length: count, constants: 0, carry: 1, reverse: false }
  return outputAt(applyPrimitive('scan', [start, matrix, places], parameters), 0)
}

const transposed = (self: Value): Value => applyOne('transpose', [self], { permutation: [1, 0] })

/** A matrix of a shape (all axes but the last taken as one) whose columns or rows, whichever are fewer, are orthonormal. */
export const orthogonalValue = (key: Value, shape: Sizes, dtype: FloatDType): Value => {
  const columns = shape.at(-1) ?? 1
  const rows = size(shape.slice(0, -1))
  const fewer = Math.min(rows, columns)
  const drawn = orthonormalRows(normalValue(key, [fewer, Math.max(rows, columns)], dtype))
  return reshaped(rows < columns ? drawn : transposed(drawn), shape)
}
