import * as fc from 'fast-check'
import * as Either from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { parseCsv, showErrors, type AnyDataset, type DataErrors } from '../../lib/data/index.ts'
import { toArray } from '../../lib/tensor/index.ts'

const read = (result: Either.Either<DataErrors, AnyDataset>): unknown =>
  pipe(
    result,
    Either.match(showErrors, ({ inputs, labels }): unknown => ({ inputs: toArray(inputs), labels: toArray(labels) }))
  )

const flowers = {
  inputs: ['length', 'width'],
  labels: { column: 'kind', classes: ['a', 'b'] },
  name: 'flowers.csv'
} as const

describe('parseCsv', () => {
  it('reads back the numbers that were written', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = ['x,y,z', ...rows.map((row) => row.join(','))].join('\n')
        const result = parseCsv({ inputs: ['z', 'x'], labels: { column: 'y' }, dtype: 'f64' })(text)
        // the decimal 0 of −0 has no sign in JavaScript's text
        const plain = (x: number): number => (x === 0 ? 0 : x)
        expect(read(result)).toEqual({
          inputs: rows.map(([x, , z]) => [plain(z), plain(x)]),
          labels: rows.map(([, y]) => plain(y))
        })
      })
    )
  })

  it('numbers the classes in the order in which they are listed', () => {
    const result = parseCsv(flowers)('kind,width,length\nb,1,2\na,3,4\n')
    expect(read(result)).toEqual({
      inputs: [
        [2, 1],
        [4, 3]
      ],
      labels: [1, 0]
    })
    expect(Either.isRight(result) && result.right.labels.dtype).toBe('i32')
  })

  it('takes several columns of numbers as labels, and columns by number', () => {
    const result = parseCsv({ inputs: [0], labels: { columns: [2, 1] }, header: false })('1,2,3\n4,5,6')
    expect(read(result)).toEqual({
      inputs: [[1], [4]],
      labels: [
        [3, 2],
        [6, 5]
      ]
    })
  })

  it('takes quotes, other separators, white space, empty lines, line ends of every system and a byte order mark', () => {
    const text = '\uFEFFlength;"width";kind\r\n\r\n 1 ;"2"; a \r\n+3e1;.5;"b"\r\n'
    expect(read(parseCsv({ ...flowers, delimiter: ';' })(text))).toEqual({
      inputs: [
        [1, 2],
        [30, 0.5]
      ],
      labels: [0, 1]
    })
  })

  it('takes lines that end in different ways in one text, and counts each once', () => {
    expect(read(parseCsv(flowers)('length,width,kind\r\n1,2,a\n3,4,b\r5,6,a'))).toEqual({
      inputs: [
        [1, 2],
        [3, 4],
        [5, 6]
      ],
      labels: [0, 1, 0]
    })
    expect(read(parseCsv(flowers)('length,width,kind\r\n1,2,a\n3,x,b\r\n'))).toBe(
      "flowers.csv, line 3, column 'width': expected a number, got 'x'"
    )
  })

  it('refuses a number that the element type cannot hold', () => {
    const text = 'x,y\n1e39,1\n1,1e999'
    const columns = { inputs: ['x'], labels: { column: 'y' } } as const
    expect(read(parseCsv(columns)(text))).toBe(
      [
        "csv data, line 2, column 'x': expected a number in the range of f32, got '1e39'",
        "csv data, line 3, column 'y': expected a number in the range of f32, got '1e999'"
      ].join('\n')
    )
    expect(read(parseCsv({ ...columns, dtype: 'f64' })(text))).toBe(
      "csv data, line 3, column 'y': expected a number in the range of f64, got '1e999'"
    )
  })

  it('says of an empty text only that it is empty', () => {
    expect(read(parseCsv(flowers)(''))).toBe('flowers.csv: expected at least one line of data, got none')
  })

  it('gives every problem with its line and column', () => {
    const text = 'length,width,kind\n1,two,a\n3,,c\n5\n'
    expect(read(parseCsv(flowers)(text))).toBe(
      [
        "flowers.csv, line 2, column 'width': expected a number, got 'two'",
        "flowers.csv, line 3, column 'width': expected a number, got ''",
        "flowers.csv, line 4, column 'width': expected a field, got a line of 1",
        "flowers.csv, line 3, column 'kind': expected one of a, b, got 'c'",
        "flowers.csv, line 4, column 'kind': expected a field, got a line of 1"
      ].join('\n')
    )
  })

  it('shows ten problems and says how many there are', () => {
    const text = ['length,width,kind', ...Array.from({ length: 20 }, () => 'x,1,a')].join('\n')
    const shown = String(read(parseCsv(flowers)(text))).split('\n')
    expect(shown.length).toBe(11)
    expect(shown.at(-1)).toBe('and 10 more')
  })

  it('takes decimals only for numbers', () => {
    ;['NA', 'NaN', 'Infinity', '0x10', '1_000', '1,5', '--1', '1e', '.', '1 2'].forEach((field) => {
      expect(read(parseCsv({ inputs: ['x'], labels: { column: 'y' } })(`x,y\n"${field}",1\n`))).toBe(
        `csv data, line 2, column 'x': expected a number, got '${field}'`
      )
    })
  })

  it('says which columns there are where one is missing or named twice', () => {
    expect(read(parseCsv(flowers)('length,breadth,kind\n1,2,a'))).toBe(
      "flowers.csv: expected one column 'width', got the columns 'length', 'breadth', 'kind'"
    )
    expect(read(parseCsv(flowers)('length,width,width,kind\n1,2,3,a'))).toBe(
      "flowers.csv: expected one column 'width', got 2 of them; give the number of the column"
    )
    expect(read(parseCsv({ ...flowers, header: false })('1,2,a'))).toContain(
      "flowers.csv: expected a column 'length', got text without a header; give the number of the column"
    )
    expect(read(parseCsv({ inputs: [3], labels: { column: 0 } })('a,b\n1,2'))).toBe(
      'csv data: expected a column with the number 3, got 2 columns, numbered from 0'
    )
  })

  it('wants at least one line of data', () => {
    expect(read(parseCsv(flowers)('length,width,kind\n'))).toBe(
      'flowers.csv: expected at least one line of data, got none'
    )
    expect(read(parseCsv(flowers)(''))).toContain('flowers.csv: expected at least one line of data, got none')
  })

  it('reports text that is no table', () => {
    expect(read(parseCsv(flowers)('length,width,kind\n"1,2,a'))).toContain(
      'flowers.csv: expected comma-separated text, got Quote'
    )
  })

  it('refuses settings that are none', () => {
    expect(() => parseCsv({ inputs: [], labels: { column: 0 } })).toThrow('expected at least one column of inputs')
    expect(() => parseCsv({ ...flowers, delimiter: '' })).toThrow('delimiter has to have at least one character')
    expect(() => parseCsv({ inputs: [0], labels: { column: 1, classes: ['a', 'a'] } })).toThrow(
      "parseCsv: the class 'a' is listed twice"
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom('"', ',', '\n', '\r', '1', 'a')).map((parts) => parts.join(''))
        ),
        (text) => {
          const result = parseCsv(flowers)(text)
          expect(Either.isRight(result) || showErrors(result.left).startsWith('flowers.csv')).toBe(true)
        }
      )
    )
  })
})
