/**
 * Data sets from comma-separated text.
 *
 * @since 0.1.0
 */
import { parse } from 'csv-parse/browser/esm/sync'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { requireKnown } from '../codec/options.ts'
import { raise, type Sizes } from '../shape/index.ts'
import { fromArray, type FloatDType } from '../tensor/index.ts'
import { columnsOf, type Column, type FoundColumn } from './csv-columns.ts'
import { dataset, type Dataset } from './dataset.ts'
import { corrupt, only, reasonOf, unlessProblems, type DataError, type DataErrors } from './error.ts'

// model

/**
 * Where the labels are: a column of class names, which become their numbers in `classes`; a column of numbers; or
 * several columns of numbers.
 *
 * @category model
 * @since 0.1.0
 */
export type CsvLabels =
  | { readonly column: Column; readonly classes: readonly string[] }
  | { readonly column: Column }
  | { readonly columns: readonly Column[] }

/**
 * How text is read as a data set.
 *
 * @category model
 * @since 0.1.0
 */
export interface CsvOptions {
  /** the columns of the inputs, by name or by number from 0 */
  readonly inputs: readonly Column[]
  readonly labels: CsvLabels
  /** what the text is called in errors; default 'csv data' */
  readonly name?: string
  /** whether the first line names the columns; default true */
  readonly header?: boolean
  /** what separates the columns; default ',' */
  readonly delimiter?: string
  /** the type of inputs and of labels that are numbers; default f32 */
  readonly dtype?: FloatDType
}

type InputShape<C extends readonly Column[]> = number extends C['length'] ? [number] : [C['length']]

type LabelShape<L> = L extends { readonly columns: infer C extends readonly Column[] } ? InputShape<C> : []

type FloatOf<O> = O extends { readonly dtype: infer F extends FloatDType } ? F : 'f32'

type LabelDType<O extends CsvOptions> = O['labels'] extends { readonly classes: readonly string[] } ? 'i32' : FloatOf<O>

/**
 * The data set that some options make.
 *
 * @category model
 * @since 0.1.0
 */
export type CsvDataset<O extends CsvOptions> = Dataset<
  InputShape<O['inputs']>,
  LabelShape<O['labels']>,
  FloatOf<O>,
  LabelDType<O>
>

/** One line of the text, with its number. */
interface Row {
  readonly line: number
  readonly fields: readonly string[]
}

// helpers

/** What csv-parse gives with `info`. */
interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const linesOf = (name: string, delimiter: string, text: string): Either.Either<DataErrors, readonly Row[]> =>
  pipe(
    Either.tryCatch(
      () =>
        // with `info` each element is a record with its place, which the declaration does not say
        parse(text, {
          bom: true,
          delimiter,
          info: true,
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          skip_empty_lines: true,
          trim: true
        }) as readonly unknown[] as readonly Parsed[],
      (error) =>
        only(
          corrupt(name, {
            expected: 'comma-separated text',
            actual: reasonOf(error)
          })
        )
    ),
    Either.map((parsed) => parsed.map(({ record, info }) => ({ line: info.lines, fields: record })))
  )

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The number in a field, if the element type can hold it; an empty field or 'NA' is none. */
const numberIn =
  (dtype: FloatDType) =>
  (field: string): Either.Either<string, number> => {
    if (!decimal.test(field)) return Either.left('a number')
    const number = Number(field)
    return Number.isFinite(dtype === 'f32' ? Math.fround(number) : number)
      ? Either.right(number)
      : Either.left(`a number in the range of ${dtype}`)
  }

/** The number of a class. */
const classIn =
  (classes: readonly string[]) =>
  (field: string): Either.Either<string, number> =>
    classes.includes(field) ? Either.right(classes.indexOf(field)) : Either.left(`one of ${classes.join(', ')}`)

