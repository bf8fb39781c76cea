/**
 * The kernel that brings a matrix into panels.
 *
 * @since 0.1.0
 */
import { define, i32, run, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import { arithmetic } from './arithmetic.ts'
import { packFunction } from './pack.ts'
import { panelLayout } from './panels.ts'
import type { NumberType } from './product.ts'

/** A contiguous row-major matrix. */
export interface Matrix {
  readonly dtype: NumberType
  readonly rows: number
  readonly columns: number
}

/** From row-major to panels: full panels first, then the tail. Pointers: from and to. */
export const packKernel = (compilation: Compilation, { dtype, rows, columns }: Matrix): Kernel => {
  const { bytes } = arithmetic[dtype]
  const { width, full, tail } = panelLayout(dtype, rows, columns)
  const panelBytes = width * rows * bytes
  const part = (from: Local<'i32'>, to: Local<'i32'>, panel: number, columnsOfPanel: number, count: number) => {
    const pack = packFunction(compilation, {
      bytes,
      width: columnsOfPanel,
      rowStride: bytes * columns,
      columnStride: bytes,
      panelStride: panelBytes
    })
    return run(pack, i32.add(from, panel * width * bytes), i32.add(to, panel * panelBytes), rows, count)
  }
  return {
    definition: compilation.shared(`toPanels ${dtype} ${rows} ${columns}`, () =>
      define('toPanels', ['i32', 'i32'], [], ([from, to]) => [
        ...(rows > 0 && full > 0 ? [part(from, to, 0, width, full)] : []),
        ...(rows > 0 && tail > 0 ? [part(from, to, full, tail, 1)] : [])
      ])
    ),
    scratch: 0,
    operations: rows * columns
  }
}
