/**
 * Copies of matrices as panels.
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
  set,
  v128,
  when,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal,
  type Operand
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { copyElement, storeBytes } from './arithmetic.ts'
import { transposeBlock } from './transpose.ts'

// model

/** What a function that packs panels of one width is made for; strides in bytes. */
export interface Packing {
  /** bytes of an element */
  readonly bytes: 4 | 8
  /** elements of a row of a panel */
  readonly width: number
  /** from one row of a panel to the next, and from one element of it to the next, in the matrix */
  readonly rowStride: number
  readonly columnStride: number
  /** from one panel to the next, in the panels */
  readonly panelStride: number
}

type Code = readonly Instruction<'none'>[]
type Pointer = Local<'i32'>

const advance = (pointer: Pointer, bytes: Operand<'i32'>): Instruction<'none'> => set(pointer, i32.add(pointer, bytes))

// the rows of one panel

/** `width` elements that are next to each other in both. */
const copyRow = (bytes: 4 | 8, width: number, to: Pointer, from: Pointer, local: NewLocal): Code => {
  const length = bytes * width
  return Array.from({ length: Math.ceil(length / 16) }, (_, v) => {
    const vector = local('v128')
    return [set(vector, v128.load(from, 16 * v)), ...storeBytes(to, vector, Math.min(16, length - 16 * v), 16 * v)]
  }).flat()
}

/** Rows one by one, whose elements are next to each other in the matrix or not. */
const copyRows = (
  { bytes, width, rowStride, columnStride }: Packing,
  from: Pointer,
  to: Pointer,
  rows: Operand<'i32'>,
  local: NewLocal
): Code => {
  const again = label()
  const end = local('i32')
  return [
    set(end, i32.add(to, i32.multiply(rows, bytes * width))),
    loop(again, [
      ...(columnStride === bytes
        ? copyRow(bytes, width, to, from, local)
        : Array.from({ length: width }, (_, j) => copyElement(bytes, to, bytes * j, from, columnStride * j))),
      advance(from, rowStride),
      advance(to, bytes * width),
      branchIf(i32.notEqual(to, end), again)
    ])
  ]
}

/** Rows by squares of elements, the rows being next to each other in the matrix, then the rows that are left. */
const transposeRows = (packing: Packing, from: Pointer, to: Pointer, rows: Pointer, local: NewLocal): Code => {
  const { bytes, width, columnStride } = packing
  const lanes = bytes === 4 ? 4 : 2
  const rowBytes = bytes * width
  const square = (j: number): Code => {
    const columns = Array.from({ length: lanes }, () => local('v128'))
    const { code, vectors } = transposeBlock(lanes, columns, local)
    const exists = Math.min(lanes, width - j)
    return [
      ...columns.map((column, c) => set(column, v128.load(from, columnStride * (j + Math.min(c, exists - 1))))),
      ...code,
      ...vectors.flatMap((vector, row) => storeBytes(to, vector, bytes * exists, row * rowBytes + bytes * j))
    ]
  }
  const squares = Array.from({ length: Math.ceil(width / lanes) }, (_, s) => square(s * lanes)).flat()
  const again = label()
  const [end, rest] = [local('i32'), local('i32')]
  return [
    set(rest, i32.and(rows, lanes - 1)),
    when(i32.greaterEqualUnsigned(rows, lanes), [
      set(end, i32.add(to, i32.multiply(i32.subtract(rows, rest), rowBytes))),
      loop(again, [
        ...squares,
        advance(from, 16),
        advance(to, lanes * rowBytes),
        branchIf(i32.notEqual(to, end), again)
      ])
    ]),
    when(rest, copyRows(packing, from, to, rest, local))
  ]
}

// functions

/** `(from, to, rows, panels)`: fills panels of a matrix, at least one of at least one row. */
export const packFunction = (compilation: Compilation, packing: Packing): FunctionDefinition =>
  compilation.shared(`pack ${JSON.stringify(packing)}`, () =>
    define('pack', ['i32', 'i32', 'i32', 'i32'], [], ([from, to, rows, panels], local) => {
      const { bytes, width, rowStride, columnStride, panelStride } = packing
      const [source, target, panel] = [local('i32'), local('i32'), local('i32')]
      const write = columnStride !== bytes && rowStride === bytes ? transposeRows : copyRows
      return [
        countUp(panel, 0, panels, 1, [
          set(source, from),
          set(target, to),
          ...write(packing, source, target, rows, local),
          advance(from, width * columnStride),
          advance(to, panelStride)
        ])
      ]
    })
  )
