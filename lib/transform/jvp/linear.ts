/**
 * Forward derivatives of the primitives that are linear in one operand, in several, or in each of two.
 *
 * @since 0.1.0
 */
import { applyOne, type Parameters, type Primitive, type Windowed } from '../../expr/internal.ts'
import { instantiate, sum, type Tangent } from '../build.ts'
import type { JvpRule, JvpRules } from '../rule.ts'
import { flat } from './elementwise.ts'

/** Linear in the operand at `place`; the others are not differentiated. */
const linearAt =
  <P extends Primitive>(primitive: P, place: number): JvpRule<Parameters[P]> =>
  ({ operands, tangents, parameters }) => {
    const t = tangents[place]
    return {
      tangents: [t && applyOne(primitive, [...operands.slice(0, place), t, ...operands.slice(place + 1)], parameters)]
    }
  }

/** Linear in all operands together. */
const linearInAll =
  <P extends Primitive>(primitive: P): JvpRule<Parameters[P]> =>
  ({ operands, tangents, parameters }) => ({
    tangents: [
      tangents.every((t) => t === undefined)
        ? undefined
        : applyOne(
            primitive,
            operands.map((x, i) => instantiate(tangents[i], x)),
            parameters
          )
    ]
  })

/** Linear in each of two operands: the product rule. */
const bilinear =
  <P extends Primitive>(primitive: P): JvpRule<Parameters[P]> =>
  ({ operands: [a, b], tangents: [ta, tb], parameters }) => {
    const at = (x: Tangent, y: Tangent): Tangent => x && y && applyOne(primitive, [x, y], parameters)
    return { tangents: [sum(at(ta, b), at(a, tb))] }
  }

const scatterAdd: JvpRule<Parameters['scatterAdd']> = ({
  operands: [target, indices, updates],
  tangents: [t, , u],
  parameters
}) => ({
  tangents: [
    u === undefined || target === undefined || indices === undefined || updates === undefined
      ? t
      : applyOne('scatterAdd', [instantiate(t, target), indices, u], parameters)
  ]
})

type Linear =
  | 'constant'
  | 'iota'
  | 'argMax'
  | 'threefry2x32'
  | 'reduceSum'
  | 'matmul'
  | 'broadcast'
  | 'reshape'
  | 'transpose'
  | 'reverse'
  | 'slice'
  | 'pad'
  | 'concat'
  | 'gather'
  | 'scatterAdd'
  | Windowed

export const linear: JvpRules<Linear> = {
  constant: flat,
  iota: flat,
  argMax: flat,
  threefry2x32: flat,
  reduceSum: linearAt('reduceSum', 0),
  matmul: bilinear('matmul'),
  broadcast: linearAt('broadcast', 0),
  reshape: linearAt('reshape', 0),
  transpose: linearAt('transpose', 0),
  reverse: linearAt('reverse', 0),
  slice: linearAt('slice', 0),
  pad: linearInAll('pad'),
  concat: linearInAll('concat'),
  gather: linearAt('gather', 0),
  scatterAdd,
  convolution: bilinear('convolution'),
  convolutionInputGradient: bilinear('convolutionInputGradient'),
  convolutionKernelGradient: bilinear('convolutionKernelGradient'),
  windowMax: ({ operands: [x], tangents: [t], parameters }) => ({
    tangents: [x && t && applyOne('windowPick', [x, t], parameters)]
  }),
  windowPick: linearAt('windowPick', 1),
  windowScatter: linearAt('windowScatter', 1),
  windowSum: linearAt('windowSum', 0),
  windowSpread: linearAt('windowSpread', 0)
}
