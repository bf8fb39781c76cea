/**
 * Matrix products split by the rows of the output, or by the matrices of a batch.
 *
 * @since 0.1.0
 */
import type { Kernel } from '../kernel.ts'
import { arithmetic } from '../matmul/arithmetic.ts'
import type { Epilogue, Product } from '../matmul/product.ts'
import type { Region } from '../region/index.ts'
import { bytesOf } from '../quad.ts'
import { splittingOf } from './split-region.ts'
import { all, grainOf, range, type Access, type Splitting } from './split.ts'

/** A product that a region ends: the pointer by which the region reads it, and the write that takes its place. */
export interface Ending {
  readonly region: Region
  readonly product: number
  readonly main: number
  readonly epilogue: (region: Region) => Epilogue
}

/** So many elements, rows or matrices, so far apart. */
type Run = readonly [count: number, stride: number]

/** Elements from the first to the last. */
const reach = (runs: readonly Run[]): number => runs.reduce((sum, [count, stride]) => sum + (count - 1) * stride, 1)

/** Panels of columns are a matrix each, so a product that is written in panels is split between them. */
const byPanels = (self: Product, make: (part: Product) => Kernel): Splitting | undefined => {
  const { batch, rows, columns, depth, dtype, a, b } = self
  if (b === 'panels' || batch.length > 0) return undefined
  const bytes = bytesOf(dtype)
  return {
    length: columns,
    grain: 2 * arithmetic[dtype].lanes,
    combinations: new Map(),
    part: (from, to) => {
      const first = from * b.columnStride
      return {
        kernel: make({ ...self, columns: to - from }),
        reads: [
          all(
            bytes *
              reach([
                [rows, a.rowStride],
                [depth, a.columnStride]
              ])
          ),
          {
            shift: first * bytes,
            begin: first * bytes,
            end:
              (first +
                reach([
                  [depth, b.rowStride],
                  [to - from, b.columnStride]
                ])) *
              bytes
          }
        ],
        writes: [range(from, to, rows * bytes)]
      }
    }
  }
}

/** How a call of a product is split; its operands are a, b and what the ending reads besides. */
export const splitProduct = (
  self: Product,
  make: (part: Product, epilogue?: Epilogue) => Kernel,
  ending?: Ending
): Splitting | undefined => {
  const { batch, rows, columns, depth, dtype, a, b } = self
  const [first, ...others] = batch
  const length = first?.size ?? rows
  const ended = ending === undefined ? undefined : splittingOf(ending.region)
  const bytes = bytesOf(dtype)
  // a region over the product walks over its rows first
  const isFitting = ending === undefined || (ended?.axis === 0 && ended.partial.size === 0)
  if (depth === 0 || !isFitting) return undefined
  if (self.output === 'panels') return ending === undefined ? byPanels(self, make) : undefined
  const partOf = (count: number): Product =>
    first === undefined ? { ...self, rows: count } : { ...self, batch: [{ ...first, size: count }, ...others] }
  /** What a part touches of matrices that are `step` apart, or whose rows are. */
  const operand = (step: number, from: number, to: number, counts: readonly Run[]): Access => ({
    shift: from * step * bytes,
    begin: from * step * bytes,
    end: ((to - 1) * step + reach(counts)) * bytes
  })
  const matrix = columns * others.reduce((product, { size }) => product * size, first === undefined ? 1 : rows)
  return {
    length,
    grain: first === undefined ? grainOf(length) : 1,
    combinations: new Map(),
    part: (from, to) => {
      const sides = [
        operand(first?.aStride ?? a.rowStride, from, to, [
          ...others.map((axis): Run => [axis.size, axis.aStride]),
          [first === undefined ? 1 : rows, a.rowStride],
          [depth, a.columnStride]
        ]),
        operand(first?.bStride ?? 0, from, to, [
          ...others.map((axis): Run => [axis.size, axis.bStride]),
          ...(b === 'panels'
            ? [[depth * columns, 1] as const]
            : [[depth, b.rowStride] as const, [columns, b.columnStride] as const])
        ])
      ]
      const part = partOf(to - from)
      if (ending === undefined || ended === undefined)
        return { kernel: make(part), reads: sides, writes: [range(from, to, matrix * bytes)] }
      const { region, reads, writes } = ended.part(from, to)
      return {
        kernel: make(part, ending.epilogue(region)),
        reads: [...sides, ...reads.filter((_, pointer) => pointer !== ending.product)],
        writes: [writes[ending.main]!, ...writes.filter((_, i) => i !== ending.main)]
      }
    }
  }
}
