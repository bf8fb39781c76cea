/**
 * Softmax and its logarithm along an axis, without overflow.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { raise, show, type AxisMessage, type Fit, type Shape } from '../../shape/index.ts'
import type { DType } from '../../tensor/index.ts'
import { checkKind, type Accepts } from '../kind.ts'
import type { AnyExpr, Expr, Value } from '../node.ts'
import { divide, subtract } from './arithmetic.ts'
import { exp, log } from './exponential.ts'
import { frontAxis, operator } from './internal.ts'
import { max, sum } from './reduction.ts'
import { stopGradient } from './stop-gradient.ts'

// model

/**
 * An operator along the axis X that keeps the shape.
 *
 * @category model
 * @since 0.1.0
 */
export interface Along<What extends string, X extends number> {
  <A extends Shape, T extends DType>(
    self: Fit<AxisMessage<A, X, What>, Expr<A, T>> & Accepts<What, 'float'>[T]
  ): Expr<A, T>
}

// constructors

const along = <What extends string, X extends number>(
  what: What,
  axis: X,
  f: (self: AnyExpr, axis: number) => Value
): Along<What, X> =>
  operator((self) => {
    checkKind(what, 'float', self)
    const front = frontAxis(self, axis, what)
    return self.shape[front] === 0
      ? raise(`${what}: axis ${axis} of ${show(self.shape)} holds no element`)
      : f(self, front)
  })

/** x − max x: the greatest is then 0. The result does not depend on what is taken off, so its derivative does not either. */
const shifted = (self: AnyExpr, axis: number): AnyExpr =>
  pipe(self, subtract(stopGradient(pipe(self, max(axis, { keep: true })))))

/**
 * Probabilities from scores: positive, their sum along the axis 1.
 *
 *     softmax(x)ᵢ = e^(xᵢ − m) / Σⱼ e^(xⱼ − m),  m = max x
 *
 * @param axis negative axes count from the end. Default −1.
 * @param self f32 or f64, with at least one element along the axis.
 * @returns the same shape.
 * @throws where there is no such axis, or it is empty.
 * @see Bridle 1990, Probabilistic interpretation of feedforward classification network outputs
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, softmax } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([1000, 1000])), softmax()))) // [0.5, 0.5]
 * @category activations
 * @since 0.1.0
 */
export const softmax = <const X extends number = -1>(axis?: X): Along<'softmax', X> =>
  along<'softmax', X>('softmax', (axis ?? -1) as X, (self, front) => {
    const powers = pipe(shifted(self, front), exp)
    return pipe(powers, divide(pipe(powers, sum(front, { keep: true }))))
  })

/**
 * The logarithms of `softmax`, without its underflow.
 *
 *     logSoftmax(x)ᵢ = (xᵢ − m) − ln Σⱼ e^(xⱼ − m),  m = max x
 *
 * @param axis negative axes count from the end. Default −1.
 * @param self f32 or f64, with at least one element along the axis.
 * @returns the same shape.
 * @throws where there is no such axis, or it is empty.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, logSoftmax } from 'gradfold/expr'
 * import { tensor, toArray } from 'gradfold/tensor'
 * toArray(evaluate(pipe(constant(tensor([0, -1000])), logSoftmax()))) // [0, -1000]
 * @category activations
 * @since 0.1.0
 */
export const logSoftmax = <const X extends number = -1>(axis?: X): Along<'logSoftmax', X> =>
  along<'logSoftmax', X>('logSoftmax', (axis ?? -1) as X, (self, front) => {
    const scores = shifted(self, front)
    return pipe(scores, subtract(pipe(scores, exp, sum(front, { keep: true }), log)))
  })
