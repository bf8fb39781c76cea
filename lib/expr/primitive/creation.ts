/**
 * Primitives that make a value from nothing.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { dtype, one, refuse, size, sizes, tensor, withOperands, type Definitions } from './definition.ts'

export const creation: Definitions<'constant' | 'iota'> = {
  constant: {
    infer: (operands, { value }) => withOperands('constant', 0, () => one(value.shape, value.dtype))(operands),
    parameters: t.strict({ value: tensor })
  },
  iota: {
    infer: (operands, { shape, axis, dtype: type }) =>
      withOperands('iota', 0, () => {
        if (type === 'bool') return refuse('iota: counts in a number type, got bool')
        return axis < shape.length
          ? one(shape, type)
          : refuse(`iota: a value of rank ${shape.length} has no axis ${axis}`)
      })(operands),
    parameters: t.strict({ shape: sizes, axis: size, dtype })
  }
}
