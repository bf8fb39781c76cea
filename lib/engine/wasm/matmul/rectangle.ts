/**
 * Rectangles of the output: some rows of x by the panels of y that are at hand.
 *
 * @since 0.1.0
 */
import {
  block,
  branch,
  branchIf,
  i32,
  label,
  loop,
  set,
  when,
  type Instruction,
  type Local,
  type NewLocal,
  type Operand
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { callBand, inlineBand, type BandOperands } from './band.ts'
import type { Dialect } from './dialect.ts'
import { tileOf, type Geometry } from './geometry.ts'
import type { Epilogue } from './product.ts'
import { panelsAcross } from './schedule.ts'
import type { Surroundings } from './tile.ts'

// model

export type Code = readonly Instruction<'none'>[]
export type Value = Operand<'i32'>

/** What the code of one kernel shares. */
export interface Emission {
  readonly compilation: Compilation
  readonly geometry: Geometry
  readonly dialect: Dialect
  readonly epilogue: Epilogue | undefined
  readonly local: NewLocal
  /** where y is read: its first panel at hand, and its tail */
  readonly y: Local<'i32'>
  readonly yTail: Local<'i32'>
  /** the matrix of the output at hand, and the panel of its tail */
  readonly output: Local<'i32'>
  readonly outputTail: Local<'i32'>
  readonly surroundings: Surroundings<Value>
}

/** Rows of x: tiles of one height. */
export interface Rows {
  readonly height: number
  /** at least one */
  readonly tiles: Value
  /** the first row */
  readonly row: Value
  readonly x: Value
}

/** Panels of y: full ones, and behind them the tail if these are the last. */
export interface Columns {
  /** the first panel */
  readonly first: Value
  readonly panels: Value
  /** `undefined`: they are */
  readonly last: Value | undefined
}

// interpretation

export const plus = (a: Value, b: Value): Value => (b === 0 ? a : i32.add(a, b))
export const times = (a: Value, b: number): Value => (typeof a === 'number' ? a * b : i32.multiply(a, b))

/** Where a band begins. */
interface Corner {
  readonly y: Value
  readonly output: Value
  readonly column: Value
}

/** Up to so many multiplications a product is one function. */
const small = 1024

/** Some rows by `full` full panels and, if `tail`, the tail. */
const bandAt = (emission: Emission, rows: Rows, full: number, tail: boolean, corner: Corner): Code => {
  const { compilation, geometry, dialect, epilogue, yTail, outputTail, surroundings, local } = emission
  const { product } = geometry
  const tile = tileOf(geometry, dialect, rows.height, full, tail)
  const target = plus(outputTail, times(rows.row, geometry.tailRowStep))
  const { place } = surroundings
  const operands: BandOperands<Value> = {
    x: rows.x,
    y: full === 0 && geometry.inPanels ? [yTail] : [corner.y, yTail].slice(0, tile.streams.length),
    targets:
      full === 0 && product.output === 'panels' ? [target] : [corner.output, target].slice(0, tile.targets.length),
    tiles: rows.tiles,
    surroundings: {
      ...surroundings,
      place: place === undefined ? undefined : { ...place, row: rows.row, column: corner.column }
    }
  }
  const extent = { batch: product.batch.length, epilogue }
  return product.rows * product.columns * product.depth <= small
    ? inlineBand(compilation, tile, extent, operands, local)
    : callBand(compilation, tile, extent, operands)
}

/** Rows by the tail alone. */
export const tailRectangle = (emission: Emission, rows: Rows, { panels, last }: Columns): Code => {
  const { geometry, y, output } = emission
  const { full, width, panelStep, rowStep, outputPanelStep } = geometry
  const call = bandAt(emission, rows, 0, true, {
    y: plus(y, times(panels, panelStep)),
    output: plus(plus(output, times(rows.row, rowStep)), full * outputPanelStep),
    column: full * width
  })
  return last === undefined ? call : [when(last, call)]
}

/** Rows by all panels at hand, as many across as the tile takes, then by those that are left, with the tail or without. */
export const rectangle = (
  emission: Emission,
  rows: Rows,
  { first, panels, last }: Columns,
  withTail: boolean
): Code => {
  const { geometry, local, y, output } = emission
  const { width, panelStep, outputPanelStep, rowStep, full, tail } = geometry
  const group = panelsAcross(rows.height)
  const rest = full % group
  const [next, source, target, column] = [local('i32'), local('i32'), local('i32'), local('i32')]
  const corner = { y: source, output: target, column }
  const [out, again] = [label(), label()]
  const hasTail = withTail && tail > 0
  const move = [
    set(source, i32.add(source, group * panelStep)),
    set(target, i32.add(target, group * outputPanelStep)),
    set(column, i32.add(column, group * width))
  ]
  const once = full < group ? [] : bandAt(emission, rows, group, false, corner)
  const groups =
    full < group
      ? []
      : full < 2 * group
        ? [...once, ...move]
        : [
            set(next, group),
            block(out, [
              loop(again, [
                branchIf(i32.greaterUnsigned(next, panels), out),
                ...once,
                ...move,
                set(next, i32.add(next, group)),
                branch(again)
              ])
            ])
          ]
  const leftover = rest > 0 || hasTail ? bandAt(emission, rows, rest, hasTail, corner) : []
  return [
    set(source, y),
    set(target, plus(plus(output, times(rows.row, rowStep)), times(first, outputPanelStep))),
    set(column, times(first, width)),
    ...groups,
    ...(last === undefined || leftover.length === 0 ? leftover : [when(last, leftover)])
  ]
}
