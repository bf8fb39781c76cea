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
 * @category reverse mode
 * @since 0.1.0
 */
export const stopGradient = <T>(tree: T): T => mapTree(tree, (value) => applyOne('stopGradient', [value], {}))