/** What each row has in some columns: a number, or a problem. */
const numbersIn = (
  name: string,
  rows: readonly Row[],
  columns: readonly FoundColumn[],
  read: (field: string) => Either.Either<string, number>
): readonly Either.Either<DataError, number>[] =>
  rows.flatMap(({ line, fields }) =>
    columns.map(({ index, title }) => {
      const field = fields[index]
      return pipe(
        field === undefined ? Either.left('a field') : read(field),
        Either.mapLeft((expected) =>
          corrupt(name, {
            place: `line ${line}, column ${title}`,
            expected,
            actual: field === undefined ? `a line of ${fields.length}` : `'${field}'`
          })
        )
      )
    })
  )

const problemsIn = (cells: readonly Either.Either<DataError, number>[]): readonly DataError[] =>
  cells.flatMap((cell) => (Either.isLeft(cell) ? [cell.left] : []))

const valuesIn = (cells: readonly Either.Either<DataError, number>[]): readonly number[] =>
  cells.flatMap((cell) => (Either.isRight(cell) ? [cell.right] : []))

const known: readonly (keyof CsvOptions)[] = ['inputs', 'labels', 'name', 'header', 'delimiter', 'dtype']

// constructors

/**
 * A data set from comma-separated text: one line an example.
 *
 * Numbers are decimals; an empty field is a problem, as is a class that is not listed. Lines may end with CR LF,
 * fields may be quoted, white space around them and empty lines do not count.
 *
 * @param options see `CsvOptions`
 * @returns a function of the text: inputs of shape [n, columns]; labels i32 [n] for classes, [n] for one column of
 *   numbers, [n, columns] for several; or every problem with its line and column
 * @example
 * import { parseCsv } from 'gradfold/data'
 * const read = parseCsv({ inputs: ['width', 'height'], labels: { column: 'kind', classes: ['small', 'large'] } })
 * const data = read('width,height,kind\n1,2,small\n8,9,large\n') // Either<DataErrors, Dataset<[2], [], 'f32', 'i32'>>
 * @category constructors
 * @since 0.1.0
 */
export const parseCsv = <const O extends CsvOptions>(options: O) => {
  requireKnown('parseCsv', known, options)
  const { inputs, labels, name = 'csv data', header = true, delimiter = ',', dtype = 'f32' }: CsvOptions = options
  if (delimiter.length === 0) raise('parseCsv: delimiter has to have at least one character, got none')
  if (inputs.length === 0) raise('parseCsv: expected at least one column of inputs, got none')
  const classes = 'classes' in labels ? labels.classes : undefined
  const repeated = classes?.find((each, i) => classes.indexOf(each) < i)
  if (repeated !== undefined) raise(`parseCsv: the class '${repeated}' is listed twice`)
  const labelColumns = 'columns' in labels ? labels.columns : [labels.column]
  return (text: string): Either.Either<DataErrors, CsvDataset<O>> =>
    pipe(
      linesOf(name, delimiter, text),
      Either.flatMap((rows) => {
        const [titles, body] = header ? [rows[0]?.fields ?? [], rows.slice(1)] : [undefined, rows]
        const width = titles?.length ?? rows[0]?.fields.length ?? 0
        const found = columnsOf(name, [...inputs, ...labelColumns], titles, width)
        const empty =
          body.length === 0 ? [corrupt(name, { expected: 'at least one line of data', actual: 'none' })] : []
        return pipe(
          unlessProblems([...empty, ...(rows.length === 0 ? [] : found.problems)], () => found.columns),
          Either.flatMap((columns) => {
            const x = numbersIn(name, body, columns.slice(0, inputs.length), numberIn(dtype))
            const y = numbersIn(
              name,
              body,
              columns.slice(inputs.length),
              classes === undefined ? numberIn(dtype) : classIn(classes)
            )
            const labelShape: Sizes = 'columns' in labels ? [body.length, labels.columns.length] : [body.length]
            return unlessProblems(
              [...problemsIn(x), ...problemsIn(y)],
              () =>
                // the shapes and types are those that CsvDataset computes from the options
                dataset(
                  fromArray(valuesIn(x), [body.length, inputs.length], dtype),
                  fromArray(
                    valuesIn(y),
                    labelShape as readonly [number, ...number[]],
                    classes === undefined ? dtype : 'i32'
                  )
                ) as unknown as CsvDataset<O>
            )
          })
        )
      })
    )
}
