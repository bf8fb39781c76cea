/**
 * Kernels that bring a matrix into panels and back.
 *
 * @since 0.1.0
 */
import { define, i32, run, type FunctionDefinition, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import { arithmetic } from './arithmetic.ts'
import { packFunction, unpackFunction } from './pack.ts'
import { panelLayout } from './panels.ts'
import type { NumberType } from './product.ts'

/** A contiguous row-major matrix. */
export interface Matrix {
  readonly dtype: NumberType
  readonly rows: number
  readonly columns: number
}

type Half = (width: number, panelStride: number) => FunctionDefinition

/** Two pointers, from and to; full panels first, then the tail. */
const both = (
  compilation: Compilation,
  name: string,
  { dtype, rows, columns }: Matrix,
  half: Half,
  order: (packed: number, plain: number) => readonly [from: number, to: number]
): Kernel => {
  const { bytes } = arithmetic[dtype]
  const { width, full, tail } = panelLayout(dtype, rows, columns)
  const part = (from: Local<'i32'>, to: Local<'i32'>, panel: number, columnsOfPanel: number, count: number) => {
    const [fromByte, toByte] = order(panel * width * rows * bytes, panel * width * bytes)
    return run(half(columnsOfPanel, width * rows * bytes), i32.add(from, fromByte), i32.add(to, toByte), rows, count)
  }
  return {
    definition: compilation.shared(`${name} ${dtype} ${rows} ${columns}`, () =>
      define(name, ['i32', 'i32'], [], ([from, to]) => [
        ...(rows > 0 && full > 0 ? [part(from, to, 0, width, full)] : []),
        ...(rows > 0 && tail > 0 ? [part(from, to, full, tail, 1)] : [])
      ])
    ),
    scratch: 0,
    operations: rows * columns
  }
}

/** From row-major to panels. */
export const packKernel = (compilation: Compilation, matrix: Matrix): Kernel => {
  const { bytes } = arithmetic[matrix.dtype]
  return both(
    compilation,
    'toPanels',
    matrix,
    (width, panelStride) =>
      packFunction(compilation, {
        bytes,
        width,
        rowStride: bytes * matrix.columns,
        columnStride: bytes,
        panelStride
      }),
    (packed, plain) => [plain, packed]
  )
}

/** From panels to row-major. */
export const unpackKernel = (compilation: Compilation, matrix: Matrix): Kernel => {
  const { bytes } = arithmetic[matrix.dtype]
  return both(
    compilation,
    'fromPanels',
    matrix,
    (width, panelStride) =>
      unpackFunction(compilation, { bytes, width, rowStride: bytes * matrix.columns, panelStride }),
    (packed, plain) => [packed, plain]
  )
}
