/**
 * Panels: how a matrix is laid out so that the innermost loop reads it from one end to the other.
 *
 * Columns are cut into panels of two vectors (8 columns, for f64 4), the last one being as narrow as what is left. A
 * panel holds its rows one after the other, and panels follow each other without gaps: `[panel][row][column of panel]`.
 *
 * @since 0.1.0
 */
import { arithmetic } from './arithmetic.ts'
import type { NumberType } from './product.ts'

/** The panels of a matrix; lengths in elements. */
export interface PanelLayout {
  /** columns of a full panel */
  readonly width: number
  /** how many panels are full */
  readonly full: number
  /** columns of the last panel, if that is not full, or 0 */
  readonly tail: number
  /** where the element of a row and a column is */
  readonly offset: (row: number, column: number) => number
}

export const panelWidth = (dtype: NumberType): number => 2 * arithmetic[dtype].lanes

/** The panels of a matrix of so many rows and columns. */
export const panelLayout = (dtype: NumberType, rows: number, columns: number): PanelLayout => {
  const width = panelWidth(dtype)
  const full = Math.floor(columns / width)
  const tail = columns % width
  return {
    width,
    full,
    tail,
    offset: (row, column) => {
      const panel = Math.floor(column / width)
      return panel * width * rows + row * (panel < full ? width : tail) + (column % width)
    }
  }
}
