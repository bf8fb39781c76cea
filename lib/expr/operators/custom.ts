/**
 * Functions with derivatives of their own.
 *
 * @since 0.1.0
 */
import { isFloat } from '../../tensor/index.ts'
import { applyPrimitive, inputValue, type Value } from '../node.ts'
import { captureOutside, traceValues, type Closure } from '../trace.ts'
import { applyClosure, capturedBy, widened } from './closure.ts'
import { filled } from './internal.ts'
import { arranged, requireSameTree, treeOf, valuesOf, type Sides, type TreeMessage } from './trees.ts'

// types

/** Nothing more to be, or the sentence: beside the function, so that lists in its result are read as tuples. */
type Checked<M> = [M] extends [never] ? unknown : M

type ResultSides<What extends string> = Sides<`${What}: the result`, 'in the function', 'in the derivative'>
const resultSides = <What extends string>(what: What): ResultSides<What> => ({
  what: `${what}: the result`,
  here: 'in the function',
  there: 'in the derivative'
})
type TangentSides = Sides<'customJvp: the result', 'in the function', 'in the tangent'>
const tangentSides: TangentSides = { what: 'customJvp: the result', here: 'in the function', there: 'in the tangent' }
type CotangentSides = Sides<'customVjp: the argument', 'in the call', 'in the cotangents'>
const cotangentSides: CotangentSides = {
  what: 'customVjp: the argument',
  here: 'in the call',
  there: 'in the cotangents'
}

// values

const hasTangent = (value: Value): boolean => isFloat(value.dtype)

/** A list with zeros for the values that have no tangent. */
const completed = (what: string, values: readonly Value[], tangents: readonly Value[]): readonly Value[] =>
  values.map((value, i) =>
    hasTangent(value)
      ? (tangents[values.slice(0, i).filter(hasTangent).length] ?? filled(0, value, what))
      : filled(0, value, what)
  )

/** A result and the closure that computes some values of it. */
interface Traced<R> {
  readonly result: R
  readonly closure: Closure
}

const traced = <R>(
  slots: readonly Value[],
  f: (inputs: readonly Value[]) => R,
  values: (result: R) => readonly Value[]
): Traced<R> => {
  const inputs = slots.map(inputValue)
  const result = f(inputs)
  return { result, closure: captureOutside(inputs, values(result)) }
}

// constructors

/**
 * A function with a forward derivative of its own, from which all others follow: `grad`, `vjp` and derivatives of
 * derivatives use it in place of the function's.
 *
 * Values from outside are constants to this derivative; what is to have a gradient has to be an argument.
 *
 * @param f from trees of expressions to a tree of them.
 * @param derivative from the arguments and their tangents, as lists, to `[result, tangent]`; linear in the tangents. Tangents
 *   of integers and bools are zeros, and those that it gives for them are left out.
 * @returns a function that computes what f does.
 * @throws, when it is called, where result or tangent differ from f's result in structure, shape or type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add, customJvp, exp, log1p, multiply, sigmoid, type Expr } from 'gradfold/expr'
 * const softplus = customJvp(
 *   (x: Expr<[]>) => pipe(x, exp, log1p),
 *   ([x], [dx]) => [pipe(x, exp, log1p), pipe(dx, multiply(pipe(x, sigmoid)))]
 * )
 * const twice = (x: Expr<[]>) => pipe(softplus(x), add(softplus(x)))
 * @category custom derivatives
 * @since 0.1.0
 */
export const customJvp =
  <A extends readonly unknown[], const R, const P, const Q>(
    f: ((...args: A) => R) & Checked<TreeMessage<R, P, ResultSides<'customJvp'>> | TreeMessage<R, Q, TangentSides>>,
    derivative: (primals: A, tangents: A) => readonly [P, Q]
  ): ((...args: A) => R) =>
  (...args) => {
    const operands = valuesOf('customJvp', args)
    const call: (...args: A) => R = f
    const primal = traced(
      operands,
      (inputs) => call(...treeOf(args, inputs)),
      (result) => valuesOf('customJvp', result)
    )
    const floats = operands.filter(hasTangent)
    const dual = traced(
      [...operands, ...floats],
      (inputs) => {
        const primals = inputs.slice(0, operands.length)
        const tangents = completed('customJvp', primals, inputs.slice(operands.length))
        return derivative(treeOf(args, primals), treeOf(args, tangents))
      },
      ([result, tangent]) => {
        requireSameTree(primal.result, result, resultSides('customJvp'))
        requireSameTree(primal.result, tangent, tangentSides)
        return [
          ...arranged('customJvp', primal.result, result),
          ...arranged('customJvp', primal.result, tangent).filter(hasTangent)
        ]
      }
    )
    const captured = capturedBy([primal.closure, dual.closure])
    const outerFloats = captured.filter(hasTangent)
    const [first, tangents] = [captured.length, captured.length + operands.length]
    const jvp = traceValues([...captured, ...operands, ...outerFloats, ...floats], (inputs) =>
      applyClosure(dual.closure, captured, inputs, [
        ...inputs.slice(first, tangents),
        ...inputs.slice(tangents + outerFloats.length)
      ])
    )
    return treeOf(
      primal.result,
      applyPrimitive('customJvp', [...captured, ...operands], { primal: widened(primal.closure, captured), jvp })
    )
  }

