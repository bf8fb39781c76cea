/**
 * Matrix products that read or write panels: which can, and what it saves.
 *
 * @since 0.1.0
 */
import type { Equation } from '../../../expr/internal.ts'
import { size, type Sizes } from '../../../shape/index.ts'
import { cyclesOf, turningCycles } from '../matmul/schedule.ts'
import type { Product, Strides } from '../matmul/product.ts'
import { sameSizes, type Graph } from './graph.ts'

/** Whether a variable is a whole matrix, or its transpose, for every place of a batch the same. */
export const multipliesFromTheRight = ({ slots, views }: Graph, variable: number): boolean => {
  const { shape } = slots[variable]!
  const { root, offset, strides } = views[variable]!
  const [rows, columns, ...more] = slots[root]!.shape
  const [batch, matrix] = [strides.slice(0, -2), strides.slice(-2)]
  const isPlain = sameSizes(shape.slice(-2), [rows!, columns!]) && sameSizes(matrix, [columns!, 1])
  return (
    more.length === 0 &&
    columns !== undefined &&
    offset === 0 &&
    batch.every((stride, axis) => stride === 0 || shape[axis] === 1) &&
    (isPlain || isTurned({ slots, views }, variable))
  )
}

/** Whether a variable is the transpose of a matrix with a buffer. */
export const isTurned = ({ slots, views }: Pick<Graph, 'slots' | 'views'>, variable: number): boolean => {
  const { root, strides } = views[variable]!
  const [rows, columns] = slots[root]!.shape
  return sameSizes(slots[variable]!.shape.slice(-2), [columns!, rows!]) && sameSizes(strides.slice(-2), [1, columns!])
}

/** An estimate of the cycles that are saved where the right operand is in panels, and where the output is. */
export const cyclesSaved = (
  graph: Graph,
  { operands, outputs }: Equation
): { readonly right: number; readonly output: number } => {
  const { shape } = outputs[0]!
  const columns = shape.at(-1)!
  const depth = graph.slots[operands[0]!]!.shape.at(-1)!
  if (size(shape) === 0 || depth === 0) return { right: 0, output: 0 }
  const stridesOf = (variable: number, width: number): Strides => {
    const [rowStride, columnStride]: Sizes = graph.views[variable]!.strides.slice(-2)
    return rowStride === 1 || columnStride === 1
      ? { rowStride: rowStride!, columnStride: columnStride! }
      : { rowStride: width, columnStride: 1 }
  }
  const product: Product = {
    dtype: 'f32',
    batch: [],
    rows: size(shape) / columns,
    columns,
    depth,
    a: stridesOf(operands[0]!, depth),
    b: stridesOf(operands[1]!, columns),
    output: 'rows'
  }
  const cycles = cyclesOf(product)
  return {
    right:
      cycles -
      cyclesOf({ ...product, b: 'panels' }) -
      (isTurned(graph, operands[1]!) ? turningCycles(product.dtype, depth * columns) : 0),
    output: cycles - cyclesOf({ ...product, output: 'panels' })
  }
}
