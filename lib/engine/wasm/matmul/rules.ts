/**
 * The kernel of the primitive `matmul`.
 *
 * @since 0.1.0
 */
import { raise } from '../../../shape/index.ts'
import type { DType, Slot } from '../../../tensor/index.ts'
import type { KernelRules } from '../kernel.ts'
import { matmulKernel } from './kernel.ts'
import type { BatchAxis, NumberType, Product } from './product.ts'

const numberType = (dtype: DType): NumberType => (dtype === 'bool' ? raise('matmul: bool is no number') : dtype)

/** The product of contiguous operands `[batch…, M, K]` and `[batch…, K, N]`. */
export const contiguousProduct = (a: Slot, b: Slot): Product => {
  const [rows, depth] = [a.shape.at(-2)!, a.shape.at(-1)!]
  const columns = b.shape.at(-1)!
  const batch = a.shape.slice(0, -2).reduceRight<readonly BatchAxis[]>((axes, size) => {
    const inner = axes[0]
    const axis = inner ?? { size: 1, aStride: rows * depth, bStride: depth * columns }
    return [{ size, aStride: axis.size * axis.aStride, bStride: axis.size * axis.bStride }, ...axes]
  }, [])
  return {
    dtype: numberType(a.dtype),
    batch,
    rows,
    columns,
    depth,
    a: { rowStride: depth, columnStride: 1 },
    b: { rowStride: columns, columnStride: 1 },
    output: 'rows'
  }
}

export const matmul: KernelRules<'matmul'> = {
  matmul: (compilation, { operands }) => matmulKernel(compilation, contiguousProduct(operands[0]!, operands[1]!))
}
