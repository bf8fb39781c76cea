/**
 * From the panels of a matrix to the panels of its transpose.
 *
 * @since 0.1.0
 */
import { countUp, define, i32, run, set, type Instruction, type Local } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import { arithmetic } from './arithmetic.ts'
import type { Matrix } from './layout.ts'
import { packFunction } from './pack.ts'
import { panelLayout } from './panels.ts'

/** The kernel that reads panels of a matrix and writes panels of its transpose. Each panel read is rows that are written. */
export const turnKernel = (compilation: Compilation, { dtype, rows, columns }: Matrix): Kernel => {
  const { bytes } = arithmetic[dtype]
  const from = panelLayout(dtype, rows, columns)
  const to = panelLayout(dtype, columns, rows)
  const { width } = from
  /** One panel of so many columns. */
  const turn = (
    source: Local<'i32'>,
    target: Local<'i32'>,
    tailTarget: Local<'i32'>,
    columnsOfPanel: number
  ): readonly Instruction<'none'>[] => {
    const packed = (widthOfRow: number) =>
      packFunction(compilation, {
        bytes,
        width: widthOfRow,
        rowStride: bytes,
        columnStride: bytes * columnsOfPanel,
        panelStride: bytes * width * columns
      })
    return [
      ...(to.full > 0 ? [run(packed(width), source, target, columnsOfPanel, to.full)] : []),
      ...(to.tail > 0
        ? [
            run(
              packed(to.tail),
              i32.add(source, to.full * width * columnsOfPanel * bytes),
              tailTarget,
              columnsOfPanel,
              1
            )
          ]
        : [])
    ]
  }
  return {
    definition: compilation.shared(`turn ${dtype} ${rows} ${columns}`, () =>
      define('turn', ['i32', 'i32'], [], ([source, output], local) => {
        const [panel, tailTarget] = [local('i32'), local('i32')]
        return [
          set(tailTarget, i32.add(output, to.full * width * columns * bytes)),
          countUp(panel, 0, from.full, 1, [
            ...turn(source, output, tailTarget, width),
            set(source, i32.add(source, rows * width * bytes)),
            set(output, i32.add(output, width * width * bytes)),
            set(tailTarget, i32.add(tailTarget, width * to.tail * bytes))
          ]),
          ...(from.tail > 0 ? turn(source, output, tailTarget, from.tail) : [])
        ]
      })
    ),
    scratch: 0,
    operations: rows * columns
  }
}
