/**
 * Weights as a contraction reads them: panel after panel, in a panel the rows of ascending k.
 *
 * @since 0.1.0
 */
import { define, set, v128, type FunctionDefinition, type Local, type NewLocal } from '../assembler/index.ts'
import { vectorBytes, type Lanes } from './lanes.ts'
import { repeat, withCopies } from './repeat.ts'
import { eachPanel, packedStep, panelsOf, type PanelGrid } from './panels.ts'

/** Where rows of weights are in a kernel, in bytes. */
export interface WeightLayout {
  readonly groups: number
  /** bytes from group to group */
  readonly group: number
  /** columns of a group, and bytes from column to column */
  readonly columns: number
  readonly column: number
  /** k counts (outer, inner): how many there are, and bytes from one to the next */
  readonly outer: { readonly count: number; readonly bytes: number }
  readonly inner: { readonly count: number; readonly bytes: number }
}

const lengthOf = ({ outer, inner }: WeightLayout): number => outer.count * inner.count

/** How far packed panels, and packed groups, are apart. */
export const packedBytes = (
  { count }: Lanes,
  layout: WeightLayout
): { readonly panel: number; readonly group: number } => {
  const panel = lengthOf(layout) * packedStep
  return { panel, group: panel * Math.ceil(layout.columns / (2 * count)) }
}

/** A function of pointers (kernel, packed) that packs a kernel. Columns beyond the last are left as they are, or arbitrary. */
export const packing = (name: string, lanes: Lanes, layout: WeightLayout): FunctionDefinition => {
  const { groups, group, columns, column, outer, inner } = layout
  const packed = packedBytes(lanes, layout)
  const grid: PanelGrid = {
    groups: { count: groups, a: group, b: 0, out: packed.group },
    panels: panelsOf(lanes, columns, { a: 2 * lanes.count * column, b: 0, out: packed.panel })
  }
  return define(name, ['i32', 'i32'], [], ([kernel, target], local) => {
    const nothing = local('i32')
    return eachPanel(local, grid, [kernel, nothing, target], ({ width, vectors }, [from, , to]) =>
      withCopies(local, [from!, to!], ([row, panel]) =>
        repeat(
          local,
          outer.count,
          [[row!, outer.bytes]],
          withCopies(local, [row!], ([at]) =>
            repeat(
              local,
              inner.count,
              [
                [at!, inner.bytes],
                [panel!, packedStep]
              ],
              Array.from({ length: vectors }, (_, j) =>
                copyVector(local, lanes, {
                  from: at!,
                  offset: j * lanes.count * column,
                  column,
                  count: Math.min(lanes.count, width - j * lanes.count),
                  to: panel!,
                  target: j * vectorBytes
                })
              ).flat()
            )
          )
        )
      )
    )
  })
}

interface VectorCopy {
  readonly from: Local<'i32'>
  readonly offset: number
  readonly column: number
  readonly count: number
  readonly to: Local<'i32'>
  readonly target: number
}

/** Elements `column` bytes apart as one vector. */
const copyVector = (local: NewLocal, lanes: Lanes, { from, offset, column, count, to, target }: VectorCopy) => {
  if (column === lanes.bytes) return [v128.store(to, v128.load(from, offset), target)]
  const vector = local('v128')
  return [
    set(vector, lanes.splat(from, offset)),
    ...Array.from({ length: count - 1 }, (_, i) =>
      set(vector, lanes.loadLane(from, vector, i + 1, offset + (i + 1) * column))
    ),
    v128.store(to, vector, target)
  ]
}
