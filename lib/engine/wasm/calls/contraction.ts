/**
 * Matrix products of views: transposed, sliced and repeated operands are read where they are.
 *
 * @since 0.1.0
 */
import type { Equation } from '../../../expr/internal.ts'
import type { Sizes } from '../../../shape/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import type { Place } from './call.ts'
import { matmulKernel } from '../matmul/kernel.ts'
import type { Epilogue, NumberType, Product, Strides } from '../matmul/product.ts'
import type { Graph } from '../passes/graph.ts'
import { rowMajor } from '../passes/view.ts'
import { bytesOf } from '../quad.ts'

interface Operand {
  readonly place: Place
  readonly batch: Sizes
  readonly matrix: Strides
}

/**
 * An operand by its strides, or copied where neither rows nor columns are contiguous, or where one of them is repeated: loops end
 * where a pointer has come to, so it has to move.
 */
const operandOf = (graph: Graph, variable: number, copied: (variable: number) => Place): Operand => {
  const { shape, dtype } = graph.slots[variable]!
  const { root, offset, strides } = graph.views[variable]!
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  const [rowStride, columnStride] = [strides.at(-2)!, strides.at(-1)!]
  const isForward = strides.every((stride, axis) => stride >= 0 || shape[axis] === 1)
  const isRepeated = (rowStride === 0 && rows > 1) || (columnStride === 0 && columns > 1)
  if (isForward && !isRepeated && (rowStride === 1 || columnStride === 1 || (rows === 1 && columns === 1)))
    return {
      place: { buffer: root, offset: offset * bytesOf(dtype) },
      batch: strides.slice(0, -2),
      matrix: { rowStride, columnStride }
    }
  const own = rowMajor(shape)
  return {
    place: copied(variable),
    batch: own.slice(0, -2),
    matrix: { rowStride: own.at(-2)!, columnStride: 1 }
  }
}

/** The kernel of a matrix product, what it was made for, and where its operands are. */
export const contraction = (
  compilation: Compilation,
  graph: Graph,
  { operands, outputs }: Equation,
  copied: (variable: number) => Place,
  packed: (variable: number) => Place | undefined,
  output: Product['output'],
  epilogue?: Epilogue
): { readonly kernel: Kernel; readonly reads: readonly Place[]; readonly product: Product } => {
  const { shape, dtype } = outputs[0]!
  const panels = packed(operands[1]!)
  const a = operandOf(graph, operands[0]!, copied)
  const b = panels === undefined ? operandOf(graph, operands[1]!, copied) : undefined
  const depth = graph.slots[operands[0]!]!.shape.at(-1)!
  const product: Product = {
    // the table of primitives does not let bools be multiplied
    dtype: dtype as NumberType,
    batch: shape
      .slice(0, -2)
      .map((size, axis) => ({ size, aStride: a.batch[axis]!, bStride: b?.batch[axis] ?? 0 }))
      .filter(({ size }) => size !== 1),
    rows: shape.at(-2)!,
    columns: shape.at(-1)!,
    depth,
    a: a.matrix,
    b: b?.matrix ?? 'panels',
    output
  }
  return {
    kernel: matmulKernel(compilation, product, epilogue === undefined ? {} : { epilogue }),
    reads: [a.place, b?.place ?? panels!],
    product
  }
}
