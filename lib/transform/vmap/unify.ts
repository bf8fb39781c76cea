/**
 * Giving values the batch axis, in front.
 *
 * @since 0.1.0
 */
import { applyPrimitive, type Parameters, type Primitive, type Value } from '../../expr/internal.ts'
import { broadcast, range, reshape } from '../build.ts'
import type { Batched, BatchContext, BatchRule } from '../rule.ts'

/** The value with the batch axis; a value without one is repeated. */
export const withBatch = ({ value, batched }: Batched, size: number): Value =>
  batched
    ? value
    : broadcast(
        value,
        [size, ...value.shape],
        range(value.shape.length).map((axis) => axis + 1)
      )

export const batched = (value: Value): Batched => ({ value, batched: true })
export const unbatched = (value: Value): Batched => ({ value, batched: false })

/** Every operand gets the batch, and the primitive works on it with other parameters. */
export const together =
  <P extends Primitive>(
    primitive: P,
    parameters: (own: Parameters[P], context: BatchContext<Parameters[P]>) => Parameters[P]
  ): BatchRule<Parameters[P]> =>
  (context) =>
    applyPrimitive(
      primitive,
      context.operands.map((operand) => withBatch(operand, context.size)),
      parameters(context.parameters, context)
    ).map(batched)

/** The batch axis and the axis behind it as one. */
export const merge = (x: Value): Value => reshape(x, [(x.shape[0] ?? 1) * (x.shape[1] ?? 1), ...x.shape.slice(2)])

/** The first axis split into the batch and the rest. */
export const unmerge = (x: Value, size: number): Value =>
  reshape(x, [size, (x.shape[0] ?? 0) / Math.max(1, size), ...x.shape.slice(1)])
