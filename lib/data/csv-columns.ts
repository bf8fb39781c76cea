/**
 * Columns of comma-separated text, by name or by number.
 */
import { corrupt, type DataError } from './error.ts'

/**
 * A column: its name, or its number from 0.
 *
 * @category model
 * @since 0.1.0
 */
export type Column = string | number

/** A column that was found: its number, and what it is called in errors. */
export interface FoundColumn {
  readonly index: number
  readonly title: string
}

/** The wanted columns among those that there are, or what is wrong with each that was not found. */
export const columnsOf = (
  name: string,
  wanted: readonly Column[],
  titles: readonly string[] | undefined,
  width: number
): { readonly columns: readonly FoundColumn[]; readonly problems: readonly DataError[] } => {
  const find = (column: Column): FoundColumn | DataError => {
    if (typeof column === 'number')
      return Number.isInteger(column) && column >= 0 && column < width
        ? { index: column, title: titles?.[column] === undefined ? String(column) : `'${titles[column]}'` }
        : corrupt(name, { expected: `a column with the number ${column}`, actual: `${width} columns, numbered from 0` })
    if (titles === undefined)
      return corrupt(name, {
        expected: `a column '${column}'`,
        actual: 'text without a header',
        mend: 'give the number of the column'
      })
    const places = titles.flatMap((title, i) => (title === column ? [i] : []))
    const [index] = places
    return index !== undefined && places.length === 1
      ? { index, title: `'${column}'` }
      : corrupt(name, {
          expected: `one column '${column}'`,
          actual:
            places.length === 0
              ? `the columns ${titles.map((title) => `'${title}'`).join(', ')}`
              : `${places.length} of them`,
          ...(places.length === 0 ? {} : { mend: 'give the number of the column' })
        })
  }
  const results = wanted.map(find)
  return {
    columns: results.flatMap((result) => ('index' in result ? [result] : [])),
    problems: results.flatMap((result) => ('index' in result ? [] : [result]))
  }
}
