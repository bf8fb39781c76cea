/**
 * Gradients of scalar functions, by reverse mode.
 *
 * @since 0.1.0
 */
import type { Expr } from '../expr/internal.ts'
import type { Fit, Shape } from '../shape/index.ts'
import type { FloatDType } from '../tensor/index.ts'
import { close, open, requireFloats, requireScalar, treeOf, valuesOf, type ScalarMessage } from './arguments.ts'
import { full, instantiate } from './build.ts'
import { pullBack } from './reverse.ts'

type Scalar<P, Rest extends readonly unknown[], S extends Shape, T extends FloatDType> = (
  params: P,
  ...rest: Rest
) => Expr<S, T>

/**
 * The value of a scalar function together with its gradient in the first argument.
 *
 *     (f(θ, …), ∂f/∂θ)
 *
 * @param f a function of a tree of expressions θ (f32 or f64) and of anything else, to a scalar.
 * @returns a function with the same arguments, to `[value, gradient]`, the gradient a tree like θ.
 * Throws one sentence where θ has leaves that are not floats, or f does not give a scalar.
 * @see Griewank & Walther 2008, Evaluating Derivatives; Radul et al. 2022, arXiv 2204.10923 (linearise, then transpose)
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { multiply, scalar, type Expr } from 'gradfold/expr'
 * import { valueAndGrad } from 'gradfold/transform'
 *
 * const square = (x: Expr<[]>) => pipe(x, multiply(x))
 * const [value, slope] = valueAndGrad(square)(scalar(3))
 * console.log(evaluate(value), evaluate(slope)) // 9, 6
 * @category reverse mode
 * @since 0.1.0
 */
export const valueAndGrad =
  <P, Rest extends readonly unknown[], S extends Shape, T extends FloatDType>(
    f: Fit<ScalarMessage<'valueAndGrad', S>, Scalar<P, Rest, S, T>>
  ) =>
  (params: P, ...rest: Rest): readonly [value: Expr<[], T>, gradient: P] => {
    const { value, gradient } = gradientOf('valueAndGrad', withoutAux<P, Rest, T>(f), params, rest)
    return [value, gradient]
  }

/**
 * As `valueAndGrad`, for a function that gives something else beside its scalar.
 *
 * @param f to `[scalar, auxiliary]`; the auxiliary output is any tree of expressions and is not differentiated.
 * @returns a function to `[value, auxiliary, gradient]`.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { multiply, scalar, tanh, type Expr } from 'gradfold/expr'
 * import { valueAndGradWithAux } from 'gradfold/transform'
 *
 * const f = (x: Expr<[]>): readonly [Expr<[]>, Expr<[]>] => [pipe(x, multiply(x)), pipe(x, tanh)]
 * const [value, auxiliary, slope] = valueAndGradWithAux(f)(scalar(0))
 * console.log(evaluate(value), evaluate(auxiliary), evaluate(slope)) // 0, 0, 0
 * @category reverse mode
 * @since 0.1.0
 */
export const valueAndGradWithAux =
  <P, Rest extends readonly unknown[], T extends FloatDType, A>(
    f: (params: P, ...rest: Rest) => readonly [Expr<[], T>, A]
  ) =>
  (params: P, ...rest: Rest): readonly [value: Expr<[], T>, auxiliary: A, gradient: P] => {
    const { value, auxiliary, gradient } = gradientOf('valueAndGradWithAux', f, params, rest)
    return [value, auxiliary, gradient]
  }

/**
 * The gradient of a scalar function in its first argument.
 *
 *     ∂f/∂θ
 *
 * @param f a function of a tree of expressions θ (f32 or f64) and of anything else, to a scalar.
 * @returns a function with the same arguments, to a tree like θ. Throws as `valueAndGrad`.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { scalar, tanh, type Expr } from 'gradfold/expr'
 * import { grad } from 'gradfold/transform'
 *
 * const slope = grad((x: Expr<[]>) => pipe(x, tanh))
 * const curvature = grad(slope)
 * console.log(evaluate(slope(scalar(0))), evaluate(curvature(scalar(0)))) // 1, -0
 * @category reverse mode
 * @since 0.1.0
 */
export const grad =
  <P, Rest extends readonly unknown[], S extends Shape, T extends FloatDType>(
    f: Fit<ScalarMessage<'grad', S>, Scalar<P, Rest, S, T>>
  ) =>
  (params: P, ...rest: Rest): P =>
    gradientOf('grad', withoutAux<P, Rest, T>(f), params, rest).gradient

type WithAux<P, Rest extends readonly unknown[], T extends FloatDType, A> = (
  params: P,
  ...rest: Rest
) => readonly [Expr<[], T>, A]

/** The function behind the check of its result, with no auxiliary output. */
const withoutAux =
  <P, Rest extends readonly unknown[], T extends FloatDType>(f: unknown): WithAux<P, Rest, T, undefined> =>
  (params, ...rest) => [
    // `Fit` is the function itself wherever a call compiles
    (f as (params: P, ...rest: Rest) => Expr<[], T>)(params, ...rest),
    undefined
  ]

const gradientOf = <P, Rest extends readonly unknown[], T extends FloatDType, A>(
  name: string,
  f: WithAux<P, Rest, T, A>,
  params: P,
  rest: Rest
): { readonly value: Expr<[], T>; readonly auxiliary: A; readonly gradient: P } => {
  requireFloats(name, params)
  const { actual, inputs, result } = open(name, (argument: P) => f(argument, ...rest), [params] as const)
  const [output, auxiliary] = result
  requireScalar(name, output)
  const { primals, backward } = pullBack(inputs, [output])
  const cotangents = backward([full(output, 1)]).map((cotangent, i) => instantiate(cotangent, inputs[i] ?? output))
  const others = auxiliary === undefined ? [] : valuesOf(name, auxiliary)
  const closed = close(inputs, actual, [...primals, ...cotangents, ...others])
  return {
    // the scalar has the shape and type that f gave it
    value: closed[0] as unknown as Expr<[], T>,
    auxiliary: auxiliary === undefined ? auxiliary : treeOf(auxiliary, closed.slice(1 + inputs.length)),
    gradient: treeOf(params, closed.slice(1, 1 + inputs.length))
  }
}
