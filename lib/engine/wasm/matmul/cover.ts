/**
 * How a matrix of the output is covered for one block of k: packing, then rectangles of rows and columns.
 *
 * @since 0.1.0
 */
import { countUp, i32, run, select, set, type Local, type NewLocal } from '../assembler/index.ts'
import { packedPanels, packedTiles } from './geometry.ts'
import { packFunction } from './pack.ts'
import { plus, rectangle, tailRectangle, type Code, type Columns, type Emission, type Value } from './rectangle.ts'
import { tileRows } from './schedule.ts'

// model

export type Pointer = Local<'i32'>

/** What the code of one matrix shares, with the pointers to its operands, which move from one block of k to the next. */
export interface Matrix extends Emission {
  readonly x: Pointer
  /** the operand y, and its tail if it is in panels */
  readonly source: Pointer
  readonly sourceTail: Pointer
  /** scratch memory for packed x */
  readonly packedX: Pointer
}

export const lower = (a: Value, b: Value): Value => {
  const [x, y] = [typeof a === 'number' ? i32.constant(a) : a, typeof b === 'number' ? i32.constant(b) : b]
  return select(i32.lessUnsigned(x, y), x, y)
}

// rows

/** All rows of x by the columns at hand. */
const allRows = (matrix: Matrix, steps: Value, columns: Columns): Code => {
  const { compilation, geometry, local, x, packedX } = matrix
  const { xRows, schedule, bytes, tail, width, block } = geometry
  const tiles = Math.floor(xRows / tileRows)
  const rest = xRows % tileRows
  // a tail of one vector has registers for six rows
  const narrow = tail > 0 && 2 * tail <= width && !schedule.packX && tiles > 1
  const row = local('i32')
  const pointer = local('i32')
  const pack = (count: Value): Code =>
    schedule.packX
      ? [
          run(
            packFunction(compilation, {
              bytes,
              width: tileRows,
              rowStride: geometry.x.step,
              columnStride: geometry.x.row,
              panelStride: bytes * tileRows * block
            }),
            pointer,
            packedX,
            steps,
            count
          )
        ]
      : []
  const some = (count: Value, first: Value): Code => [
    ...pack(count),
    ...rectangle(
      matrix,
      { height: tileRows, tiles: count, row: first, x: schedule.packX ? packedX : pointer },
      columns,
      !narrow
    )
  ]
  const at = (first: number) => plus(x, first * geometry.x.row)
  const narrowRows = tiles * tileRows
  return [
    set(pointer, x),
    ...(tiles === 0
      ? []
      : tiles <= packedTiles
        ? some(tiles, 0)
        : inBlocks(local, tiles, packedTiles, (count, first) => [
            set(row, i32.multiply(first, tileRows)),
            ...some(count, row),
            set(pointer, i32.add(pointer, packedTiles * tileRows * geometry.x.row))
          ])),
    ...(narrow
      ? [
          ...(narrowRows < 6
            ? []
            : tailRectangle(matrix, { height: 6, tiles: Math.floor(narrowRows / 6), row: 0, x }, columns)),
          ...(narrowRows % 6 === 0
            ? []
            : tailRectangle(
                matrix,
                {
                  height: narrowRows % 6,
                  tiles: 1,
                  row: narrowRows - (narrowRows % 6),
                  x: at(narrowRows - (narrowRows % 6))
                },
                columns
              ))
        ]
      : []),
    ...(rest === 0
      ? []
      : rectangle(matrix, { height: rest, tiles: 1, row: tiles * tileRows, x: at(tiles * tileRows) }, columns, true))
  ]
}

/** For runs of at most `most` of `count`, with the number in the run and its first. */
const inBlocks = (
  local: NewLocal,
  count: number,
  most: number,
  body: (some: Local<'i32'>, first: Local<'i32'>) => Code
): Code => {
  const [first, some] = [local('i32'), local('i32')]
  return [countUp(first, 0, count, most, [set(some, lower(most, i32.subtract(count, first))), ...body(some, first)])]
}

// columns

const packPanels = (matrix: Matrix, steps: Value, width: number, from: Value, to: Value, panels: Value): Code => {
  const { compilation, geometry } = matrix
  return [
    run(
      packFunction(compilation, {
        bytes: geometry.bytes,
        width,
        rowStride: geometry.y.step,
        columnStride: geometry.y.column,
        panelStride: geometry.panelStep
      }),
      from,
      to,
      steps,
      panels
    )
  ]
}

/** All columns of y, packed in turns where they are packed. */
export const allColumns = (matrix: Matrix, steps: Value): Code => {
  const { geometry, local, source, y, yTail } = matrix
  const { full, tail, width, schedule } = geometry
  if (!schedule.packY) return allRows(matrix, steps, { first: 0, panels: full, last: undefined })
  const panelBytes = width * geometry.y.column
  const packTail = tail === 0 ? [] : packPanels(matrix, steps, tail, plus(source, full * panelBytes), yTail, 1)
  if (full <= packedPanels)
    return [
      ...(full === 0 ? [] : packPanels(matrix, steps, width, source, y, full)),
      ...packTail,
      ...allRows(matrix, steps, { first: 0, panels: full, last: undefined })
    ]
  const last = local('i32')
  return [
    ...packTail,
    ...inBlocks(local, full, packedPanels, (panels, first) => [
      ...packPanels(matrix, steps, width, i32.add(source, i32.multiply(first, panelBytes)), y, panels),
      set(last, i32.equal(i32.add(first, panels), full)),
      ...allRows(matrix, steps, { first, panels, last })
    ])
  ]
}
