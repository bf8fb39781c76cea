/**
 * Reading and adding at computed places: gather and scatter-add.
 *
 * @since 0.1.0
 */
import { size, type Sizes } from '../../shape/index.ts'
import { compute2, operandOf, type Rules } from './kernel.ts'

/**
 * The lengths of `[batch, before, n, after]` read at `[batch, places]`; `after` elements lie side by side.
 */
interface Lengths {
  readonly batch: number
  readonly before: number
  readonly n: number
  readonly places: number
  readonly after: number
}

const lengthsOf = (x: Sizes, indices: Sizes, axis: number, batch: number): Lengths => ({
  batch: size(x.slice(0, batch)),
  before: size(x.slice(batch, axis)),
  n: x[axis]!,
  places: size(indices.slice(batch)),
  after: size(x.slice(axis + 1))
})

const clamp = (index: number, n: number): number => (index < 0 ? 0 : index >= n ? n - 1 : index)

export const indexing: Rules<'gather' | 'scatterAdd'> = {
  gather: (context, { axis, batch: shared }) => {
    const { batch, before, n, places, after } = lengthsOf(
      operandOf(context, 0).shape,
      operandOf(context, 1).shape,
      axis,
      shared
    )
    return compute2((out, x, indices) => {
      let to = 0
      for (let outer = 0; outer < batch * before; outer += 1) {
        const list = Math.floor(outer / before) * places
        for (let place = 0; place < places; place += 1) {
          const from = (outer * n + clamp(indices[list + place]!, n)) * after
          for (let j = 0; j < after; j += 1, to += 1) out[to] = x[from + j]!
        }
      }
    })
  },
  scatterAdd: (context, { axis, batch: shared }) => {
    const { batch, before, n, places, after } = lengthsOf(
      operandOf(context, 0).shape,
      operandOf(context, 1).shape,
      axis,
      shared
    )
    return {
      kind: 'compute',
      run: (inputs, outputs) => {
        const [target, indices, updates] = [inputs[0]!, inputs[1]!, inputs[2]!]
        const out = outputs[0]!
        out.set(target)
        let from = 0
        for (let outer = 0; outer < batch * before; outer += 1) {
          const list = Math.floor(outer / before) * places
          for (let place = 0; place < places; place += 1) {
            const to = (outer * n + clamp(indices[list + place]!, n)) * after
            for (let j = 0; j < after; j += 1, from += 1) out[to + j] = out[to + j]! + updates[from]!
          }
        }
      }
    }
  }
}
