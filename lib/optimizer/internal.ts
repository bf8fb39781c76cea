/**
 * What objectives share with optimizers: codecs of options, and trees of parameters.
 *
 * @internal
 */
export * from './options.ts'
export { pathFilter } from './path-filter.ts'
export { suggestion } from './suggestion.ts'
export { asParameterTree, floatTypeOf, leavesWithPaths, sumTree, type Leaf, type ParameterTree, type Scalar } from './tree.ts'
