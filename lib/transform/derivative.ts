/**
 * Derivatives of functions from trees to trees, forward and backward.
 *
 * @since 0.1.0
 */
import { close, open, requireSame, treeOf, valuesOf } from './arguments.ts'
import { hasTangent, instantiate, zeros } from './build.ts'
import { differentiate } from './differentiate.ts'
import { pullBack } from './reverse.ts'

/**
 * Forward mode: the result of a function and its derivative in a direction.
 *
 *     (f(x), ∂f/∂x · ẋ)
 *
 * @param f a function of trees of expressions to a tree of expressions.
 * @returns a function of the arguments and their tangents (trees of the same shapes; tangents of integers are
 * ignored) to `[result, tangent]`. Throws one sentence where shapes differ, and for functions made by `customVjp`.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { multiply, scalar, type Expr } from 'gradfold/expr'
 * import { jvp } from 'gradfold/transform'
 *
 * const product = (x: Expr<[]>, y: Expr<[]>) => pipe(x, multiply(y))
 * const [value, slope] = jvp(product)([scalar(3), scalar(5)], [scalar(1), scalar(0)])
 * console.log(evaluate(value), evaluate(slope)) // 15, 5
 * @category forward mode
 * @since 0.1.0
 */
export const jvp =
  <A extends readonly unknown[], R>(f: (...args: A) => R) =>
  (primals: A, tangents: A): readonly [result: R, tangent: R] => {
    const { actual, inputs, result } = open('jvp', f, primals)
    const given = valuesOf('jvp', tangents)
    requireSame('jvp', 'tangents', actual, given)
    const results = valuesOf('jvp', result)
    const dual = differentiate(
      inputs,
      given.map((tangent) => (hasTangent(tangent) ? tangent : undefined)),
      results,
      'forward'
    )
    const derived = results.map((value, i) => dual.tangents[i] ?? zeros(value))
    const closed = close(inputs, actual, [...dual.primals, ...derived])
    return [treeOf(result, closed.slice(0, results.length)), treeOf(result, closed.slice(results.length))]
  }

/**
 * Reverse mode: the result of a function and its pull-back.
 *
 *     (f(x), ȳ ↦ ȳ · ∂f/∂x)
 *
 * @param f a function of trees of expressions to a tree of expressions.
 * @returns a function of the same arguments to `[result, pullBack]`; the pull-back takes a tree like the result and
 * gives one cotangent for each argument, zeros for those that have none.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { multiply, scalar, type Expr } from 'gradfold/expr'
 * import { vjp } from 'gradfold/transform'
 *
 * const product = (x: Expr<[]>, y: Expr<[]>) => pipe(x, multiply(y))
 * const [value, pullBack] = vjp(product)(scalar(3), scalar(5))
 * console.log(evaluate(value), evaluate(pullBack(scalar(1)))) // 15, [5, 3]
 * @category reverse mode
 * @since 0.1.0
 */
export const vjp =
  <A extends readonly unknown[], R>(f: (...args: A) => R) =>
  (...args: A): readonly [result: R, pullBack: (cotangent: R) => A] => {
    const { actual, inputs, result } = open('vjp', f, args)
    const results = valuesOf('vjp', result)
    const { primals, backward } = pullBack(inputs, results)
    return [
      treeOf(result, close(inputs, actual, primals)),
      (cotangent) => {
        const given = valuesOf('vjp', cotangent)
        requireSame('vjp', 'cotangents', results, given)
        const back = backward(given.map((value) => (hasTangent(value) ? value : undefined)))
        const cotangents = inputs.map((input, i) => instantiate(back[i], input))
        return treeOf(args, close(inputs, actual, cotangents))
      }
    ]
  }
