/**
 * What the state of an optimizer has to look like.
 */
import { traceValues, typed } from '../expr/internal.ts'
import type { AnyTransform } from '../optimizer/index.ts'
import { initTree } from '../optimizer/state.ts'
import type { Shape } from '../shape/index.ts'
import { leavesOf, replaceLeaves, withLeaves, type Slot } from '../tensor/index.ts'

/** The slots of an optimizer's state, for the slots of parameters: what its first value is made of. */
export const optimizerSlots = (optimizer: AnyTransform, params: unknown): unknown => {
  const traced: { state?: unknown } = {}
  traceValues(leavesOf(params) as readonly Slot[], (values) => {
    // the slots are floats: parameters
    const tree = withLeaves(
      params,
      values.map((value) => typed<Shape, 'f32'>(value))
    )
    // eslint-disable-next-line functional/immutable-data -- only the structure of what is traced is kept
    traced.state = initTree(optimizer, tree as Parameters<typeof initTree>[1])
    return []
  })
  return replaceLeaves(traced.state ?? {}, ({ shape, dtype }) => ({ shape, dtype }))
}
