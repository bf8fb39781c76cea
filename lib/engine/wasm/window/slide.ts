/**
 * Places of a window one after the other, and what each of them reads.
 *
 * Where a window reads all that a window can read, the code for it is written out tap by tap; at the edges, and for
 * large windows, it loops over the taps.
 *
 * @since 0.1.0
 */
import {
  branchIf,
  countUp,
  define,
  i32,
  label,
  loop,
  run,
  set,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { vectorBytes, type Lanes } from '../convolution/lanes.ts'
import { repeat, type Move } from '../convolution/repeat.ts'
import { greatestCount, type Reach } from './reach.ts'

type Code = readonly Instruction<'none'>[]
type Pointer = Local<'i32'>

/** Places of images, row by row, and what they read of other images. */
export interface Sliding {
  readonly lanes: Lanes
  readonly images: number
  readonly channels: number
  readonly rows: Reach
  readonly columns: Reach
  /** height and width of what is read */
  readonly readHeight: number
  readonly readWidth: number
}

/** The taps of a window: as offsets from the first one, or as counts in variables and distances. All are in bytes. */
export type Taps =
  | { readonly kind: 'written'; readonly offsets: readonly number[] }
  | {
      readonly kind: 'looped'
      readonly rows: Pointer
      readonly columns: Pointer
      readonly steps: readonly [number, number]
    }

/** What is done at a place with one vector of channels, of which `width` lanes are used. */
export type Visit = (
  /** pointers into what is read, at the first tap, and pointers at the place itself */
  read: readonly Pointer[],
  own: readonly Pointer[],
  taps: Taps,
  width: number
) => Code

/** Windows of more taps are not written out. */
const writtenTaps = 9

/**
 * A function that visits all places row by row. Of its pointers those at the indices `reading` point to what is read,
 * those at `own` to elements of the places themselves.
 */
export const slide = (
  compilation: Compilation,
  name: string,
  sliding: Sliding,
  { reading, own }: { readonly reading: readonly number[]; readonly own: readonly number[] },
  visitor: (local: NewLocal) => Visit
): FunctionDefinition => {
  const { lanes, images, channels, rows, columns, readHeight, readWidth } = sliding
  const pixel = channels * lanes.bytes
  const parameters = [...reading, ...own].map(() => 'i32' as const)
  const image = define(`${name} image`, parameters, [], (pointers, local) =>
    windowsOfImage(
      compilation,
      sliding,
      [reading.map((i) => pointers[i]!), own.map((i) => pointers[i]!)],
      local,
      visitor(local)
    )
  )
  return define(name, parameters, [], (pointers, local) => {
    const moves: readonly Move[] = pointers.map((pointer, i) => [
      pointer,
      pixel * (reading.includes(i) ? readHeight * readWidth : rows.starts.length * columns.starts.length)
    ])
    return repeat(local, images, moves, [run(image, ...pointers)])
  })
}

/** For each place the offset of the first tap in bytes, and how many there are. */
const placeTable = ({ starts, counts }: Reach, bytes: number): Int32Array =>
  Int32Array.from(starts.flatMap((start, place) => [start * bytes, counts[place]!]))

const entryBytes = 8

const windowsOfImage = (
  compilation: Compilation,
  { lanes, channels, rows, columns, readWidth }: Sliding,
  [read, own]: readonly [readonly Pointer[], readonly Pointer[]],
  local: NewLocal,
  visit: Visit
): Code => {
  const pixel = channels * lanes.bytes
  const steps = [rows.step * readWidth * pixel, columns.step * pixel] as const
  const [tall, wide] = [greatestCount(rows), greatestCount(columns)]
  const [rowTable, columnTable] = [
    compilation.place(placeTable(rows, readWidth * pixel)),
    compilation.place(placeTable(columns, pixel))
  ]
  const [row, column, rowCount, columnCount, offset] = [
    local('i32'),
    local('i32'),
    local('i32'),
    local('i32'),
    local('i32')
  ]
  const [at, mine] = [read.map(() => local('i32')), own.map(() => local('i32'))]
  /** all channels of a place */
  const place = (taps: Taps): Code => {
    const moves: readonly Move[] = [...at, ...mine].map((pointer) => [pointer, vectorBytes])
    const rest = channels % lanes.count
    return [
      ...at.map((pointer, i) => set(pointer, i32.add(read[i]!, offset))),
      ...mine.map((pointer, i) => set(pointer, own[i]!)),
      ...repeat(local, Math.floor(channels / lanes.count), moves, visit(at, mine, taps, lanes.count)),
      ...(rest === 0 ? [] : visit(at, mine, taps, rest))
    ]
  }
  const whole = (): Code => {
    const offsetOf = (tap: number): number => Math.floor(tap / wide) * steps[0] + (tap % wide) * steps[1]
    return place({ kind: 'written', offsets: Array.from({ length: tall * wide }, (_, tap) => offsetOf(tap)) })
  }
  const looped = (): Code => place({ kind: 'looped', rows: rowCount, columns: columnCount, steps })
  const isUniform = [rows, columns].every(({ counts }) => counts.every((count) => count === counts[0]))
  const isSmall = tall * wide <= writtenTaps && tall * wide > 0
  const body: Code = !isSmall
    ? looped()
    : isUniform
      ? whole()
      : [when(i32.and(i32.equal(rowCount, tall), i32.equal(columnCount, wide)), whole(), looped())]
  return [
    countUp(row, rowTable, rowTable + entryBytes * rows.starts.length, entryBytes, [
      set(rowCount, i32.load(row, 4)),
      countUp(column, columnTable, columnTable + entryBytes * columns.starts.length, entryBytes, [
        set(columnCount, i32.load(column, 4)),
        set(offset, i32.add(i32.load(row), i32.load(column))),
        ...body,
        ...own.map((pointer) => set(pointer, i32.add(pointer, pixel)))
      ])
    ])
  ]
}

/**
 * Does something at each tap: `pointers` point to the first one. The visitor gets pointers and an offset to add, and
 * which tap it is if that is known.
 */
export const eachTap = (
  local: NewLocal,
  taps: Taps,
  pointers: readonly Pointer[],
  body: (pointers: readonly Pointer[], offset: number, tap: number | undefined) => Code
): Code => {
  if (taps.kind === 'written') return taps.offsets.flatMap((offset, tap) => body(pointers, offset, tap))
  const [left, below] = [local('i32'), local('i32')]
  const [inRow, inColumn] = [pointers.map(() => local('i32')), pointers.map(() => local('i32'))]
  const [nextRow, nextColumn] = [label(), label()]
  const { rows, columns, steps } = taps
  return [
    when(i32.multiply(rows, columns), [
      ...inColumn.map((pointer, i) => set(pointer, pointers[i]!)),
      set(below, rows),
      loop(nextRow, [
        ...inRow.map((pointer, i) => set(pointer, inColumn[i]!)),
        set(left, columns),
        loop(nextColumn, [
          ...body(inRow, 0, undefined),
          ...inRow.map((pointer) => set(pointer, i32.add(pointer, steps[1]))),
          set(left, i32.subtract(left, 1)),
          branchIf(left, nextColumn)
        ]),
        ...inColumn.map((pointer) => set(pointer, i32.add(pointer, steps[0]))),
        set(below, i32.subtract(below, 1)),
        branchIf(below, nextRow)
      ])
    ])
  ]
}
