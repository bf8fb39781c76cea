/**
 * The kernel of matrix products: loops over the batch, over blocks of k, over packed panels and rows, around bands of
 * tiles.
 *
 * @since 0.1.0
 */
import { branchIf, countUp, define, i32, label, loop, set, type NewLocal } from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import type { Kernel } from '../kernel.ts'
import { defaultDialect, type Dialect } from './dialect.ts'
import { allColumns, lower, type Matrix, type Pointer } from './cover.ts'
import { geometryOf, packedPanels, type Geometry } from './geometry.ts'
import { collapsed, type Epilogue, type Product } from './product.ts'
import type { Code } from './rectangle.ts'
import { depthBlock, scheduleFor, type Schedule } from './schedule.ts'

// model

export interface MatmulOptions {
  readonly epilogue?: Epilogue
  /** how loops are written, by default as the engine at hand likes it; changes the speed only */
  readonly dialect?: Dialect
  /** what is packed, by default what is estimated to be fastest; changes the speed only */
  readonly schedule?: Schedule
}

// blocks of k

const allDepths = (matrix: Matrix): Code => {
  const { geometry, local, x, source, sourceTail } = matrix
  const { depth } = geometry.product
  if (!geometry.blocks) return allColumns(matrix, depth)
  const [done, steps, first, last] = [local('i32'), local('i32'), local('i32'), local('i32')]
  const again = label()
  const move = (pointer: Pointer, step: number) => set(pointer, i32.add(pointer, depthBlock * step))
  return [
    set(done, 0),
    loop(again, [
      set(steps, lower(depthBlock, i32.subtract(depth, done))),
      set(first, i32.isZero(done)),
      set(done, i32.add(done, depthBlock)),
      set(last, i32.greaterEqualUnsigned(done, depth)),
      ...allColumns({ ...matrix, surroundings: { ...matrix.surroundings, block: { steps, first, last } } }, steps),
      move(x, geometry.x.step),
      move(source, geometry.y.step),
      ...(sourceTail === source ? [] : [move(sourceTail, geometry.y.tailStep)]),
      branchIf(i32.isZero(last), again)
    ])
  ]
}

// batches

interface Bases {
  readonly a: Pointer
  readonly b: Pointer
  readonly output: Pointer
}

/** For every place of the batch: its indices, and the pointers to its matrices. */
const everyMatrix = (
  local: NewLocal,
  geometry: Geometry,
  bases: Bases,
  body: (bases: Bases, indices: readonly Pointer[]) => Code
): Code => {
  const { bytes, product } = geometry
  const output = local('i32')
  const matrixBytes = bytes * product.rows * product.columns
  const inside = (axis: number, { a, b }: Bases, indices: readonly Pointer[]): Code => {
    const { size, aStride, bStride } = product.batch[axis] ?? { size: 0, aStride: 0, bStride: 0 }
    if (axis === product.batch.length)
      return [...body({ a, b, output }, indices), set(output, i32.add(output, matrixBytes))]
    const [index, nextA, nextB] = [local('i32'), local('i32'), local('i32')]
    return [
      set(nextA, a),
      set(nextB, b),
      countUp(index, 0, size, 1, [
        ...inside(axis + 1, { a: nextA, b: nextB, output }, [...indices, index]),
        set(nextA, i32.add(nextA, bytes * aStride)),
        set(nextB, i32.add(nextB, bytes * bStride))
      ])
    ]
  }
  return [set(output, bases.output), ...inside(0, bases, [])]
}

// kernels

/** Pointers: a, b, what the epilogue reads, the output, what the epilogue writes, scratch. */
export const matmulKernel = (compilation: Compilation, given: Product, options: MatmulOptions = {}): Kernel => {
  const { epilogue, dialect = defaultDialect } = options
  const product = epilogue === undefined ? collapsed(given) : given
  const { rows, columns, depth, batch, output: form } = product
  // without k there is nothing to pack
  const schedule = depth === 0 ? scheduleFor(product) : (options.schedule ?? scheduleFor(product))
  const geometry = geometryOf(product, schedule)
  const { bytes, full, width, packedX, packedY } = geometry
  const matrices = batch.reduce((count, { size }) => count * size, 1)
  const [reads, writes] = [epilogue?.reads ?? 0, epilogue?.writes ?? 0]
  const scratch = packedX + packedY
  const pointers = 3 + reads + writes + (scratch === 0 ? 0 : 1)
  const key = `matmul ${JSON.stringify([product, schedule, dialect])} ${epilogue?.key ?? ''}`
  const make = () =>
    define(
      'matmul',
      Array.from({ length: pointers }, () => 'i32' as const),
      [],
      (params, local) => {
        if (matrices * rows * columns === 0) return []
        const bases: Bases = { a: params[0]!, b: params[1]!, output: params[2 + reads]! }
        const free = params[pointers - 1]!
        const separate = schedule.packY || product.b === 'panels'
        const [x, source, output, extraX] = [local('i32'), local('i32'), local('i32'), local('i32')]
        const sourceTail = separate && !schedule.packY ? local('i32') : source
        const outputTail = form === 'panels' ? local('i32') : output
        const packedTail = schedule.packY ? local('i32') : sourceTail
        return everyMatrix(local, geometry, bases, (at, indices) => [
          set(x, schedule.exchanged ? at.b : at.a),
          set(source, schedule.exchanged ? at.a : at.b),
          set(output, at.output),
          ...(sourceTail === source ? [] : [set(sourceTail, i32.add(source, full * width * bytes * depth))]),
          ...(outputTail === output ? [] : [set(outputTail, i32.add(output, full * width * bytes * rows))]),
          ...(schedule.packY
            ? [set(packedTail, i32.add(free, Math.min(full, packedPanels) * geometry.panelStep))]
            : []),
          ...(schedule.packX ? [set(extraX, i32.add(free, packedY))] : []),
          ...allDepths({
            compilation,
            geometry,
            dialect,
            epilogue,
            local,
            x,
            source,
            sourceTail,
            packedX: extraX,
            y: schedule.packY ? free : source,
            yTail: packedTail,
            output,
            outputTail,
            surroundings: {
              block: undefined,
              place:
                epilogue === undefined
                  ? undefined
                  : {
                      row: 0,
                      column: 0,
                      output: bases.output,
                      batch: indices,
                      reads: params.slice(2, 2 + reads),
                      writes: params.slice(3 + reads, 3 + reads + writes)
                    }
            }
          })
        ])
      }
    )
  return {
    definition: compilation.shared(key, make),
    scratch,
    operations: 2 * matrices * rows * columns * depth
  }
}
