/**
 * Values whose derivative is taken to be zero.
 *
 * @since 0.1.0
 */
import { applyOne } from '../expr/internal.ts'
import { mapTree } from './arguments.ts'

/**
 * The same values with no gradient through them.
 *
 * @param tree an expression or a tree of expressions.
 * @returns the same tree; every transformation takes it for a constant.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { evaluate } from 'gradfold/engine'
 * import { multiply, scalar, type Expr } from 'gradfold/expr'
 * import { grad, stopGradient } from 'gradfold/transform'
 *
 * const f = (x: Expr<[]>) => pipe(x, multiply(stopGradient(x)))
 * console.log(evaluate(grad(f)(scalar(3)))) // 3
 * @category reverse mode
 * @since 0.1.0
 */
export const stopGradient = <T>(tree: T): T => mapTree(tree, (value) => applyOne('stopGradient', [value], {}))
