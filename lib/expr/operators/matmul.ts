/**
 * The matrix product of the last two axes; the axes before them are batches and broadcast.
 *
 * @since 0.1.0
 */
import * as Shapes from '../../shape/index.ts'
import { size, type First, type Fit, type MatMul, type MatMulMessage, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { reshaped, stretched } from '../build.ts'
import { checkKind, checkSame, type Accepts, type DTypeMessage, type MeetDType } from '../kind.ts'
import { applyOne, type Expr, type Value } from '../node.ts'
import { operator, orRaise } from './internal.ts'

// model

/**
 * The matrix product with a right side of shape B.
 *
 * @category model
 * @since 0.1.0
 */
export interface MatMulBy<B extends Shape, U extends DType> {
  <A extends Shape, T extends DType>(
    self: Fit<MatMulByMessage<A, T, B, U>, Expr<A, T>> & Accepts<'matmul', 'number'>[T]
  ): Expr<MatMul<A, B>, MeetDType<T, U>>
}

type MatMulByMessage<A extends Shape, T extends DType, B extends Shape, U extends DType> = First<
  DTypeMessage<T, U, 'matmul'>,
  MatMulMessage<A, B>
>

// constructors

/**
 * The matrix product, the value piped in on the left. Each element is summed over k in the pinned order (`numerics` of
 * gradfold/engine).
 *
 *     pipe(x, matmul(w))[…, i, j] = Σₖ x[…, i, k] · w[…, k, j]
 *
 * @param other […, k, m], of the same element type.
 * @param self […, n, k], f32, f64, i32 or u32; the axes before the last two broadcast.
 * @returns […, n, m].
 * @throws where a side is not a matrix, the inner sizes or the element types differ, or the batches do not broadcast.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, matmul } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * const x = constant(tensor([[1, 2]]))
 * const w = constant(tensor([[3, 4], [5, 6]]))
 * toArray(evaluate(pipe(x, matmul(w)))) // [[13, 16]]
 * @category matrix product
 * @since 0.1.0
 */
export const matmul = <B extends Shape, U extends DType>(other: Expr<B, U>): MatMulBy<B, U> =>
  operator((self) => {
    checkSame('matmul', self, other)
    checkKind('matmul', 'number', self)
    const shape = orRaise(Shapes.matmul(self.shape, other.shape))
    return other.shape.length === 2 && self.shape.length > 2
      ? reshaped(product(flattened(self), other), shape)
      : product(batched(self, shape.slice(0, -2)), batched(other, shape.slice(0, -2)))
  })

const product = (a: Value, b: Value): Value => applyOne('matmul', [a, b], {})

const batched = (self: Value, batch: Shapes.Sizes): Value => stretched(self, [...batch, ...self.shape.slice(-2)])

/** All rows in one matrix: with one right side a batch of products is one product, and nothing is repeated. */
const flattened = (self: Value): Value => reshaped(self, [size(self.shape.slice(0, -1)), ...self.shape.slice(-1)])
