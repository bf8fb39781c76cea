/**
 * What the atoms with moving averages share.
 *
 * @since 0.1.0
 */
import { pipe } from 'fp-ts/lib/function.js'
import { add, multiply, negate, reciprocal, sqrt, square } from '../../expr/index.ts'
import { zipTrees, type Leaf, type ParameterTree, type Scalar } from '../tree.ts'

/** 1 − x. */
export const oneMinus = (x: Scalar): Scalar => pipe(x, negate, add(1))

/** s ← β s + (1 − β) g */
export const movingAverage = (beta: Scalar, average: ParameterTree, values: ParameterTree): ParameterTree => {
  const rest = oneMinus(beta)
  return zipTrees((s, g): Leaf => pipe(s, multiply(beta), add(pipe(g, multiply(rest)))), average, values)
}

/** v ← β v + (1 − β) g² */
export const movingSquares = (beta: Scalar, average: ParameterTree, values: ParameterTree): ParameterTree => {
  const rest = oneMinus(beta)
  return zipTrees((v, g): Leaf => pipe(v, multiply(beta), add(pipe(g, square, multiply(rest)))), average, values)
}

/** 1 / (1 − βᵗ), of the running product βᵗ: the factor that takes the zeros at the beginning out of a moving average. */
export const biasCorrection = (betaPower: Scalar): Scalar => pipe(betaPower, oneMinus, reciprocal)

/**
 * Where ε stands in an optimizer that divides by a root.
 *
 * @category model
 * @since 0.1.0
 */
export type RootEpsilon = 'outside' | 'inside'

/** √v + ε, or √(v + ε). */
export const root = (placement: RootEpsilon, epsilon: Scalar): ((v: Leaf) => Leaf) =>
  placement === 'outside' ? (v) => pipe(v, sqrt, add(epsilon)) : (v) => pipe(v, add(epsilon), sqrt)
