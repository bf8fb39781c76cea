/**
 * Bands: functions that compute tile after tile down the rows of x, with the same panels of y.
 *
 * @since 0.1.0
 */
import {
  branchIf,
  define,
  i32,
  label,
  loop,
  run,
  set,
  type FunctionDefinition,
  type Instruction,
  type Local,
  type NewLocal,
  type Operand
} from '../assembler/index.ts'
import type { Compilation } from '../compilation.ts'
import { arithmetic, zero } from './arithmetic.ts'
import { finishTile } from './finish.ts'
import { multiplyTile } from './multiply.ts'
import {
  listSurroundings,
  takeSurroundings,
  vectorsOfPanel,
  type Extent,
  type Surroundings,
  type Tile
} from './tile.ts'

/** What a band is given. */
export interface BandOperands<T> {
  readonly x: T
  readonly y: readonly T[]
  readonly targets: readonly T[]
  /** how many tiles, at least one */
  readonly tiles: T
  readonly surroundings: Surroundings<T>
}

const listBand = <T>({ x, y, targets, tiles, surroundings }: BandOperands<T>): readonly T[] => [
  x,
  ...y,
  ...targets,
  tiles,
  ...listSurroundings(surroundings)
]

const bodyOf = (
  compilation: Compilation,
  tile: Tile,
  extent: Extent,
  { x, y, targets, tiles, surroundings }: BandOperands<Local<'i32'>>,
  single: boolean,
  local: NewLocal
): readonly Instruction<'none'>[] => {
  const { dtype, dialect, height, panels, streams, depth } = tile
  const { lanes } = arithmetic[dtype]
  const vectors = panels.reduce((sum, { width }) => sum + vectorsOfPanel(width, lanes), 0)
  const accumulators = Array.from({ length: height }, () => Array.from({ length: vectors }, () => local('v128')))
  const pointer = local('i32')
  const pointers = y.map(() => local('i32'))
  const again = label()
  const one = [
    ...accumulators.flat().map((sum) => set(sum, zero)),
    set(pointer, x),
    ...pointers.map((copy, s) => set(copy, y[s]!)),
    ...multiplyTile(
      {
        arithmetic: arithmetic[dtype],
        dialect,
        x: { pointer, step: tile.x.step, offsets: accumulators.map((_, i) => i * tile.x.row) },
        y: pointers.map((copy, s) => ({
          pointer: copy,
          step: streams[s]!,
          offsets: panels
            .filter(({ stream }) => stream === s)
            .flatMap(({ width, offset }) =>
              Array.from({ length: vectorsOfPanel(width, lanes) }, (_, v) => offset + 16 * v)
            )
        })),
        accumulators,
        steps: depth === 'given' ? surroundings.block!.steps : depth
      },
      local
    ),
    ...finishTile({ compilation, tile, epilogue: extent.epilogue, accumulators, targets, surroundings, local })
  ]
  if (single) return one
  return [
    loop(again, [
      ...one,
      set(x, i32.add(x, tile.x.tile)),
      ...targets.map((target, t) => set(target, i32.add(target, height * tile.targets[t]!))),
      ...(surroundings.place === undefined
        ? []
        : [set(surroundings.place.row, i32.add(surroundings.place.row, height))]),
      set(tiles, i32.subtract(tiles, 1)),
      branchIf(tiles, again)
    ])
  ]
}

/** Takes the operands from a list, in the order of `listBand`. */
const takeBand = (list: readonly Local<'i32'>[], tile: Tile, extent: Extent): BandOperands<Local<'i32'>> => {
  let next = 0
  const take = (): Local<'i32'> => list[next++]!
  return {
    x: take(),
    y: tile.streams.map(take),
    targets: tile.targets.map(take),
    tiles: take(),
    surroundings: takeSurroundings(take, tile, extent)
  }
}

/** The function of a tile; its parameters are those of `listBand`. */
const bandFunction = (compilation: Compilation, tile: Tile, extent: Extent, count: number): FunctionDefinition => {
  const { epilogue, batch } = extent
  const key = epilogue === undefined ? '' : `${batch} ${epilogue.key}`
  return compilation.shared(`band ${JSON.stringify(tile)} ${key}`, () =>
    define(
      'band',
      Array.from({ length: count }, () => 'i32' as const),
      [],
      (params, local) => bodyOf(compilation, tile, extent, takeBand(params, tile, extent), false, local)
    )
  )
}

/** Computes a band by calling its function. */
export const callBand = (
  compilation: Compilation,
  tile: Tile,
  extent: Extent,
  operands: BandOperands<Operand<'i32'>>
): readonly Instruction<'none'>[] => {
  const list = listBand(operands)
  return [run(bandFunction(compilation, tile, extent, list.length), ...list)]
}

/** Computes a band on the spot: for products so small that a call would count. */
export const inlineBand = (
  compilation: Compilation,
  tile: Tile,
  extent: Extent,
  operands: BandOperands<Operand<'i32'>>,
  local: NewLocal
): readonly Instruction<'none'>[] => {
  const values = listBand(operands)
  const copies = values.map(() => local('i32'))
  return [
    ...values.map((value, i) => set(copies[i]!, value)),
    ...bodyOf(compilation, tile, extent, takeBand(copies, tile, extent), operands.tiles === 1, local)
  ]
}
