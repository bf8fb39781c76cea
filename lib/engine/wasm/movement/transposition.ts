/**
 * Transpositions: copies whose rows are read along one axis and written along another.
 *
 * Whole tiles go through registers; their order visits 64 bytes of a row of the source before the next rows, so that no
 * cache line is read twice from afar.
 *
 * @since 0.1.0
 */
import { countUp, i32, set, v128, type Instruction, type Local, type NewLocal } from '../assembler/index.ts'
import { nest } from './nest.ts'
import { copyElement, type Width } from './run.ts'
import { levelOf, type CopyAxis } from './view.ts'

type Pointer = Local<'i32'>
type Vector = Instruction<'v128'>

/** How many elements of each row a tile has. */
const edges = { 1: 1, 4: 4, 8: 2 } as const

/** How many elements of a source row are copied before the next rows: a line of the cache. */
const band = (width: Width): number => 64 / width

/**
 * Copies `row.length` × `column.length` elements: along `row` they are neighbours where they are read, along `column`
 * where they are written.
 */
export const transposition = (
  local: NewLocal,
  width: Width,
  row: CopyAxis,
  column: CopyAxis,
  to: Pointer,
  from: Pointer
): readonly Instruction[] => {
  const edge = edges[width]
  const [rows, columns] = [row.length - (row.length % edge), column.length - (column.length % edge)]
  const [there, here] = [local('i32'), local('i32')]
  const pointers = [there, here]
  /** Element by element, from a place of both axes on. */
  const apart = (i: number, j: number, height: number, length: number): readonly Instruction[] =>
    height === 0 || length === 0
      ? []
      : [
          set(there, i32.add(to, i * row.to + j * column.to)),
          set(here, i32.add(from, i * row.from + j * column.from)),
          ...nest(local, [levelOf({ ...row, length: height }), levelOf({ ...column, length })], pointers, [
            copyElement(width, there, here)
          ])
        ]
  if (edge === 1 || rows === 0 || columns === 0) return apart(0, 0, row.length, column.length)
  const tile = edge === 4 ? tile4 : tile2
  return [
    ...inBands(local, band(width), row, rows, to, from, (length, toBand, fromBand) => [
      set(there, toBand),
      set(here, fromBand),
      ...nest(
        local,
        [
          { length: columns / edge, steps: [edge * column.to, edge * column.from] },
          { length: length / edge, steps: [edge * row.to, edge * row.from] }
        ],
        pointers,
        tile(local, there, here, row.to, column.from)
      )
    ]),
    ...apart(0, columns, rows, column.length - columns),
    ...apart(rows, 0, row.length - rows, column.length)
  ]
}

/** A row of tiles in bands, and a shorter last one. */
const inBands = (
  local: NewLocal,
  length: number,
  row: CopyAxis,
  rows: number,
  to: Pointer,
  from: Pointer,
  body: (length: number, to: Pointer, from: Pointer) => readonly Instruction[]
): readonly Instruction[] => {
  const [toBand, fromBand] = [local('i32'), local('i32')]
  const whole = Math.floor(rows / length)
  const last = rows - whole * length
  const onward = [set(toBand, i32.add(toBand, length * row.to)), set(fromBand, i32.add(fromBand, length * row.from))]
  return [
    set(toBand, to),
    set(fromBand, from),
    ...(whole > 0 ? [countUp(local('i32'), 0, whole, 1, [...body(length, toBand, fromBand), ...onward])] : []),
    ...(last > 0 ? body(last, toBand, fromBand) : [])
  ]
}

// tiles

/** The lanes of two vectors in turn: the low ones, and the high ones. */
const low = (a: Vector, b: Vector): Vector => v128.shuffle32(a, b, [0, 4, 1, 5])
const high = (a: Vector, b: Vector): Vector => v128.shuffle32(a, b, [2, 6, 3, 7])

/** Loads some rows into variables; a step back is no offset of a load. */
const rowsOf = (local: NewLocal, from: Pointer, step: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const variable = local('v128')
    const value = step < 0 ? v128.load(i32.add(from, i * step)) : v128.load(from, i * step)
    return { variable, code: set(variable, value) }
  })

type Tile = (local: NewLocal, to: Pointer, from: Pointer, toStep: number, fromStep: number) => readonly Instruction[]

/** 4 × 4 elements of 4 bytes. */
const tile4: Tile = (local, to, from, toStep, fromStep) => {
  const rows = rowsOf(local, from, fromStep, 4)
  const [a, b, c, d] = rows.map(({ variable }): Vector => variable) as [Vector, Vector, Vector, Vector]
  const [evens, odds] = [local('v128'), local('v128')]
  const half = (of: typeof low, first: number): readonly Instruction[] => [
    set(evens, of(a, c)),
    set(odds, of(b, d)),
    v128.store(to, low(evens, odds), first * toStep),
    v128.store(to, high(evens, odds), (first + 1) * toStep)
  ]
  return [...rows.map(({ code }) => code), ...half(low, 0), ...half(high, 2)]
}

/** 2 × 2 elements of 8 bytes. */
const tile2: Tile = (local, to, from, toStep, fromStep) => {
  const rows = rowsOf(local, from, fromStep, 2)
  const [a, b] = rows.map(({ variable }): Vector => variable) as [Vector, Vector]
  return [
    ...rows.map(({ code }) => code),
    v128.store(to, v128.shuffle32(a, b, [0, 1, 4, 5])),
    v128.store(to, v128.shuffle32(a, b, [2, 3, 6, 7]), toStep)
  ]
}
