/**
 * Indices as vectors.
 *
 * @since 0.1.0
 */
import { raise, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { converted, stretched } from '../build.ts'
import { checkKind, type Accepts } from '../kind.ts'
import { applyOne, type Expr } from '../node.ts'
import { operator } from './internal.ts'

// model

/**
 * One place in N of each vector set.
 *
 * @category model
 * @since 0.1.0
 */
export interface OneHot<N extends number, F extends DType> {
  <A extends Shape, T extends DType>(self: Expr<A, T> & Accepts<'oneHot', 'integer'>[T]): Expr<[...A, N], F>
}

// constructors

/**
 * Vectors that are 1 at one place and 0 elsewhere; an index out of range gives zeros only.
 *
 *     oneHot(n)(i)[…, j] = 1 where i = j, else 0
 *
 * @param classes the length of the vectors, whole, ≥ 1.
 * @param dtype the element type of the result. Default f32.
 * @param self i32 or u32, any shape.
 * @returns the shape with `classes` behind it.
 * @throws where the number of classes is not whole, or the indices are no integers.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, oneHot } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([2, 0], 'i32')), oneHot(3)))) // [[0, 0, 1], [1, 0, 0]]
 * @category indexing
 * @since 0.1.0
 */
export const oneHot = <const N extends number, F extends DType = 'f32'>(classes: N, dtype?: F): OneHot<N, F> => {
  if (!Number.isSafeInteger(classes) || classes < 1)
    raise(`oneHot: the number of classes has to be a positive whole number, got ${classes}`)
  return operator((self) => {
    checkKind('oneHot', 'integer', self)
    const shape = [...self.shape, classes]
    const index = applyOne('broadcast', [self], { shape, axes: self.shape.map((_, axis) => axis) })
    const place = stretched(applyOne('iota', [], { shape: [classes], axis: 0, dtype: self.dtype }), shape)
    return converted(applyOne('equal', [index, place], {}), dtype ?? 'f32')
  })
}