/**
 * A function with a pull-back of its own, which `grad` and `vjp` use. Forward derivatives through it are refused: where
 * they are wanted, there is `customJvp`.
 *
 * Values from outside are constants to this derivative; what is to have a gradient has to be an argument.
 *
 * @param f from trees of expressions to a tree of them.
 * @param forward from the arguments to `[result, residuals]`; the residuals are what the pull-back needs.
 * @param backward from the residuals and the result's cotangent to the list of the arguments' cotangents. Cotangents of
 *   integers and bools are zeros, and those that it gives for them are left out.
 * @returns a function that computes what f does.
 * @throws, when it is called, where results or cotangents differ in structure, shape or type.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { clip, customVjp, type Expr } from 'gradfold/expr'
 * const clipGradient = customVjp(
 *   (x: Expr<[3]>) => x,
 *   (x) => [x, []],
 *   (_, g) => [pipe(g, clip(-1, 1))]
 * )
 * @category custom derivatives
 * @since 0.1.0
 */
export const customVjp =
  <A extends readonly unknown[], const R, const P, const Residuals, const G>(
    f: ((...args: A) => R) & Checked<TreeMessage<R, P, ResultSides<'customVjp'>> | TreeMessage<A, G, CotangentSides>>,
    forward: (...args: A) => readonly [P, Residuals],
    backward: (residuals: Residuals, cotangent: R) => G
  ): ((...args: A) => R) =>
  (...args) => {
    const operands = valuesOf('customVjp', args)
    const call: (...args: A) => R = f
    const primal = traced(
      operands,
      (inputs) => call(...treeOf(args, inputs)),
      (result) => valuesOf('customVjp', result)
    )
    const results = valuesOf('customVjp', primal.result)
    const ahead = traced(
      operands,
      (inputs) => forward(...treeOf(args, inputs)),
      ([result, kept]) => {
        requireSameTree(primal.result, result, resultSides('customVjp'))
        return [...arranged('customVjp', primal.result, result), ...valuesOf('customVjp', kept)]
      }
    )
    const residuals = valuesOf('customVjp', ahead.result[1])
    const back = traced(
      [...residuals, ...results.filter(hasTangent)],
      (inputs) => {
        const cotangents = completed('customVjp', results, inputs.slice(residuals.length))
        return backward(treeOf(ahead.result[1], inputs.slice(0, residuals.length)), treeOf(primal.result, cotangents))
      },
      (given) => {
        requireSameTree(args, given, cotangentSides)
        return arranged('customVjp', args, given).filter(hasTangent)
      }
    )
    const captured = capturedBy([primal.closure, ahead.closure, back.closure])
    // what the pull-back takes from outside travels with the residuals
    const forwardProgram = traceValues([...captured, ...operands], (inputs) => {
      const outer = inputs.slice(0, captured.length)
      return [...applyClosure(ahead.closure, captured, outer, inputs.slice(captured.length)), ...outer]
    })
    const [kept, cotangents] = [residuals.length, residuals.length + captured.length]
    const backwardProgram = traceValues([...residuals, ...captured, ...results.filter(hasTangent)], (inputs) => [
      ...captured.filter(hasTangent).map((value) => filled(0, value, 'customVjp')),
      ...applyClosure(back.closure, captured, inputs.slice(kept, cotangents), [
        ...inputs.slice(0, kept),
        ...inputs.slice(cotangents)
      ])
    ])
    return treeOf(
      primal.result,
      applyPrimitive('customVjp', [...captured, ...operands], {
        primal: widened(primal.closure, captured),
        forward: forwardProgram,
        backward: backwardProgram
      })
    )
  }
