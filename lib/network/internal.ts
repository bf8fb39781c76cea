/**
 * The inside of networks, for the other folders of the library: never part of the public index.
 *
 * @internal
 */
export { applyUntyped, type TreeDifference } from './apply.ts'
export { countOf, planFor } from './init.ts'
export { definitionsIn } from './model.ts'
