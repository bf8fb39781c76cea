/**
 * What objectives share with optimizers: filters of parameters and trees of them.
 *
 * @internal
 */
export { pathFilter } from './path-filter.ts'
export { asParameterTree, floatTypeOf, leavesWithPaths, type Leaf, type Scalar } from './tree.ts'
