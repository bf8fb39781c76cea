/**
 * What a kernel of matrix products is made for.
 *
 *     output[batch…, i, j] = Σ k: a[batch…, i, k] · b[batch…, k, j]
 *
 * Sizes and strides are constants of the code; transposed operands, slices and repeated ones are strides.
 *
 * @since 0.1.0
 */
import type { DType } from '../../../tensor/index.ts'
import type { Local } from '../assembler/index.ts'
import type { Quad, Writer } from '../quad.ts'

// model

/** The types that are multiplied. */
export type NumberType = Exclude<DType, 'bool'>

/** Where the elements of a matrix are: strides in elements, not 0 along k, of which a fast kernel wants one to be 1. */
export interface Strides {
  readonly rowStride: number
  readonly columnStride: number
}

/** An axis that is walked once for all three; a stride of 0 shares a matrix. Strides in elements. */
export interface BatchAxis {
  readonly size: number
  readonly aStride: number
  readonly bStride: number
}

/** Products of an M×K by a K×N matrix, for every place of a batch; the output is contiguous, row-major. */
export interface Product {
  readonly dtype: NumberType
  readonly batch: readonly BatchAxis[]
  /** M */
  readonly rows: number
  /** N */
  readonly columns: number
  /** K */
  readonly depth: number
  readonly a: Strides
  /** `panels`: as `panels.ts` describes them, each matrix contiguous */
  readonly b: Strides | 'panels'
  /** `panels`: each matrix of the output is written as panels of columns */
  readonly output: 'rows' | 'panels'
}

/** Where a run of finished elements of one row stands. */
export interface Place {
  /** the place along each axis of the batch */
  readonly batch: readonly Local<'i32'>[]
  readonly row: Local<'i32'>
  /** the column of the first element of the first quad */
  readonly column: Local<'i32'>
  /** the columns of the quads, from `column` */
  readonly columns: readonly number[]
  /** how many elements of each quad there are; the lanes above are arbitrary */
  readonly counts: readonly number[]
  /** the place of `column` in bytes from the beginning of the output */
  readonly byte: Local<'i32'>
  /** the places of the quads in bytes, from `byte` */
  readonly bytes: readonly number[]
  readonly reads: readonly Local<'i32'>[]
  readonly writes: readonly Local<'i32'>[]
}

/**
 * What is done to finished elements before they are stored: maps quads of one row, in variables, to the quads that are
 * stored. It may store to `writes` by itself, exactly the elements that exist.
 */
export interface Epilogue {
  /** tells epilogues apart: equal keys do equal things */
  readonly key: string
  /** how many pointers to operands it takes besides a and b, and to outputs besides the product's */
  readonly reads: number
  readonly writes: number
  readonly apply: (writer: Writer, quads: readonly Quad[], place: Place) => readonly Quad[]
}

// combinators

/** Rows and columns exchanged. */
export const transposed = ({ rowStride, columnStride }: Strides): Strides => ({
  rowStride: columnStride,
  columnStride: rowStride
})

/**
 * The same product with as few axes of the batch as possible: an axis that shares b and continues the rows of a is more
 * rows. Rows are counted anew, so whoever has an epilogue sees other places.
 */
export const collapsed = (self: Product): Product => {
  const axes = self.batch.filter(({ size }) => size !== 1)
  const last = axes.at(-1)
  if (last === undefined || self.output === 'panels') return { ...self, batch: axes }
  const outer = axes.slice(0, -1)
  if (last.bStride === 0 && (self.rows === 1 || last.aStride === self.rows * self.a.rowStride))
    return collapsed({
      ...self,
      batch: outer,
      rows: last.size * self.rows,
      a: { ...self.a, rowStride: self.rows === 1 ? last.aStride : self.a.rowStride }
    })
  const previous = outer.at(-1)
  const continues =
    previous !== undefined &&
    previous.aStride === last.size * last.aStride &&
    previous.bStride === last.size * last.bStride
  return continues
    ? collapsed({ ...self, batch: [...outer.slice(0, -1), { ...last, size: previous.size * last.size }] })
    : { ...self, batch: axes }
}

/** The operands in their roles: x is read element by element, y in vectors along its columns. */
export interface Sides {
  readonly xRows: number
  readonly yColumns: number
  readonly x: Strides
  readonly y: Strides | 'panels'
}

/** a and b, or b and a, both transposed. */
export const sidesOf = ({ rows, columns, a, b }: Product, exchanged: boolean): Sides => {
  const [xRows, yColumns] = exchanged ? [columns, rows] : [rows, columns]
  const y = exchanged ? transposed(a) : b
  return {
    xRows,
    yColumns,
    // panels are never exchanged
    x: exchanged ? transposed(b as Strides) : a,
    // next to a single column there is none
    y: y !== 'panels' && yColumns === 1 ? { ...y, columnStride: 1 } : y
  }
}
