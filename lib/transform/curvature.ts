/**
 * Second derivatives and whole matrices of derivatives.
 *
 * @since 0.1.0
 */
import { applyOne, inputValue, typed, type Expr, type Value } from '../expr/internal.ts'
import { size, type Shape } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { close, requireFloats } from './arguments.ts'
import { batchGraph } from './batching.ts'
import { instantiate, reshape } from './build.ts'
import { jvp } from './derivative.ts'
import { grad } from './gradient.ts'
import { pullBack } from './reverse.ts'
import { withBatch } from './vmap/unify.ts'

/**
 * Hessian-vector product of a scalar function, by forward over reverse mode.
 *
 *     ∂²f/∂θ² · v
 *
 * @param f a function of a tree of expressions θ to a scalar.
 * @returns a function of θ and a tree v like θ, to a tree like θ; it costs about twice a gradient.
 * @see Pearlmutter 1994, Fast exact multiplication by the Hessian
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, multiply, square, sum, type Expr } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * import { hvp } from 'gradfold/transform'
 *
 * const f = (x: Expr<[2]>) => pipe(x, square, multiply(x), sum())
 * const product = hvp(f)(constant(tensor([1, 2])), constant(tensor([1, 0])))
 * console.log(evaluate(product)) // [6, 0]
 * @category curvature
 * @since 0.1.0
 */
export const hvp =
  <P, T extends FloatDType>(f: (params: P) => Expr<[], T>) =>
  (params: P, vector: P): P =>
    jvp((at: P) => grad<P, [], [], T>(f)(at))([params], [vector])[1]

/** The rows of the identity matrix of a shape: `[n, …shape]`. */
const basis = (like: Value): Value => {
  const n = size(like.shape)
  const row = applyOne('iota', [], { shape: [n, n], axis: 0, dtype: 'i32' })
  const column = applyOne('iota', [], { shape: [n, n], axis: 1, dtype: 'i32' })
  const diagonal = applyOne('convert', [applyOne('equal', [row, column], {})], { dtype: like.dtype })
  return reshape(diagonal, [n, ...like.shape])
}

/**
 * All partial derivatives of a function of one expression.
 *
 *     J[o…, i…] = ∂f(x)[o…] / ∂x[i…]
 *
 * Reverse mode, one pull-back for each element of the result, batched.
 *
 * @param f a function of an expression of shape S (f32 or f64) to one of shape O.
 * @returns a function to an expression of shape [...O, ...S].
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, square, type Expr } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * import { jacobian } from 'gradfold/transform'
 *
 * const matrix = jacobian((x: Expr<[2]>) => pipe(x, square))(constant(tensor([1, 2])))
 * console.log(evaluate(matrix)) // [[2, 0], [0, 4]]
 * @category curvature
 * @since 0.1.0
 */
export const jacobian =
  <S extends Shape, O extends Shape, T extends FloatDType>(f: (x: Expr<S, T>) => Expr<O, T>) =>
  (x: Expr<S, T>): Expr<[...O, ...S], T> => {
    requireFloats('jacobian', x)
    const input = inputValue(x)
    const output: Value = f(typed<S, T>(input))
    const { backward } = pullBack([input], [output])
    const cotangent = inputValue(output)
    const [gradient] = backward([cotangent])
    const rows = basis(output)
    const [all] = batchGraph(
      [cotangent],
      [{ value: rows, batched: true }],
      [instantiate(gradient, input)],
      rows.shape[0] ?? 0
    )
    const matrix = all === undefined ? rows : withBatch(all, rows.shape[0] ?? 0)
    const [closed] = close([input], [x], [reshape(matrix, [...output.shape, ...input.shape])])
    return typed(closed ?? matrix)
  }

/**
 * All second partial derivatives of a scalar function of one expression.
 *
 *     H[i…, j…] = ∂²f(x) / ∂x[i…] ∂x[j…]
 *
 * @param f a function of an expression of shape S (f32 or f64) to a scalar.
 * @returns a function to an expression of shape [...S, ...S].
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { constant, multiply, square, sum, type Expr } from 'gradfold/expr'
 * import { tensor } from 'gradfold/tensor'
 * import { hessian } from 'gradfold/transform'
 *
 * const f = (x: Expr<[2]>) => pipe(x, square, multiply(x), sum())
 * console.log(evaluate(hessian(f)(constant(tensor([1, 2]))))) // [[6, 0], [0, 12]]
 * @category curvature
 * @since 0.1.0
 */
export const hessian = <S extends Shape, T extends FloatDType>(
  f: (x: Expr<S, T>) => Expr<[], T>
): ((x: Expr<S, T>) => Expr<[...S, ...S], T>) => jacobian<S, S, T>((x) => grad<Expr<S, T>, [], [], T>(f)(x))
